#include "search-worker.h"

#include <cerrno>
#include <utility>

#include "status-error.h"
#include "values.h"

namespace execorder {

SearchWorker::SearchWorker(Napi::Env env, std::string path, std::shared_ptr<ReaderPool> readers, Search search,
                           const Napi::Value &signal)
    : Napi::AsyncWorker(env, "execorder:search"),
      path_(std::move(path)),
      readers_(std::move(readers)),
      search_(std::move(search)),
      cancel_(std::make_shared<CancelFlag>()),
      listener_(signal, cancel_),
      settle_(env) {}

void SearchWorker::Execute() {
  if (cancel_->isRaised()) return;

  ReaderHandle reader;
  status_ = readers_->take(reader);
  if (status_ == XO_OK) status_ = search_.run(reader.get(), cancel_->address(), found_);
  systemError_ = errno;
  if (status_ == XO_OK) readers_->giveBack(std::move(reader));
}

void SearchWorker::OnOK() {
  const Napi::Env env = Env();
  if (cancel_->isRaised()) {
    settle_.Reject(abortError(env).Value());
  } else if (status_ != XO_OK) {
    settle_.Reject(statusError(env, status_, systemError_, path_).Value());
  } else {
    settle_.Resolve(found_ ? numberToJs(env, *found_) : env.Undefined());
  }
}

void SearchWorker::OnError(const Napi::Error &error) { settle_.Reject(error.Value()); }

}  // namespace execorder
