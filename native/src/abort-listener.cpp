#include "abort-listener.h"

#include <utility>

namespace execorder {

namespace {

void callMethod(const Napi::Object &signal, const char *method, const Napi::Value &listener) {
  const Napi::Env env = signal.Env();
  signal.Get(method).As<Napi::Function>().Call(signal, {Napi::String::New(env, "abort"), listener});
}

bool isSignal(const Napi::Value &value) {
  return value.IsObject() && value.As<Napi::Object>().Get("addEventListener").IsFunction();
}

}  // namespace

AbortListener::AbortListener(const Napi::Value &signal, std::shared_ptr<CancelFlag> flag) {
  if (signal.IsUndefined()) return;
  if (!isSignal(signal)) throw Napi::TypeError::New(signal.Env(), "the signal must be an AbortSignal");

  const Napi::Object target = signal.As<Napi::Object>();
  if (target.Get("aborted").ToBoolean()) flag->raise();
  const Napi::Function listener =
      Napi::Function::New(signal.Env(), [flag = std::move(flag)](const Napi::CallbackInfo &) { flag->raise(); });
  callMethod(target, "addEventListener", listener);
  signal_ = Napi::Persistent(target);
  listener_ = Napi::Persistent(listener);
}

AbortListener::~AbortListener() {
  if (signal_.IsEmpty()) return;

  const Napi::HandleScope scope(signal_.Env());
  try {
    callMethod(signal_.Value(), "removeEventListener", listener_.Value());
  } catch (const Napi::Error &) {
    // The environment is going away: so is the signal.
  }
}

Napi::Error abortError(Napi::Env env) {
  Napi::Error error = Napi::Error::New(env, "The search was aborted");
  error.Set("name", "AbortError");
  error.Set("code", "ABORT_ERR");
  return error;
}

}  // namespace execorder
