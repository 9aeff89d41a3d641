#include "step-kinds.h"

#include "arguments.h"

namespace execorder {

namespace {

constexpr xo_step_kind kKinds[] = {XO_STEP_CALL,  XO_STEP_LINE,   XO_STEP_RETURN,
                                   XO_STEP_YIELD, XO_STEP_RESUME, XO_STEP_EXCEPTION};

}  // namespace

const char *stepKindName(xo_step_kind kind) {
  switch (kind) {
    case XO_STEP_CALL:
      return "call";
    case XO_STEP_LINE:
      return "line";
    case XO_STEP_RETURN:
      return "return";
    case XO_STEP_YIELD:
      return "yield";
    case XO_STEP_RESUME:
      return "resume";
    case XO_STEP_EXCEPTION:
      break;
  }
  return "exception";
}

xo_step_kind stepKindFromJs(const Napi::Value &value) {
  const std::string name = text(value, "a kind of step");
  for (const xo_step_kind kind : kKinds) {
    if (name == stepKindName(kind)) return kind;
  }
  throw Napi::TypeError::New(value.Env(), "there is no kind of step '" + name + "'");
}

}  // namespace execorder
