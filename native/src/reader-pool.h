#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "handles.h"

namespace execorder {

/// Readers of one file for searches off the main thread: a reader serves one thread at a time, and opening one costs
/// more than many searches do. Safe to use from any thread.
class ReaderPool {
 public:
  explicit ReaderPool(std::string path) : path_(std::move(path)) {}

  /// An idle reader, or a new one, that knows what was recorded by now.
  xo_status take(ReaderHandle &out);
  void giveBack(ReaderHandle reader);

 private:
  ReaderHandle takeIdle();

  const std::string path_;
  std::mutex mutex_;
  std::vector<ReaderHandle> idle_;
};

/// Opens a recording; `out` stays empty on failure.
xo_status openReader(const std::string &path, ReaderHandle &out);

}  // namespace execorder
