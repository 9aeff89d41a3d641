#include "values.h"

#include <cstring>
#include <vector>

#include "text.h"

namespace execorder {

namespace {

Napi::Object ofKind(Napi::Env env, const char *kind) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("kind", kind);
  return object;
}

template <typename Value>
Napi::Object ofKind(Napi::Env env, const char *kind, Value value) {
  Napi::Object object = ofKind(env, kind);
  object.Set("value", value);
  return object;
}

/// The magnitude of a two's complement number of little-endian bytes, in words of 64 bits.
std::vector<uint64_t> magnitudeWords(const uint8_t *bytes, size_t size, bool negative) {
  std::vector<uint64_t> words(size / 8 + 1, 0);
  unsigned carry = negative ? 1 : 0;
  for (size_t i = 0; i < words.size() * 8; i++) {
    unsigned byte = i < size ? bytes[i] : (negative ? 0xffu : 0u);
    if (negative) {
      byte = (~byte & 0xffu) + carry;
      carry = byte >> 8;
      byte &= 0xffu;
    }
    words[i / 8] |= static_cast<uint64_t>(byte) << (i % 8 * 8);
  }
  return words;
}

Napi::BigInt bigIntToJs(Napi::Env env, const uint8_t *bytes, size_t size) {
  const bool negative = size > 0 && (bytes[size - 1] & 0x80) != 0;
  const std::vector<uint64_t> words = magnitudeWords(bytes, size, negative);
  return Napi::BigInt::New(env, negative ? 1 : 0, words.size(), words.data());
}

Napi::Uint8Array bytesToJs(Napi::Env env, const uint8_t *bytes, size_t size) {
  Napi::Uint8Array array = Napi::Uint8Array::New(env, size);
  if (size > 0) std::memcpy(array.Data(), bytes, size);
  return array;
}

Napi::Object complexToJs(Napi::Env env, double real, double imaginary) {
  Napi::Object object = ofKind(env, "complex");
  object.Set("real", real);
  object.Set("imaginary", imaginary);
  return object;
}

Napi::Object objectToJs(Napi::Env env, uint64_t number) {
  Napi::Object object = ofKind(env, "object");
  object.Set("object", numberToJs(env, number));
  return object;
}

Napi::Value strToJs(Napi::Env env, const xo_value &value) {
  return textToJs(env, reinterpret_cast<const char *>(value.bytes), value.size_bytes);
}

}  // namespace

Napi::Value valueToJs(Napi::Env env, const xo_value &value) {
  switch (value.kind) {
    case XO_UNBOUND:
      break;
    case XO_NONE:
      return ofKind(env, "none");
    case XO_FALSE:
      return ofKind(env, "bool", false);
    case XO_TRUE:
      return ofKind(env, "bool", true);
    case XO_ELLIPSIS:
      return ofKind(env, "ellipsis");
    case XO_NOT_IMPLEMENTED:
      return ofKind(env, "notImplemented");
    case XO_INT:
      return ofKind(env, "int", Napi::BigInt::New(env, value.integer));
    case XO_BIGINT:
      return ofKind(env, "int", bigIntToJs(env, value.bytes, value.size_bytes));
    case XO_FLOAT:
      return ofKind(env, "float", value.real);
    case XO_COMPLEX:
      return complexToJs(env, value.real, value.imaginary);
    case XO_STR:
      return ofKind(env, "str", strToJs(env, value));
    case XO_BYTES:
      return ofKind(env, "bytes", bytesToJs(env, value.bytes, value.size_bytes));
    case XO_OBJECT:
      return objectToJs(env, value.object);
  }
  return ofKind(env, "unbound");
}

Napi::Value boundValueToJs(Napi::Env env, const xo_value &value) {
  return value.kind == XO_UNBOUND ? env.Undefined() : valueToJs(env, value);
}

Napi::Value textValueToJs(Napi::Env env, const xo_value &value) {
  if (value.kind != XO_STR) return env.Undefined();
  return strToJs(env, value);
}

Napi::Value objectNumberToJs(Napi::Env env, uint64_t number) {
  if (number == 0) return env.Undefined();
  return numberToJs(env, number);
}

Napi::Number numberToJs(Napi::Env env, uint64_t number) {
  return Napi::Number::New(env, static_cast<double>(number));
}

}  // namespace execorder
