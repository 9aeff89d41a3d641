#pragma once

#include <napi.h>

#include <memory>
#include <string>

#include "file-table.h"
#include "query.h"
#include "reader-pool.h"
#include "search.h"

namespace execorder {

/// `Recording` of index.d.ts: each method checks its arguments, asks the store and converts the answer.
class Recording : public Napi::ObjectWrap<Recording> {
 public:
  /// Defines the class; keeps it for `open`.
  static Napi::Function define(Napi::Env env);

  /// Takes over an open reader of the file at `path`.
  static Napi::Value over(Napi::Env env, const std::string &path, ReaderHandle reader);

  /// Arguments: the path, and an External with the ReaderHandle to take over; without that, it opens the file itself.
  explicit Recording(const Napi::CallbackInfo &info);

 private:
  static Napi::Value open(const Napi::CallbackInfo &info);
  static Napi::Value openAsync(const Napi::CallbackInfo &info);
  Napi::Value refresh(const Napi::CallbackInfo &info);
  Napi::Value rest(const Napi::CallbackInfo &info);
  Napi::Value length(const Napi::CallbackInfo &info);
  Napi::Value firstStep(const Napi::CallbackInfo &info);
  Napi::Value info(const Napi::CallbackInfo &info);
  Napi::Value note(const Napi::CallbackInfo &info);
  Napi::Value step(const Napi::CallbackInfo &info);
  Napi::Value threads(const Napi::CallbackInfo &info);
  Napi::Value stack(const Napi::CallbackInfo &info);
  Napi::Value variables(const Napi::CallbackInfo &info);
  Napi::Value contents(const Napi::CallbackInfo &info);
  Napi::Value find(const Napi::CallbackInfo &info);
  Napi::Value findAsync(const Napi::CallbackInfo &info);
  Napi::Value files(const Napi::CallbackInfo &info);
  Napi::Value source(const Napi::CallbackInfo &info);
  Napi::Value lines(const Napi::CallbackInfo &info);
  Napi::Value output(const Napi::CallbackInfo &info);
  Napi::Value history(const Napi::CallbackInfo &info);
  Napi::Value lastWrite(const Napi::CallbackInfo &info);
  Napi::Value close(const Napi::CallbackInfo &info);

  /// Throws when the recording was closed; looks at it again when it rested.
  Query query(Napi::Env env);
  void lookAgain(const Query &query);
  /// Takes this for the end; true when it was elsewhere before.
  bool seeTo(const xo_info &end);
  Search searchArguments(const Napi::CallbackInfo &info);

  std::string path_;
  ReaderHandle reader_;  // empty: closed
  std::shared_ptr<ReaderPool> readers_;  // likewise
  FileTable files_;
  uint64_t length_ = 0, seenBytes_ = 0;  // at the last refresh that was asked for: nobody passes over steps that he did not ask for
};

}  // namespace execorder
