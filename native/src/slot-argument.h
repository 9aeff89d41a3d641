#pragma once

#include <napi.h>

#include <vector>

extern "C" {
#include <execorder/reader.h>
}

namespace execorder {

/// A `Slot` of index.d.ts, checked; owns what its view borrows.
class SlotArgument {
 public:
  explicit SlotArgument(const Napi::Value &value);

  const xo_slot &view() const { return slot_; }

 private:
  void readKey(const Napi::Object &key);
  void readInteger(const Napi::Value &value);
  void own(xo_value_kind kind, std::vector<uint8_t> bytes);

  xo_slot slot_ = {};
  std::vector<uint8_t> bytes_;
};

}  // namespace execorder
