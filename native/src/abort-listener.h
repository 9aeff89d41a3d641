#pragma once

#include <napi.h>

#include <memory>

namespace execorder {

/// Told by the main thread, looked at by a search on another.
class CancelFlag {
 public:
  void raise() { __atomic_store_n(&raised_, 1, __ATOMIC_RELAXED); }
  bool isRaised() const { return __atomic_load_n(&raised_, __ATOMIC_RELAXED) != 0; }
  const volatile int *address() const { return &raised_; }

 private:
  int raised_ = 0;
};

/// Raises a flag when an AbortSignal is aborted, for as long as it listens. For the main thread only.
class AbortListener {
 public:
  /// `signal` may be undefined: then nothing ever raises the flag.
  AbortListener(const Napi::Value &signal, std::shared_ptr<CancelFlag> flag);
  ~AbortListener();
  AbortListener(const AbortListener &) = delete;
  AbortListener &operator=(const AbortListener &) = delete;

 private:
  Napi::ObjectReference signal_;
  Napi::FunctionReference listener_;
};

/// What Node's own functions reject with when their signal is aborted.
Napi::Error abortError(Napi::Env env);

}  // namespace execorder
