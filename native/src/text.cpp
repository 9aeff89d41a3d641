#include "text.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace execorder {

namespace {

constexpr char32_t kReplacement = 0xfffd;

bool isAscii(const char *bytes, size_t size) {
  return std::all_of(bytes, bytes + size, [](char byte) { return (byte & 0x80) == 0; });
}

/// How many bytes follow a first byte; -1 when none starts with it.
int followers(uint8_t first) {
  if (first < 0x80) return 0;
  if (first >= 0xc2 && first <= 0xdf) return 1;
  if (first >= 0xe0 && first <= 0xef) return 2;
  if (first >= 0xf0 && first <= 0xf4) return 3;
  return -1;
}

/// Reads one character and moves `cursor` past it; past one byte when it is damaged.
char32_t readCharacter(const uint8_t *&cursor, const uint8_t *limit) {
  static constexpr uint8_t kFirstBits[] = {0x7f, 0x1f, 0x0f, 0x07};
  static constexpr char32_t kLeast[] = {0, 0x80, 0x800, 0x10000};
  const uint8_t first = *cursor++;
  const int count = followers(first);
  if (count < 0 || limit - cursor < count) return kReplacement;

  char32_t character = first & kFirstBits[count];
  for (int i = 0; i < count; i++) {
    if ((cursor[i] & 0xc0) != 0x80) return kReplacement;
    character = character << 6 | (cursor[i] & 0x3f);
  }
  if (character < kLeast[count] || character > 0x10ffff) return kReplacement;
  cursor += count;
  return character;
}

void appendUtf16(std::u16string &text, char32_t character) {
  if (character < 0x10000) {
    text.push_back(static_cast<char16_t>(character));
    return;
  }
  character -= 0x10000;
  text.push_back(static_cast<char16_t>(0xd800 + (character >> 10)));
  text.push_back(static_cast<char16_t>(0xdc00 + (character & 0x3ff)));
}

void appendUtf8(std::string &text, char32_t character) {
  const auto tail = [&](int shift) { text.push_back(static_cast<char>(0x80 | ((character >> shift) & 0x3f))); };
  if (character < 0x80) {
    text.push_back(static_cast<char>(character));
  } else if (character < 0x800) {
    text.push_back(static_cast<char>(0xc0 | character >> 6));
    tail(0);
  } else if (character < 0x10000) {
    text.push_back(static_cast<char>(0xe0 | character >> 12));
    tail(6);
    tail(0);
  } else {
    text.push_back(static_cast<char>(0xf0 | character >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

bool isPair(char16_t high, char16_t low) {
  return (high & 0xfc00) == 0xd800 && (low & 0xfc00) == 0xdc00;
}

}  // namespace

Napi::Value textToJs(Napi::Env env, const char *bytes, size_t size) {
  if (isAscii(bytes, size)) return Napi::String::New(env, bytes, size);

  const auto *cursor = reinterpret_cast<const uint8_t *>(bytes);
  const uint8_t *limit = cursor + size;
  std::u16string text;
  text.reserve(size);
  while (cursor < limit) appendUtf16(text, readCharacter(cursor, limit));
  return Napi::String::New(env, text);
}

Napi::Value textToJs(Napi::Env env, const char *zeroTerminated) {
  return textToJs(env, zeroTerminated, std::strlen(zeroTerminated));
}

std::string textFromJs(const Napi::String &value) {
  const std::u16string units = value.Utf16Value();
  std::string text;
  text.reserve(units.size());
  for (size_t i = 0; i < units.size(); i++) {
    char32_t character = units[i];
    if (i + 1 < units.size() && isPair(units[i], units[i + 1])) {
      character = 0x10000 + ((character - 0xd800) << 10) + (units[++i] - 0xdc00u);
    }
    appendUtf8(text, character);
  }
  return text;
}

}  // namespace execorder
