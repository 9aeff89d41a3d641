#pragma once

#include <napi.h>

namespace execorder {

/// Adds what is done with whole recordings: check, sizes, compact, trim, redact.
void defineTools(Napi::Env env, Napi::Object exports);

}  // namespace execorder
