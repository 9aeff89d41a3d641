#include "slot-argument.h"

#include "arguments.h"
#include "text.h"

namespace execorder {

namespace {

Napi::Object objectOf(const Napi::Value &value, const char *name) {
  if (!value.IsObject()) throw Napi::TypeError::New(value.Env(), std::string(name) + " must be an object");
  return value.As<Napi::Object>();
}

double doubleOf(const Napi::Value &value) {
  if (!value.IsNumber()) throw Napi::TypeError::New(value.Env(), "the key's value must be a number");
  return value.As<Napi::Number>().DoubleValue();
}

std::vector<uint8_t> textBytes(const Napi::Value &value, const char *name) {
  if (!value.IsString()) throw Napi::TypeError::New(value.Env(), std::string(name) + " must be a string");
  const std::string text = textFromJs(value.As<Napi::String>());
  return {text.begin(), text.end()};
}

/// Two's complement, the lowest byte first.
std::vector<uint8_t> bigIntBytes(Napi::BigInt number) {
  int sign = 0;
  size_t count = number.WordCount();
  std::vector<uint64_t> words(count + 1, 0);
  number.ToWords(&sign, &count, words.data());
  std::vector<uint8_t> bytes;
  unsigned carry = sign != 0 ? 1 : 0;
  for (const uint64_t word : words) {
    for (int shift = 0; shift < 64; shift += 8) {
      unsigned byte = static_cast<unsigned>(word >> shift & 0xff);
      if (sign != 0) {
        byte = (~byte & 0xffu) + carry;
        carry = byte >> 8;
      }
      bytes.push_back(static_cast<uint8_t>(byte));
    }
  }
  return bytes;
}

}  // namespace

SlotArgument::SlotArgument(const Napi::Value &value) {
  const Napi::Object slot = objectOf(value, "the slot");
  const std::string kind = text(slot.Get("kind"), "the slot's kind");
  if (kind == "variable") {
    slot_.kind = XO_SLOT_VARIABLE;
    slot_.owner = static_cast<uint64_t>(wholeNumber(slot.Get("frame"), "the frame", 1));
    own(XO_STR, textBytes(slot.Get("name"), "the name"));
    return;
  }
  slot_.owner = static_cast<uint64_t>(wholeNumber(slot.Get("object"), "the object", 1));
  if (kind == "attribute") {
    slot_.kind = XO_SLOT_ATTRIBUTE;
    own(XO_STR, textBytes(slot.Get("name"), "the name"));
  } else if (kind == "item") {
    slot_.kind = XO_SLOT_ITEM;
    readKey(objectOf(slot.Get("key"), "the key"));
  } else {
    throw Napi::TypeError::New(value.Env(), "there is no kind of slot '" + kind + "'");
  }
}

void SlotArgument::own(xo_value_kind kind, std::vector<uint8_t> bytes) {
  bytes_ = std::move(bytes);
  slot_.key.kind = kind;
  slot_.key.bytes = bytes_.data();
  slot_.key.size_bytes = bytes_.size();
}

void SlotArgument::readInteger(const Napi::Value &value) {
  if (!value.IsBigInt()) throw Napi::TypeError::New(value.Env(), "the key's value must be a bigint");
  bool isExact = false;
  const int64_t number = value.As<Napi::BigInt>().Int64Value(&isExact);
  if (!isExact) {
    own(XO_BIGINT, bigIntBytes(value.As<Napi::BigInt>()));
    return;
  }
  slot_.key.kind = XO_INT;
  slot_.key.integer = number;
}

void SlotArgument::readKey(const Napi::Object &key) {
  const std::string kind = text(key.Get("kind"), "the key's kind");
  const Napi::Value value = key.Get("value");
  if (kind == "int") {
    readInteger(value);
  } else if (kind == "str") {
    own(XO_STR, textBytes(value, "the key's value"));
  } else if (kind == "bytes" && value.IsTypedArray()) {
    const Napi::Uint8Array bytes = value.As<Napi::Uint8Array>();
    own(XO_BYTES, std::vector<uint8_t>(bytes.Data(), bytes.Data() + bytes.ByteLength()));
  } else if (kind == "object") {
    slot_.key.kind = XO_OBJECT;
    slot_.key.object = static_cast<uint64_t>(wholeNumber(key.Get("object"), "the key's object", 1));
  } else if (kind == "bool") {
    slot_.key.kind = value.ToBoolean() ? XO_TRUE : XO_FALSE;
  } else if (kind == "float") {
    slot_.key.kind = XO_FLOAT;
    slot_.key.real = doubleOf(value);
  } else if (kind == "complex") {
    slot_.key.kind = XO_COMPLEX;
    slot_.key.real = doubleOf(key.Get("real"));
    slot_.key.imaginary = doubleOf(key.Get("imaginary"));
  } else {
    slot_.key.kind = kind == "none"             ? XO_NONE
                     : kind == "ellipsis"       ? XO_ELLIPSIS
                     : kind == "notImplemented" ? XO_NOT_IMPLEMENTED
                                                : XO_UNBOUND;
  }
}

}  // namespace execorder
