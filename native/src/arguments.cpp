#include "arguments.h"

#include <cmath>

#include "text.h"

namespace execorder {

namespace {

constexpr double kLargestExact = 9007199254740991.0;

Napi::TypeError typeError(Napi::Env env, const char *name, const char *expectation) {
  return Napi::TypeError::New(env, std::string(name) + " must be " + expectation);
}

}  // namespace

int64_t wholeNumber(const Napi::Value &value, const char *name, int64_t least) {
  if (!value.IsNumber()) throw typeError(value.Env(), name, "a number");

  const double number = value.As<Napi::Number>().DoubleValue();
  if (!(number >= static_cast<double>(least) && number <= kLargestExact) || std::trunc(number) != number) {
    throw Napi::RangeError::New(value.Env(),
                                std::string(name) + " must be a whole number from " + std::to_string(least) + " on");
  }
  return static_cast<int64_t>(number);
}

std::optional<int64_t> optionalWholeNumber(const Napi::Value &value, const char *name, int64_t least) {
  if (value.IsUndefined()) return std::nullopt;
  return wholeNumber(value, name, least);
}

uint64_t stepNumber(const Napi::Value &value, uint64_t first, uint64_t length) {
  const auto step = static_cast<uint64_t>(wholeNumber(value, "the step"));
  if (step < first) {
    throw Napi::RangeError::New(value.Env(), "step " + std::to_string(step) +
                                                 " is gone: the recording was bounded and keeps steps from " +
                                                 std::to_string(first) + " on");
  }
  if (step >= length) {
    throw Napi::RangeError::New(value.Env(), "there is no step " + std::to_string(step) + ": the recording has " +
                                                 std::to_string(length) + " steps");
  }
  return step;
}

std::string text(const Napi::Value &value, const char *name) {
  if (!value.IsString()) throw typeError(value.Env(), name, "a string");

  std::string bytes = textFromJs(value.As<Napi::String>());
  if (bytes.find('\0') != std::string::npos) throw typeError(value.Env(), name, "a string without zero characters");
  return bytes;
}

bool isForward(const Napi::Value &value) {
  const std::string direction = text(value, "the direction");
  if (direction == "forward") return true;
  if (direction == "backward") return false;
  throw typeError(value.Env(), "the direction", "'forward' or 'backward'");
}

}  // namespace execorder
