#pragma once

#include <napi.h>

extern "C" {
#include <execorder/value.h>
}

namespace execorder {

/// A `Value` of index.d.ts.
Napi::Value valueToJs(Napi::Env env, const xo_value &value);

/// The same, and undefined for a value that is unbound.
Napi::Value boundValueToJs(Napi::Env env, const xo_value &value);

/// The text itself; undefined when the value is none.
Napi::Value textValueToJs(Napi::Env env, const xo_value &value);

/// Numbers of objects start at 1; 0 says that there is none.
Napi::Value objectNumberToJs(Napi::Env env, uint64_t number);

Napi::Number numberToJs(Napi::Env env, uint64_t number);

}  // namespace execorder
