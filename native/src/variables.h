#pragma once

#include "query.h"

namespace execorder {

/// The stack of a thread at a step, innermost frame first.
OwnedArray<xo_frame_view> stackAt(const Query &query, uint64_t step, uint32_t thread);

/// The slots of a frame and its result, as `variables` of index.d.ts answers them; throws when the frame is not on
/// the thread's stack at that step.
Napi::Object variablesAt(const Query &query, uint64_t step, uint32_t thread, uint64_t frame);

}  // namespace execorder
