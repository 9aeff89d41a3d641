#include "contents.h"

#include <algorithm>

extern "C" {
#include <execorder/format.h>
}

#include "text.h"
#include "values.h"

namespace execorder {

namespace {

const char *kindName(xo_kind kind) {
  switch (kind) {
    case XO_KIND_LIST:
      return "list";
    case XO_KIND_TUPLE:
      return "tuple";
    case XO_KIND_DICT:
      return "dict";
    case XO_KIND_SET:
      return "set";
    case XO_KIND_FROZENSET:
      return "frozenset";
    case XO_KIND_INSTANCE:
      return "instance";
    case XO_KIND_CLASS:
      return "class";
    case XO_KIND_CELL:
      return "cell";
    case XO_KIND_BUFFER:
      return "buffer";
    case XO_KIND_OPAQUE:
      break;
  }
  return "opaque";
}

/// What a type is called when its class was never seen.
const char *nameWithoutClass(xo_kind kind) {
  switch (kind) {
    case XO_KIND_INSTANCE:
    case XO_KIND_BUFFER:
    case XO_KIND_OPAQUE:
      return "object";
    case XO_KIND_CLASS:
      return "type";
    default:
      return kindName(kind);
  }
}

xo_status read(const Query &query, uint64_t step, uint64_t object, ContentsHandle &contents) {
  xo_contents *raw = nullptr;
  const xo_status status = xo_reader_contents(query.reader, step, object, &raw);
  contents.reset(raw);
  return status;
}

void setType(Napi::Object &out, const Query &query, uint64_t step, const xo_contents &contents) {
  Napi::Value name = query.env.Undefined();
  Napi::Value module = query.env.Undefined();
  ContentsHandle type;
  if (contents.class_object != 0 && query.found(read(query, step, contents.class_object, type))) {
    name = textValueToJs(query.env, type->name);
    module = textValueToJs(query.env, type->module);
  }
  out.Set("typeName", name.IsUndefined() ? textToJs(query.env, nameWithoutClass(contents.kind)) : name);
  out.Set("typeModule", module);
}

Napi::Array itemsToJs(Napi::Env env, const xo_contents &contents, size_t start, size_t end) {
  const bool isDict = contents.kind == XO_KIND_DICT;
  Napi::Array items = Napi::Array::New(env, end - start);
  for (size_t i = start; i < end; i++) {
    Napi::Object item = Napi::Object::New(env);
    if (isDict) item.Set("key", valueToJs(env, contents.items[i].key));
    item.Set("value", valueToJs(env, contents.items[i].value));
    items.Set(static_cast<uint32_t>(i - start), item);
  }
  return items;
}

Napi::Array elementsToJs(const Query &query, xo_contents &contents, size_t start, size_t end) {
  Napi::Array items = Napi::Array::New(query.env, end - start);
  for (size_t i = start; i < end; i++) {
    xo_value value;
    query.check(xo_contents_element(&contents, i, &value));
    Napi::Object item = Napi::Object::New(query.env);
    item.Set("value", valueToJs(query.env, value));
    items.Set(static_cast<uint32_t>(i - start), item);
  }
  return items;
}

Napi::Value bufferToJs(Napi::Env env, const xo_contents &contents) {
  if (contents.kind != XO_KIND_BUFFER) return env.Undefined();

  const xo_buffer_contents &buffer = contents.buffer;
  Napi::Array shape = Napi::Array::New(env, buffer.dimensions);
  Napi::Array strides = Napi::Array::New(env, buffer.dimensions);
  for (size_t i = 0; i < buffer.dimensions; i++) {
    shape.Set(static_cast<uint32_t>(i), numberToJs(env, buffer.shape[i]));
    strides.Set(static_cast<uint32_t>(i), static_cast<double>(buffer.strides[i]));
  }
  Napi::Object out = Napi::Object::New(env);
  out.Set("format", textValueToJs(env, buffer.format));
  out.Set("itemBytes", numberToJs(env, buffer.item_bytes));
  out.Set("shape", shape);
  out.Set("strides", strides);
  out.Set("offset", static_cast<double>(buffer.offset));
  out.Set("storage", objectNumberToJs(env, buffer.storage));
  out.Set("readOnly", (buffer.flags & XO_BUFFER_READ_ONLY) != 0);
  return out;
}

/// A key of an attribute dict that is no text (`vars(x)[1] = 2`) is no attribute: it is seen in the dict itself.
Napi::Array attributesToJs(Napi::Env env, const xo_contents &contents) {
  Napi::Array attributes = Napi::Array::New(env);
  for (size_t i = 0; i < contents.attribute_count; i++) {
    const xo_entry &entry = contents.attributes[i];
    if (entry.key.kind != XO_STR) continue;

    Napi::Object attribute = Napi::Object::New(env);
    attribute.Set("name", textValueToJs(env, entry.key));
    attribute.Set("value", valueToJs(env, entry.value));
    attributes.Set(attributes.Length(), attribute);
  }
  return attributes;
}

Napi::Array basesToJs(Napi::Env env, const xo_contents &contents) {
  Napi::Array bases = Napi::Array::New(env, contents.base_count);
  for (size_t i = 0; i < contents.base_count; i++) {
    bases.Set(static_cast<uint32_t>(i), numberToJs(env, contents.bases[i]));
  }
  return bases;
}

Napi::Value definitionToJs(const Query &query, const xo_contents &contents) {
  if (contents.file == 0) return query.env.Undefined();

  Napi::Object place = Napi::Object::New(query.env);
  place.Set("file", textToJs(query.env, query.file(contents.file).path));
  place.Set("line", contents.line);
  return place;
}

}  // namespace

Napi::Object contentsAt(const Query &query, uint64_t step, uint64_t object, Page page) {
  ContentsHandle contents;
  query.check(read(query, step, object, contents));

  const Napi::Env env = query.env;
  const size_t start = std::min(page.start, contents->item_count);
  const size_t end = start + std::min(page.count, contents->item_count - start);
  Napi::Object out = Napi::Object::New(env);
  out.Set("object", numberToJs(env, contents->object));
  out.Set("kind", kindName(contents->kind));
  out.Set("classObject", objectNumberToJs(env, contents->class_object));
  setType(out, query, step, *contents);
  out.Set("unknown", contents->unknown);
  out.Set("unknownSince", contents->unknown_since == 0 ? env.Undefined() : numberToJs(env, contents->unknown_since));
  out.Set("length", numberToJs(env, contents->item_count));
  out.Set("start", numberToJs(env, start));
  out.Set("items", contents->kind == XO_KIND_BUFFER ? elementsToJs(query, *contents, start, end)
                                                    : itemsToJs(env, *contents, start, end));
  out.Set("buffer", bufferToJs(env, *contents));
  out.Set("attributes", attributesToJs(env, *contents));
  out.Set("attributeDict", objectNumberToJs(env, contents->attribute_dict));
  out.Set("name", textValueToJs(env, contents->name));
  out.Set("module", textValueToJs(env, contents->module));
  out.Set("bases", basesToJs(env, *contents));
  out.Set("definedAt", definitionToJs(query, *contents));
  return out;
}

}  // namespace execorder
