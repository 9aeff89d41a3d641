// Texts: UTF-8 in which a lone surrogate stands as its three bytes, as a recording holds them, to and from the
// UTF-16 of JavaScript, where lone surrogates stay what they are.
#pragma once

#include <napi.h>

#include <string>

namespace execorder {

/// Bytes that are no such text become U+FFFD. The answer is no Napi::String, which a property takes by way of UTF-8:
/// lone surrogates would be lost.
Napi::Value textToJs(Napi::Env env, const char *bytes, size_t size);
Napi::Value textToJs(Napi::Env env, const char *zeroTerminated);

std::string textFromJs(const Napi::String &text);

}  // namespace execorder
