// Texts: UTF-8 in which a lone surrogate stands as its three bytes, as a recording holds them, to and from the
// UTF-16 of JavaScript, where lone surrogates stay what they are.
#pragma once

#include <napi.h>

#include <string>

namespace execorder {

/// Bytes that are no such text become U+FFFD.
Napi::String textToJs(Napi::Env env, const char *bytes, size_t size);
Napi::String textToJs(Napi::Env env, const char *zeroTerminated);

std::string textFromJs(const Napi::String &text);

}  // namespace execorder
