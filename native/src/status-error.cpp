#include "status-error.h"

#include <system_error>

namespace execorder {

namespace {

const char *codeOf(xo_status status) {
  switch (status) {
    case XO_NOT_A_RECORDING:
      return "EXECORDER_NOT_A_RECORDING";
    case XO_TOO_NEW:
      return "EXECORDER_TOO_NEW";
    case XO_NO_CODEC:
      return "EXECORDER_NO_CODEC";
    case XO_NOT_FOUND:
      return "EXECORDER_NOT_FOUND";
    case XO_NO_MEMORY:
      return "EXECORDER_NO_MEMORY";
    case XO_IO:
    case XO_NO_SPACE:
      return "EXECORDER_IO";
    case XO_CORRUPT:
    case XO_OK:
      break;
  }
  return "EXECORDER_CORRUPT";
}

Napi::Error withCode(Napi::Env env, const std::string &message, const char *code) {
  Napi::Error error = Napi::Error::New(env, message);
  error.Set("code", code);
  return error;
}

}  // namespace

Napi::Error statusError(Napi::Env env, xo_status status, int systemError, const std::string &path) {
  std::string message = path + ": " + xo_status_text(status);
  if (status == XO_IO && systemError != 0) {
    message += " (" + std::generic_category().message(systemError) + ")";
  }
  return withCode(env, message, codeOf(status));
}

Napi::Error closedError(Napi::Env env, const std::string &path) {
  return withCode(env, path + ": the recording was closed", "EXECORDER_CLOSED");
}

}  // namespace execorder
