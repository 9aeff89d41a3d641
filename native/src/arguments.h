// What a caller passed, checked: a TypeError or RangeError says what is wrong with it.
#pragma once

#include <napi.h>

#include <cstdint>
#include <optional>
#include <string>

namespace execorder {

/// A whole number from `least` to the largest that JavaScript holds exactly.
int64_t wholeNumber(const Napi::Value &value, const char *name, int64_t least = 0);

/// The same; nothing when it is undefined.
std::optional<int64_t> optionalWholeNumber(const Napi::Value &value, const char *name, int64_t least = 0);

/// A step that a recording has: one from `first` to before `length`.
uint64_t stepNumber(const Napi::Value &value, uint64_t first, uint64_t length);

/// A text without zero characters.
std::string text(const Napi::Value &value, const char *name);

/// True for 'forward', false for 'backward'.
bool isForward(const Napi::Value &value);

}  // namespace execorder
