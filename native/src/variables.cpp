#include "variables.h"

#include <algorithm>
#include <climits>
#include <string>
#include <unordered_map>
#include <vector>

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

bool isMoved(uint8_t flags) { return (flags & XO_VARIABLE_HIDDEN) && (flags & XO_VARIABLE_ARGUMENT); }

// Where arguments are that inner functions use: moved from their own slots to cells of their names.
std::unordered_map<std::string, size_t> cellsOf(const xo_code_view &code) {
  std::unordered_map<std::string, size_t> cells;
  for (size_t i = 0; i < code.variable_count; i++) {
    if (code.variable_flags[i] & XO_VARIABLE_CELL) cells.emplace(code.variable_names[i], i);
  }
  return cells;
}

struct Place {
  size_t slot;
  // Orders arguments as a function's head does, and other variables behind them.
  int rank;
};

// Where each variable is: the arguments as they stand in the function's head, then the others.
std::vector<Place> placesOf(const xo_code_view &code) {
  const auto cells = cellsOf(code);
  std::vector<Place> places;
  std::vector<bool> isTaken(code.variable_count);
  for (size_t i = 0; i < code.variable_count; i++) {
    const uint8_t flags = code.variable_flags[i];
    const auto cell = isMoved(flags) ? cells.find(code.variable_names[i]) : cells.end();
    const size_t slot = cell == cells.end() ? i : cell->second;
    const int given = flags & (XO_VARIABLE_REST | XO_VARIABLE_BY_NAME);
    if (!isTaken[slot]) places.push_back({slot, flags & XO_VARIABLE_ARGUMENT ? given : INT_MAX});
    isTaken[slot] = true;
  }
  std::stable_sort(places.begin(), places.end(), [](Place a, Place b) { return a.rank < b.rank; });
  return places;
}

// Most functions have their arguments in the first slots and in order.
bool isInOrder(const xo_code_view &code) {
  const uint8_t unordered = XO_VARIABLE_REST | XO_VARIABLE_BY_NAME;
  const auto isOdd = [&](uint8_t flags) { return (flags & unordered) || isMoved(flags); };
  return std::none_of(code.variable_flags, code.variable_flags + code.variable_count, isOdd);
}

Napi::Array slotsToJs(Napi::Env env, const xo_code_view &code, const OwnedArray<xo_value> &values) {
  Napi::Array variables = Napi::Array::New(env);
  const auto add = [&](size_t slot) {
    const uint8_t flags = code.variable_flags[slot];
    if (slot >= values.count || (flags & XO_VARIABLE_HIDDEN)) return;

    Napi::Object variable = Napi::Object::New(env);
    variable.Set("name", textToJs(env, code.variable_names[slot]));
    variable.Set("value", valueToJs(env, values.elements[slot]));
    variable.Set("role", roleOf(flags));
    variables.Set(variables.Length(), variable);
  };
  if (isInOrder(code)) {
    for (size_t slot = 0; slot < code.variable_count; slot++) add(slot);
  } else {
    for (const Place &place : placesOf(code)) add(place.slot);
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
