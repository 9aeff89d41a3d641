#pragma once

#include "query.h"

namespace execorder {

/// The changes of an object at or before a step, newest first, as `Change` of index.d.ts.
Napi::Array historyOf(const Query &query, uint64_t step, uint64_t object, size_t limit);

}  // namespace execorder
