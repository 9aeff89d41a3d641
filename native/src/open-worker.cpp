#include "open-worker.h"

#include <cerrno>
#include <utility>

#include "reader-pool.h"
#include "recording.h"
#include "status-error.h"

namespace execorder {

OpenWorker::OpenWorker(Napi::Env env, std::string path)
    : Napi::AsyncWorker(env, "execorder:open"), path_(std::move(path)), settle_(env) {}

void OpenWorker::Execute() {
  status_ = openReader(path_, reader_);
  systemError_ = errno;
}

void OpenWorker::OnOK() {
  const Napi::Env env = Env();
  if (status_ != XO_OK) {
    settle_.Reject(statusError(env, status_, systemError_, path_).Value());
    return;
  }
  try {
    settle_.Resolve(Recording::over(env, path_, std::move(reader_)));
  } catch (const Napi::Error &error) {
    settle_.Reject(error.Value());
  }
}

void OpenWorker::OnError(const Napi::Error &error) { settle_.Reject(error.Value()); }

}  // namespace execorder
