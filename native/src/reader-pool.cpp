#include "reader-pool.h"

#include <utility>

namespace execorder {

xo_status ReaderPool::take(ReaderHandle &out) {
  out = takeIdle();
  return out ? xo_reader_refresh(out.get(), nullptr) : openReader(path_, out);
}

void ReaderPool::giveBack(ReaderHandle reader) {
  xo_reader_rest(reader.get());
  const std::lock_guard<std::mutex> lock(mutex_);
  idle_.push_back(std::move(reader));
}

ReaderHandle ReaderPool::takeIdle() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (idle_.empty()) return nullptr;

  ReaderHandle reader = std::move(idle_.back());
  idle_.pop_back();
  return reader;
}

xo_status openReader(const std::string &path, ReaderHandle &out) {
  xo_reader *reader = nullptr;
  const xo_status status = xo_reader_open(path.c_str(), &reader);
  out.reset(reader);
  return status;
}

}  // namespace execorder
