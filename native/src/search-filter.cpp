#include "search-filter.h"

#include "arguments.h"
#include "step-kinds.h"

namespace execorder {

namespace {

Napi::Array arrayArgument(const Napi::Value &value, const char *name) {
  if (!value.IsArray()) throw Napi::TypeError::New(value.Env(), std::string(name) + " must be an array");
  return value.As<Napi::Array>();
}

Napi::Object objectArgument(const Napi::Value &value, const char *name) {
  if (!value.IsObject()) throw Napi::TypeError::New(value.Env(), std::string(name) + " must be an object");
  return value.As<Napi::Object>();
}

}  // namespace

SearchFilter::SearchFilter(const Napi::Value &value, const FileTable &files) {
  const Napi::Object filter = objectArgument(value, "the filter");
  filter_.thread = static_cast<uint32_t>(optionalWholeNumber(filter.Get("thread"), "thread", 1).value_or(0));
  filter_.frame = static_cast<uint64_t>(optionalWholeNumber(filter.Get("frame"), "frame", 1).value_or(0));
  const int64_t depth = optionalWholeNumber(filter.Get("maxDepth"), "maxDepth").value_or(UINT32_MAX);
  filter_.max_depth = depth < UINT32_MAX ? static_cast<uint32_t>(depth) : UINT32_MAX;
  readKinds(filter.Get("kinds"));
  readVisits(filter.Get("visits"), files);
}

xo_filter SearchFilter::view() const {
  xo_filter view = filter_;
  view.visits = visits_.data();
  view.visit_count = visits_.size();
  return view;
}

void SearchFilter::readKinds(const Napi::Value &value) {
  if (value.IsUndefined()) return;

  const Napi::Array kinds = arrayArgument(value, "kinds");
  for (uint32_t i = 0; i < kinds.Length(); i++) filter_.kinds |= 1u << stepKindFromJs(kinds.Get(i));
  impossible_ = impossible_ || filter_.kinds == 0;
}

void SearchFilter::readVisits(const Napi::Value &value, const FileTable &files) {
  if (value.IsUndefined()) return;

  const Napi::Array visits = arrayArgument(value, "visits");
  for (uint32_t i = 0; i < visits.Length(); i++) {
    const Napi::Object visit = objectArgument(visits.Get(i), "a visit");
    const auto line = static_cast<uint32_t>(wholeNumber(visit.Get("line"), "line"));
    for (const uint32_t file : files.numbersOf(text(visit.Get("file"), "file"))) {
      visits_.push_back(static_cast<uint64_t>(file) << 32 | line);
    }
  }
  impossible_ = impossible_ || visits_.empty();
}

}  // namespace execorder
