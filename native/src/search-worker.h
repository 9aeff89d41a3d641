#pragma once

#include <napi.h>

#include <memory>
#include <string>

#include "abort-listener.h"
#include "reader-pool.h"
#include "search.h"

namespace execorder {

/// Runs one search on a thread of Node's pool with a reader of its own, and settles a promise. Deletes itself.
class SearchWorker : public Napi::AsyncWorker {
 public:
  SearchWorker(Napi::Env env, std::string path, std::shared_ptr<ReaderPool> readers, Search search,
               const Napi::Value &signal);

  Napi::Promise promise() const { return settle_.Promise(); }

 protected:
  /// Off the main thread: touches nothing of JavaScript.
  void Execute() override;
  void OnOK() override;
  void OnError(const Napi::Error &error) override;

 private:
  const std::string path_;
  const std::shared_ptr<ReaderPool> readers_;
  const Search search_;
  const std::shared_ptr<CancelFlag> cancel_;
  const AbortListener listener_;
  const Napi::Promise::Deferred settle_;
  xo_status status_ = XO_OK;
  int systemError_ = 0;
  std::optional<uint64_t> found_;
};

}  // namespace execorder
