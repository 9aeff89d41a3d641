#include "variables.h"

#include <algorithm>

extern "C" {
#include <execorder/writer.h>
}

#include "text.h"
#include "values.h"

namespace execorder {

namespace {

const char *roleOf(uint8_t flags) {
  if (flags & XO_VARIABLE_FREE) return "free";
  return flags & XO_VARIABLE_ARGUMENT ? "argument" : "local";
}

uint32_t codeOf(const Query &query, uint64_t step, uint32_t thread, uint64_t frame) {
  for (const xo_frame_view &candidate : stackAt(query, step, thread)) {
    if (candidate.frame == frame) return candidate.code;
  }
  query.check(XO_NOT_FOUND);
  return 0;
}

Napi::Array slotsToJs(Napi::Env env, const xo_code_view &code, const OwnedArray<xo_value> &values) {
  Napi::Array variables = Napi::Array::New(env);
  for (size_t i = 0; i < std::min(values.count, code.variable_count); i++) {
    const uint8_t flags = code.variable_flags[i];
    if (flags & XO_VARIABLE_HIDDEN) continue;

    Napi::Object variable = Napi::Object::New(env);
    variable.Set("name", textToJs(env, code.variable_names[i]));
    variable.Set("value", valueToJs(env, values.elements[i]));
    variable.Set("role", roleOf(flags));
    variables.Set(variables.Length(), variable);
  }
  return variables;
}

}  // namespace

OwnedArray<xo_frame_view> stackAt(const Query &query, uint64_t step, uint32_t thread) {
  OwnedArray<xo_frame_view> stack;
  query.check(ownArray(stack, [&](xo_frame_view **elements, size_t *count) {
    return xo_reader_stack(query.reader, step, thread, elements, count);
  }));
  return stack;
}

Napi::Object variablesAt(const Query &query, uint64_t step, uint32_t thread, uint64_t frame) {
  const uint32_t code = codeOf(query, step, thread, frame);
  OwnedArray<xo_value> values;
  xo_value result{};
  query.check(ownArray(values, [&](xo_value **elements, size_t *count) {
    return xo_reader_variables(query.reader, step, thread, frame, elements, count, &result);
  }));

  Napi::Object out = Napi::Object::New(query.env);
  out.Set("variables", slotsToJs(query.env, query.code(code), values));
  out.Set("result", boundValueToJs(query.env, result));
  return out;
}

}  // namespace execorder
