#pragma once

#include <napi.h>

#include <string>

extern "C" {
#include <execorder/status.h>
}

namespace execorder {

/// The one place where a status of the store becomes an error of JavaScript with a `code`. `systemError` is errno as
/// the store left it, told when the status is XO_IO.
Napi::Error statusError(Napi::Env env, xo_status status, int systemError, const std::string &path);

/// What every method of a closed recording throws.
Napi::Error closedError(Napi::Env env, const std::string &path);

}  // namespace execorder
