#pragma once

#include <cstddef>

#include "query.h"

namespace execorder {

/// Which of an object's items are wanted.
struct Page {
  size_t start;
  size_t count;
};

/// An object at a step as `Contents` of index.d.ts; throws when it wasn't known yet.
Napi::Object contentsAt(const Query &query, uint64_t step, uint64_t object, Page page);

}  // namespace execorder
