#pragma once

#include <napi.h>

#include <vector>

#include "file-table.h"

namespace execorder {

/// A `Filter` of index.d.ts in the store's terms. It owns what it needs, so it can be handed to another thread.
class SearchFilter {
 public:
  SearchFilter(const Napi::Value &filter, const FileTable &files);

  /// True when no step can fit: an empty choice of kinds, or lines only of files that never ran.
  bool isImpossible() const { return impossible_; }

  /// Borrows from this object.
  xo_filter view() const;

 private:
  void readKinds(const Napi::Value &kinds);
  void readVisits(const Napi::Value &visits, const FileTable &files);

  xo_filter filter_{};
  std::vector<uint64_t> visits_;
  bool impossible_ = false;
};

}  // namespace execorder
