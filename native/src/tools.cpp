#include "tools.h"

#include <cerrno>
#include <memory>
#include <string>
#include <vector>

extern "C" {
#include <execorder/tools.h>
}

#include "arguments.h"
#include "status-error.h"
#include "text.h"
#include "values.h"

namespace execorder {

namespace {

/// More problems than these are only counted.
constexpr size_t kProblemsTold = 100;

void throwUnlessFine(Napi::Env env, xo_status status, const std::string &path) {
  const int systemError = errno;
  if (status != XO_OK) throw statusError(env, status, systemError, path);
}

/// What a copying tool answers, blamed on the right one of its two files.
void throwUnlessCopied(Napi::Env env, xo_status status, xo_tool_side side, const std::string &from,
                       const std::string &to) {
  throwUnlessFine(env, status, side == XO_OF_COPY ? to : from);
}

void tellProblem(void *context, const char *problem) {
  auto &problems = *static_cast<std::vector<std::string> *>(context);
  if (problems.size() < kProblemsTold) problems.emplace_back(problem);
}

Napi::Value check(const Napi::CallbackInfo &info) {
  const Napi::Env env = info.Env();
  const std::string path = text(info[0], "the path");
  std::vector<std::string> problems;
  xo_check_report report{};
  throwUnlessFine(env, xo_check(path.c_str(), tellProblem, &problems, &report), path);

  Napi::Object out = Napi::Object::New(env);
  out.Set("complete", report.complete);
  if (report.ended_early != XO_OK) out.Set("endedEarly", xo_status_text(report.ended_early));
  out.Set("chunks", numberToJs(env, report.chunks));
  out.Set("blocks", numberToJs(env, report.blocks));
  out.Set("records", numberToJs(env, report.records));
  out.Set("steps", numberToJs(env, report.steps));
  out.Set("values", numberToJs(env, report.values));
  out.Set("objects", numberToJs(env, report.objects));
  out.Set("unreadBytes", numberToJs(env, report.unread_bytes));
  out.Set("problemCount", numberToJs(env, report.problems));
  Napi::Array told = Napi::Array::New(env, problems.size());
  for (uint32_t i = 0; i < problems.size(); i++) told.Set(i, problems[i]);
  out.Set("problems", told);
  return out;
}

Napi::Value sizes(const Napi::CallbackInfo &info) {
  static const char *const kNames[XO_SIZE_KINDS] = {"steps",   "frames",      "variables", "images",
                                                    "changes", "definitions", "output"};
  const Napi::Env env = info.Env();
  const std::string path = text(info[0], "the path");
  xo_sizes found{};
  throwUnlessFine(env, xo_sizes_read(path.c_str(), &found), path);

  Napi::Object out = Napi::Object::New(env);
  for (size_t kind = 0; kind < XO_SIZE_KINDS; kind++) {
    Napi::Object one = Napi::Object::New(env);
    one.Set("records", numberToJs(env, found.records[kind]));
    one.Set("bytes", numberToJs(env, found.bytes[kind]));
    out.Set(kNames[kind], one);
  }
  return out;
}

Napi::Value fidelity(const Napi::CallbackInfo &info) {
  const Napi::Env env = info.Env();
  const std::string path = text(info[0], "the path");
  xo_fidelity found{};
  throwUnlessFine(env, xo_fidelity_read(path.c_str(), &found), path);
  const std::unique_ptr<xo_fidelity, decltype(&xo_fidelity_free)> owner(&found, xo_fidelity_free);

  Napi::Object out = Napi::Object::New(env);
  Napi::Array types = Napi::Array::New(env, found.type_count);
  for (uint32_t i = 0; i < found.type_count; i++) {
    Napi::Object one = Napi::Object::New(env);
    one.Set("type", numberToJs(env, found.types[i].type));
    one.Set("example", numberToJs(env, found.types[i].example));
    one.Set("objects", numberToJs(env, found.types[i].objects));
    types.Set(i, one);
  }
  out.Set("opaque", numberToJs(env, found.opaque));
  out.Set("opaqueTypes", types);
  out.Set("unknown", numberToJs(env, found.unknown));
  out.Set("unknownSince", found.unknown == 0 ? env.Undefined() : numberToJs(env, found.unknown_since));
  return out;
}

Napi::Value compact(const Napi::CallbackInfo &info) {
  const std::string from = text(info[0], "the recording"), to = text(info[1], "the copy");
  xo_tool_side side = XO_OF_ORIGINAL;
  const xo_status status = xo_compact(from.c_str(), to.c_str(), &side);
  throwUnlessCopied(info.Env(), status, side, from, to);
  return info.Env().Undefined();
}

Napi::Value trim(const Napi::CallbackInfo &info) {
  const std::string from = text(info[0], "the recording"), to = text(info[1], "the copy");
  const auto first = static_cast<uint64_t>(wholeNumber(info[2], "the first step"));
  const auto last = static_cast<uint64_t>(wholeNumber(info[3], "the last step"));
  xo_tool_side side = XO_OF_ORIGINAL;
  const xo_status status = xo_trim(from.c_str(), to.c_str(), first, last, &side);
  throwUnlessCopied(info.Env(), status, side, from, to);
  return info.Env().Undefined();
}

Napi::Value redact(const Napi::CallbackInfo &info) {
  const Napi::Env env = info.Env();
  const std::string from = text(info[0], "the recording"), to = text(info[1], "the copy");
  const std::string names = text(info[2], "the names");
  xo_tool_side side = XO_OF_ORIGINAL;
  xo_redact_report report{};
  const xo_status status = xo_redact(from.c_str(), to.c_str(), names.c_str(), &report, &side);
  if (status == XO_NOT_FOUND && report.problem[0] != '\0') {
    throw Napi::RangeError::New(env, std::string("the names are no regular expression: ") + report.problem);
  }
  throwUnlessCopied(env, status, side, from, to);

  Napi::Object out = Napi::Object::New(env);
  out.Set("values", numberToJs(env, report.values));
  out.Set("objects", numberToJs(env, report.objects));
  out.Set("texts", numberToJs(env, report.texts));
  return out;
}

}  // namespace

void defineTools(Napi::Env env, Napi::Object exports) {
  exports.Set("check", Napi::Function::New<check>(env, "check"));
  exports.Set("sizes", Napi::Function::New<sizes>(env, "sizes"));
  exports.Set("fidelity", Napi::Function::New<fidelity>(env, "fidelity"));
  exports.Set("compact", Napi::Function::New<compact>(env, "compact"));
  exports.Set("trim", Napi::Function::New<trim>(env, "trim"));
  exports.Set("redact", Napi::Function::New<redact>(env, "redact"));
}

}  // namespace execorder
