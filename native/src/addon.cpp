#include <napi.h>

#include "recording.h"
#include "tools.h"

namespace {

Napi::Object init(Napi::Env env, Napi::Object exports) {
  exports.Set("Recording", execorder::Recording::define(env));
  execorder::defineTools(env, exports);
  return exports;
}

}  // namespace

NODE_API_MODULE(execorder_native, init)
