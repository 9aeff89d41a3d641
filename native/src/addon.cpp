#include <napi.h>

#include "recording.h"

namespace {

Napi::Object init(Napi::Env env, Napi::Object exports) {
  exports.Set("Recording", execorder::Recording::define(env));
  return exports;
}

}  // namespace

NODE_API_MODULE(execorder_native, init)
