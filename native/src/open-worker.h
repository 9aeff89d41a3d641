#pragma once

#include <napi.h>

#include <string>

#include "handles.h"

namespace execorder {

/// Opens a recording on a thread of Node's pool, and settles a promise of a `Recording`. Deletes itself.
class OpenWorker : public Napi::AsyncWorker {
 public:
  OpenWorker(Napi::Env env, std::string path);

  Napi::Promise promise() const { return settle_.Promise(); }

 protected:
  /// Off the main thread: touches nothing of JavaScript.
  void Execute() override;
  void OnOK() override;
  void OnError(const Napi::Error &error) override;

 private:
  const std::string path_;
  const Napi::Promise::Deferred settle_;
  xo_status status_ = XO_OK;
  int systemError_ = 0;
  ReaderHandle reader_;
};

}  // namespace execorder
