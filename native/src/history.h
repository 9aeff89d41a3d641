#pragma once

#include "query.h"

namespace execorder {

/// The changes of an object at or before a step, newest first, as `Change` of index.d.ts.
Napi::Array historyOf(const Query &query, uint64_t step, uint64_t object, size_t limit);

/// Who wrote a slot last, as `Write` of index.d.ts; undefined when nobody did.
Napi::Value lastWriteOf(const Query &query, uint64_t step, const xo_slot &slot);

}  // namespace execorder
