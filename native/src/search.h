#pragma once

#include <cstdint>
#include <optional>

#include "handles.h"
#include "search-filter.h"

namespace execorder {

/// A search for a step, ready to run on any reader of the recording.
struct Search {
  int64_t from;
  bool forward;
  SearchFilter filter;
  uint64_t length;  // how many steps the asker knows; later ones are no answer

  /// `found` is empty when there is none, or when `cancel` became non-zero.
  xo_status run(xo_reader *reader, const volatile int *cancel, std::optional<uint64_t> &found) const;
};

}  // namespace execorder
