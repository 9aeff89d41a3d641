#pragma once

#include <napi.h>

#include "handles.h"

namespace execorder {

const char *stepKindName(xo_step_kind kind);

/// Throws a TypeError for a name that is none.
xo_step_kind stepKindFromJs(const Napi::Value &name);

}  // namespace execorder
