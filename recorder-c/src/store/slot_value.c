#include "slot_value.h"

#include "memory_state.h"

bool
xo_value_same(const xo_value *left, const xo_value *right)
{
    if (left->kind != right->kind) {
        return false;
    }
    switch (left->kind) {
    case XO_INT: return left->integer == right->integer;
    case XO_OBJECT: return left->object == right->object;
    case XO_FLOAT:
    case XO_COMPLEX:
        return memcmp(&left->real, &right->real, sizeof left->real) == 0
               && memcmp(&left->imaginary, &right->imaginary, sizeof left->imaginary) == 0;
    case XO_STR:
    case XO_BYTES:
    case XO_BIGINT:
        return left->size_bytes == right->size_bytes
               && (left->bytes == right->bytes || left->size_bytes == 0
                   || memcmp(left->bytes, right->bytes, (size_t)left->size_bytes) == 0);
    default: return true;
    }
}

static xo_status
key_matches(xo_key_context *context, const xo_slot_place *place, const xo_value *key, bool *matches)
{
    uint64_t hash;
    xo_status status = xo_key_hash(context, key, &hash);
    *matches = status == XO_OK && hash == place->hash && xo_key_equal(key, &place->slot->key);
    return status;
}

static xo_status
find_entry(xo_key_context *context, const xo_slot_place *place, const xo_entry *entries, size_t count, bool by_value,
           xo_value *value)
{
    for (size_t i = 0; i < count; i++) {
        bool matches;
        xo_status status = key_matches(context, place, by_value ? &entries[i].value : &entries[i].key, &matches);
        if (status != XO_OK) {
            return status;
        }
        if (matches) {
            *value = entries[i].value;
            return XO_OK;
        }
    }
    return XO_OK;
}

static xo_status
item_value(xo_key_context *context, const xo_slot_place *place, xo_contents *contents, xo_value *value)
{
    const xo_value *key = &place->slot->key;
    if (contents->kind == XO_KIND_BUFFER) {
        return place->in_memory ? xo_memory_element(contents, place->first_byte, place->byte_count, value) : XO_OK;
    }
    switch (contents->kind) {
    case XO_KIND_CELL:
        *value = contents->item_count > 0 ? contents->items[0].value : *value;
        return XO_OK;
    case XO_KIND_DICT: return find_entry(context, place, contents->items, contents->item_count, false, value);
    case XO_KIND_SET:
    case XO_KIND_FROZENSET: return find_entry(context, place, contents->items, contents->item_count, true, value);
    default:
        if (key->kind == XO_INT && key->integer >= 0 && (uint64_t)key->integer < contents->item_count) {
            *value = contents->items[key->integer].value;
        }
        return XO_OK;
    }
}

xo_status
xo_slot_value(xo_key_context *context, const xo_slot_place *place, xo_value *value, uint64_t *length)
{
    xo_contents *contents;
    *value = (xo_value){.kind = XO_UNBOUND};
    *length = 0;
    xo_status status = xo_object_read(context->reader, context->index, context->end, place->object, &contents);
    if (status != XO_OK) {
        return status;
    }
    *length = contents->item_count;
    if (place->as_attribute) {
        status = find_entry(context, place, contents->attributes, contents->own_attribute_count, false, value);
    } else {
        status = item_value(context, place, contents, value);
    }
    xo_contents_free(contents);
    return status;
}

/* An element of a buffer stands in some bytes of a memory, which may be another object's. */
static xo_status
find_in_memory(xo_key_context *context, xo_slot_place *out)
{
    xo_contents *contents;
    const xo_value *key = &out->slot->key;
    if (key->kind != XO_INT || key->integer < 0) {
        return XO_OK;
    }
    xo_status status = xo_object_read(context->reader, context->index, context->end, out->object, &contents);
    if (status != XO_OK) {
        return status;
    }
    out->in_memory = contents->kind == XO_KIND_BUFFER && (uint64_t)key->integer < contents->item_count;
    if (out->in_memory) {
        out->first_byte = xo_memory_place(&contents->buffer, (uint64_t)key->integer);
        out->byte_count = contents->buffer.item_bytes;
        out->object = contents->buffer.storage != 0 ? contents->buffer.storage : out->object;
    }
    xo_contents_free(contents);
    return XO_OK;
}

xo_status
xo_slot_place_find(xo_key_context *context, const xo_slot *slot, xo_slot_place *out)
{
    xo_contents *contents;
    xo_value own = {.kind = XO_UNBOUND};
    *out = (xo_slot_place){.slot = slot, .object = slot->owner, .as_attribute = slot->kind == XO_SLOT_ATTRIBUTE};
    xo_status status = xo_key_hash(context, &slot->key, &out->hash);
    if (status != XO_OK || !out->as_attribute) {
        return status != XO_OK ? status : find_in_memory(context, out);
    }
    status = xo_object_read(context->reader, context->index, context->end, slot->owner, &contents);
    if (status != XO_OK) {
        return status;
    }
    status = find_entry(context, out, contents->attributes, contents->own_attribute_count, false, &own);
    if (contents->attribute_dict != 0 && own.kind == XO_UNBOUND) {
        out->object = contents->attribute_dict;
        out->as_attribute = false;
    }
    xo_contents_free(contents);
    return status;
}

static xo_status
read_number(xo_log_cursor *cursor, uint64_t *number)
{
    return xo_varint_read(&cursor->at, cursor->limit, number);
}

/* A splice moves all items behind it, unless as many come as go. */
static xo_status
splice_writes(xo_log_cursor *cursor, uint64_t index, uint64_t *length, bool *written)
{
    uint64_t start, removed, count;
    if (read_number(cursor, &start) != XO_OK || read_number(cursor, &removed) != XO_OK
        || read_number(cursor, &count) != XO_OK || count > *length) {
        return XO_CORRUPT;
    }
    *written = index >= start && (removed != count || index - start < count);
    *length = *length - count + removed;
    return XO_OK;
}

static xo_status
memory_is_written(const xo_slot_place *place, const xo_record *record, xo_log_cursor *cursor, bool *written)
{
    uint64_t start, removed, count;
    uint64_t end = place->first_byte + place->byte_count;
    if (read_number(cursor, &start) != XO_OK) {
        return XO_CORRUPT;
    }
    if (record->op == XO_OP_LIST_SET) {
        *written = place->byte_count > 0 && start == place->first_byte / place->byte_count;
        return XO_OK;
    }
    if (read_number(cursor, &removed) != XO_OK || read_number(cursor, &count) != XO_OK) {
        return XO_CORRUPT;
    }
    *written = end > start && (removed != count || place->first_byte - start < count || place->first_byte < start);
    return XO_OK;
}

static xo_status
list_is_written(const xo_slot_place *place, const xo_record *record, xo_log_cursor *cursor, uint64_t *length,
                bool *written)
{
    uint64_t at;
    const xo_value *key = &place->slot->key;
    uint64_t index = (uint64_t)key->integer;
    if (key->kind != XO_INT || key->integer < 0) { /* no list has such an index */
        return XO_OK;
    }
    switch (record->op) {
    case XO_OP_LIST_SET:
        *written = read_number(cursor, &at) == XO_OK && at == index;
        return XO_OK;
    case XO_OP_LIST_APPEND:
        if (*length == 0) {
            return XO_CORRUPT;
        }
        *written = --*length == index;
        return XO_OK;
    case XO_OP_LIST_REVERSE: *written = index < *length && index * 2 + 1 != *length; return XO_OK;
    default: return splice_writes(cursor, index, length, written);
    }
}

xo_status
xo_slot_is_written(xo_key_context *context, const xo_slot_place *place, const xo_record *record,
                   xo_log_cursor *cursor, uint64_t *length, bool *written)
{
    xo_value key;
    xo_status status;
    *written = false;
    switch (record->op) {
    case XO_OP_ATTR_SET:
    case XO_OP_ATTR_DELETE:
    case XO_OP_DICT_SET:
    case XO_OP_DICT_DELETE:
    case XO_OP_SET_ADD:
    case XO_OP_SET_DISCARD:
        if (place->as_attribute != (record->op == XO_OP_ATTR_SET || record->op == XO_OP_ATTR_DELETE)) {
            return XO_OK;
        }
        status = xo_value_read(context->reader, cursor, &key);
        return status != XO_OK ? status : key_matches(context, place, &key, written);
    case XO_OP_UNKNOWN: *written = true; return XO_OK;
    case XO_OP_ATTR_DICT: *written = place->as_attribute; return XO_OK;
    case XO_OP_CLEAR:
    case XO_OP_CELL_SET: *written = !place->as_attribute; return XO_OK;
    case XO_OP_CLASS_SET: return XO_OK;
    default:
        if (place->in_memory) {
            return memory_is_written(place, record, cursor, written);
        }
        return place->as_attribute ? XO_OK : list_is_written(place, record, cursor, length, written);
    }
}
