#pragma once

#include <napi.h>

#include <string>

#include "handles.h"

namespace execorder {

/// One question to an open recording: what a method passes on to the functions that convert the store's answers.
struct Query {
  Napi::Env env;
  xo_reader *reader;         // borrowed
  const std::string &path;   // borrowed

  /// Throws the error of JavaScript that belongs to a status; XO_OK passes.
  void check(xo_status status) const;

  /// The same; false when there is no answer.
  bool found(xo_status status) const;

  xo_info info() const;
  /// A step that the recording has.
  uint64_t step(const Napi::Value &value) const;
  xo_code_view code(uint32_t number) const;
  xo_file_view file(uint32_t number) const;
};

}  // namespace execorder
