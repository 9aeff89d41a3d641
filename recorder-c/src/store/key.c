#include "key.h"

#include "key_form.h"
#include "object_read.h"

#include <stdlib.h>

#define DEEPEST 32u
#define LARGEST_KEY 10000u /* containers inside one key */

bool
xo_key_equal(const xo_value *left, const xo_value *right)
{
    xo_key_form a = xo_key_form_of(left);
    xo_key_form b = xo_key_form_of(right);
    return a.form == b.form && a.bits == b.bits && a.more_bits == b.more_bits && a.size == b.size
           && (a.size == 0 || memcmp(a.bytes, b.bytes, (size_t)a.size) == 0);
}

/* The seed is another in every process, so that no recording can be made whose keys all collide. */
static uint64_t
seed(void)
{
    static uint64_t chosen;
    if (chosen == 0) {
        chosen = xo_mix(xo_wall_clock_ns() ^ (uint64_t)(uintptr_t)&chosen) | 1;
    }
    return chosen;
}

static uint64_t
combine(uint64_t hash, uint64_t next)
{
    return xo_mix((hash ^ next) * 0x9e3779b97f4a7c15u + (hash << 6) + (hash >> 2) + next);
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

static uint64_t
hash_scalar(const xo_value *value)
{
    xo_key_form key = xo_key_form_of(value);
    uint64_t hash = combine(seed() + key.form, key.bits);
    if (key.form == FORM_COMPLEX) {
        hash = combine(hash, key.more_bits);
    }
    return key.form >= FORM_BIG && key.form != FORM_COMPLEX ? hash_bytes(hash, key.bytes, key.size) : hash;
}

typedef struct {
    xo_key_context *context;
    uint64_t left; /* containers that this key may still have */
    bool unknown;  /* an object wasn't known yet: the hash is no lasting one */
} walk;

static xo_status hash_value(walk *state, const xo_value *value, unsigned depth, uint64_t *hash);

static xo_status
hash_elements(walk *state, const xo_elements *elements, unsigned depth, uint64_t *hash)
{
    uint64_t sum = combine(seed() + elements->kind, elements->count);
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

static xo_status
hash_object(walk *state, uint64_t object, unsigned depth, uint64_t *hash)
{
    xo_key_context *context = state->context;
    xo_elements elements;
    *hash = combine(seed() + FORM_OBJECT, object);
    if (depth >= DEEPEST || state->left == 0) {
        return XO_OK;
    }
    state->left--;
    xo_status status = xo_elements_read(context->reader, context->index, context->end, object, &elements);
    if (status == XO_NOT_FOUND) {
        state->unknown = state->unknown || elements.kind == 0;
        return XO_OK;
    }
    if (status == XO_OK) {
        status = hash_elements(state, &elements, depth, hash);
        free(elements.values);
    }
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
    *hash = hash_scalar(value);
    return XO_OK;
}

xo_status
xo_key_hash(xo_key_context *context, const xo_value *value, uint64_t *hash)
{
    walk state = {.context = context, .left = LARGEST_KEY};
    xo_number_map *known = &context->reader->hash_by_tuple;
    if (value->kind != XO_OBJECT) {
        *hash = hash_scalar(value);
        return XO_OK;
    }
    const uint64_t *before = xo_number_map_get(known, value->object);
    if (before != NULL) {
        *hash = *before;
        return XO_OK;
    }
    xo_status status = hash_value(&state, value, 0, hash);
    if (status == XO_OK && !state.unknown && !xo_number_map_put(known, value->object, *hash)) {
        return XO_NO_MEMORY;
    }
    return status;
}
