#include "history.h"

extern "C" {
#include <execorder/format.h>
}

#include "values.h"

namespace execorder {

namespace {

/// The words of `Operation` in index.d.ts.
const char *operationName(uint8_t operation) {
  switch (operation) {
    case XO_OP_IMAGE:
      return "image";
    case XO_OP_LIST_SET:
    case XO_OP_DICT_SET:
      return "setItem";
    case XO_OP_LIST_APPEND:
      return "append";
    case XO_OP_LIST_SPLICE:
      return "splice";
    case XO_OP_LIST_REVERSE:
      return "reverse";
    case XO_OP_CLEAR:
      return "clear";
    case XO_OP_DICT_DELETE:
      return "deleteItem";
    case XO_OP_SET_ADD:
      return "add";
    case XO_OP_SET_DISCARD:
      return "discard";
    case XO_OP_ATTR_SET:
      return "setAttribute";
    case XO_OP_ATTR_DELETE:
      return "deleteAttribute";
    case XO_OP_CELL_SET:
      return "setCell";
    case XO_OP_BYTES_SPLICE:
      return "writeBytes";
    case XO_OP_ATTR_DICT:
      return "setAttributeDict";
    case XO_OP_CLASS_SET:
      return "setClass";
    case XO_OP_BIND:
      return "bind";
    case XO_OP_ENTER:
      return "call";
    default:
      return "unknown";
  }
}

Napi::Object changeToJs(Napi::Env env, const xo_change &change) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("step", numberToJs(env, change.step));
  object.Set("operation", change.is_image ? "image" : operationName(change.op));
  object.Set("key", boundValueToJs(env, change.key));
  object.Set("value", boundValueToJs(env, change.value));
  if (change.op == XO_OP_BYTES_SPLICE) object.Set("removed", numberToJs(env, change.removed));
  return object;
}

}  // namespace

Napi::Array historyOf(const Query &query, uint64_t step, uint64_t object, size_t limit) {
  OwnedArray<xo_change> changes;
  query.check(ownArray(changes, [&](xo_change **elements, size_t *count) {
    return xo_reader_history(query.reader, step, object, limit, elements, count);
  }));

  Napi::Array out = Napi::Array::New(query.env, changes.count);
  uint32_t index = 0;
  for (const xo_change &change : changes) out.Set(index++, changeToJs(query.env, change));
  return out;
}

Napi::Value lastWriteOf(const Query &query, uint64_t step, const xo_slot &slot) {
  xo_write write;
  if (!query.found(xo_reader_last_write(query.reader, step, &slot, &write))) return query.env.Undefined();

  Napi::Object object = Napi::Object::New(query.env);
  object.Set("step", numberToJs(query.env, write.step));
  object.Set("writer", write.writer < 0 ? query.env.Undefined()
                                        : Napi::Value(numberToJs(query.env, static_cast<uint64_t>(write.writer))));
  object.Set("operation", write.op == XO_OP_IMAGE ? "image" : operationName(write.op));
  object.Set("first", write.first);
  object.Set("value", boundValueToJs(query.env, write.value));
  return object;
}

}  // namespace execorder
