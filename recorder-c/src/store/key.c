#include "key.h"

#include "key_form.h"
#include "object_read.h"

#include <stdlib.h>

#define DEEPEST 32u
#define LARGEST_KEY 10000u /* containers inside one key */
#define LONG_TEXT 256u     /* from here on a hash is kept, and is as good as the text */

bool
xo_key_equal(const xo_value *left, const xo_value *right)
{
    xo_key_form a = xo_key_form_of(left);
    xo_key_form b = xo_key_form_of(right);
    if (a.form != b.form || a.bits != b.bits || a.more_bits != b.more_bits || a.size != b.size) {
        return false;
    }
    return a.size == 0 || a.size >= LONG_TEXT || a.bytes == b.bytes || memcmp(a.bytes, b.bytes, (size_t)a.size) == 0;
}

/* Differs for any two that follow the same: keys of tuples are told apart by nothing but their hashes. */
static uint64_t
combine(uint64_t hash, uint64_t next)
{
    return xo_mix(hash * 0x9e3779b97f4a7c15u + next);
}

static uint64_t
hash_bytes(uint64_t hash, const uint8_t *bytes, uint64_t size)
{
    hash = combine(hash, size);
    for (; size >= 8; size -= 8, bytes += 8) {
        hash = combine(hash, xo_load_u64(bytes));
    }
    uint64_t rest = 0;
    for (uint64_t i = 0; i < size; i++) {
        rest = rest << 8 | bytes[i];
    }
    return combine(hash, rest);
}

/* A long text is hashed once, however often a recording refers to it: its bytes stay where they are. */
static xo_status
hash_long(xo_reader *reader, uint64_t start, const uint8_t *bytes, uint64_t size, uint64_t *hash)
{
    uint64_t address = (uint64_t)(uintptr_t)bytes;
    const uint64_t *known_size = xo_number_map_get(&reader->text_sizes, address);
    if (known_size != NULL && *known_size == size) {
        *hash = combine(start, *xo_number_map_get(&reader->text_hashes, address));
        return XO_OK;
    }
    uint64_t plain = hash_bytes(reader->seed, bytes, size);
    if (!xo_number_map_put(&reader->text_hashes, address, plain)
        || !xo_number_map_put(&reader->text_sizes, address, size)) {
        return XO_NO_MEMORY;
    }
    *hash = combine(start, plain);
    return XO_OK;
}

static xo_status
hash_scalar(xo_reader *reader, const xo_value *value, uint64_t *hash)
{
    xo_key_form key = xo_key_form_of(value);
    *hash = combine(reader->seed + key.form, key.bits);
    *hash = combine(*hash, key.more_bits);
    if (key.size >= LONG_TEXT) {
        return hash_long(reader, *hash, key.bytes, key.size, hash);
    }
    *hash = key.bytes != NULL ? hash_bytes(*hash, key.bytes, key.size) : *hash;
    return XO_OK;
}

typedef struct {
    xo_key_context *context;
    uint64_t left; /* containers that this key may still have */
    bool partial;  /* something was too deep, too much or not known yet: the hash is none to keep */
} walk;

static xo_status hash_value(walk *state, const xo_value *value, unsigned depth, uint64_t *hash);

static xo_status
hash_elements(walk *state, const xo_elements *elements, unsigned depth, uint64_t *hash)
{
    uint64_t sum = combine(state->context->reader->seed + elements->kind, elements->count);
    for (size_t i = 0; i < elements->count; i++) {
        uint64_t element;
        xo_status status = hash_value(state, &elements->values[i], depth + 1, &element);
        if (status != XO_OK) {
            return status;
        }
        /* A set's elements have no order. */
        sum = elements->kind == XO_KIND_FROZENSET ? sum + xo_mix(element) : combine(sum, element);
    }
    *hash = xo_mix(sum);
    return XO_OK;
}

/* A key that was only looked up with is gone as soon as the change is made, and in no table of a later chunk; in that of
 * the record it lived. What it holds never changes. */
static xo_status
read_where_named(xo_key_context *context, uint64_t object, xo_elements *out)
{
    xo_reader *reader = context->reader;
    xo_chunk_index *asked = (xo_chunk_index *)context->index; /* has to stay in the cache */
    xo_chunk_index *index;
    uint64_t chunk;
    if (context->position == 0) {
        return XO_NOT_FOUND;
    }
    xo_status status = xo_chunk_of_position(reader, context->position, &chunk);
    if (status != XO_OK) {
        return status;
    }
    asked->pins++;
    status = xo_reader_chunk_index(reader, chunk, &index);
    asked->pins--;
    return status != XO_OK ? status : xo_elements_read(reader, index, index->decoded, object, out);
}

static xo_status
read_elements(xo_key_context *context, uint64_t object, xo_elements *out)
{
    xo_status status = xo_elements_read(context->reader, context->index, context->end, object, out);
    bool is_gone = status == XO_NOT_FOUND && out->kind == 0;
    return is_gone ? read_where_named(context, object, out) : status;
}

/* A tuple's or frozenset's hash comes from what it holds; *hash is that of the object's number already. */
static xo_status
hash_contents(walk *state, uint64_t object, unsigned depth, uint64_t *hash)
{
    xo_key_context *context = state->context;
    xo_elements elements;
    if (depth >= DEEPEST || state->left == 0) {
        state->partial = true;
        return XO_OK;
    }
    state->left--;
    xo_status status = read_elements(context, object, &elements);
    if (status == XO_NOT_FOUND) {
        state->partial = state->partial || elements.kind == 0;
        return XO_OK;
    }
    if (status == XO_OK) {
        status = hash_elements(state, &elements, depth, hash);
        free(elements.values);
    }
    return status;
}

static xo_status
hash_object(walk *state, uint64_t object, unsigned depth, uint64_t *hash)
{
    xo_reader *reader = state->context->reader;
    const uint64_t *known = xo_number_map_get(&reader->hash_by_object, object);
    bool partial_before = state->partial;
    if (known != NULL) {
        *hash = *known;
        return XO_OK;
    }
    *hash = combine(reader->seed + FORM_OBJECT, object);
    state->partial = false;
    xo_status status = hash_contents(state, object, depth, hash);
    if (status == XO_OK && !state->partial && !xo_number_map_put(&reader->hash_by_object, object, *hash)) {
        status = XO_NO_MEMORY;
    }
    state->partial = state->partial || partial_before;
    return status;
}

static xo_status
hash_value(walk *state, const xo_value *value, unsigned depth, uint64_t *hash)
{
    if (state->context->budget == 0) {
        return XO_CORRUPT;
    }
    state->context->budget--;
    if (value->kind == XO_OBJECT) {
        return hash_object(state, value->object, depth, hash);
    }
    return hash_scalar(state->context->reader, value, hash);
}

xo_status
xo_key_hash(xo_key_context *context, const xo_value *value, uint64_t *hash)
{
    walk state = {.context = context, .left = LARGEST_KEY};
    if (value->kind == XO_OBJECT) {
        return hash_value(&state, value, 0, hash);
    }
    return hash_scalar(context->reader, value, hash);
}
