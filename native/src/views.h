// The store's small answers as the objects of index.d.ts.
#pragma once

#include "query.h"

namespace execorder {

Napi::Object infoToJs(Napi::Env env, const xo_info &info);
Napi::Object stepToJs(const Query &query, const xo_step_view &step);
Napi::Object frameToJs(const Query &query, const xo_frame_view &frame);
Napi::Object threadToJs(Napi::Env env, const xo_thread_view &thread);
Napi::Object outputToJs(Napi::Env env, uint64_t index, const xo_output_view &output);

}  // namespace execorder
