#include "key.h"

#include "object_read.h"

#include <math.h>
#include <stdlib.h>

#define DEEPEST 32u
#define LARGEST_KEY 10000u /* containers inside one key */

/* A value in the one form that all values equal to it share. */
typedef enum {
    FORM_NOTHING, /* None, Ellipsis … : `bits` is the kind */
    FORM_INTEGER,
    FORM_DOUBLE, /* no integer of 64 bits; perhaps a larger one */
    FORM_BIG,    /* bytes; no double has this value */
    FORM_COMPLEX,
    FORM_TEXT,
    FORM_BYTES,
    FORM_OBJECT,
} form;

typedef struct {
    form form;
    uint64_t bits, more_bits;
    const uint8_t *bytes;
    uint64_t size;
} canonical;

static uint64_t
bits_of(double value)
{
    uint64_t bits;
    value = value == 0 ? 0 : value;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static canonical
canonical_double(double value)
{
    if (value >= -9223372036854775808.0 && value < 9223372036854775808.0 && value == floor(value)) {
        return (canonical){.form = FORM_INTEGER, .bits = (uint64_t)(int64_t)value};
    }
    return (canonical){.form = FORM_DOUBLE, .bits = bits_of(value)};
}

/* Bit `at` of the magnitude of a two's complement number whose lowest set bit is `lowest`. */
static bool
magnitude_bit(const uint8_t *bytes, uint64_t at, uint64_t lowest, bool negative)
{
    bool bit = bytes[at / 8] >> (at % 8) & 1;
    return at == lowest || (at > lowest && bit != negative);
}

/* Whether a large integer is a double as well, and which. */
static bool
double_of_big(const uint8_t *bytes, uint64_t size, double *out)
{
    bool negative = bytes[size - 1] & 0x80;
    uint64_t lowest = 0;
    if (size > 130) {
        return false;
    }
    while (lowest < size * 8 && !(bytes[lowest / 8] >> (lowest % 8) & 1)) {
        lowest++;
    }
    uint64_t highest = size * 8 - 1;
    while (highest > lowest && !magnitude_bit(bytes, highest, lowest, negative)) {
        highest--;
    }
    if (lowest == size * 8 || highest - lowest >= 53 || highest > 1023) {
        return false;
    }
    double mantissa = 0;
    for (uint64_t at = highest + 1; at-- > lowest;) {
        mantissa = mantissa * 2 + magnitude_bit(bytes, at, lowest, negative);
    }
    *out = ldexp(negative ? -mantissa : mantissa, (int)lowest);
    return true;
}

static canonical
canonical_big(const uint8_t *bytes, uint64_t size)
{
    /* Bytes that only repeat the sign. */
    while (size > 1 && ((bytes[size - 1] == 0 && !(bytes[size - 2] & 0x80))
                        || (bytes[size - 1] == 0xff && (bytes[size - 2] & 0x80)))) {
        size--;
    }
    if (size <= 8) {
        uint64_t bits = size > 0 && (bytes[size - 1] & 0x80) ? UINT64_MAX : 0;
        for (uint64_t i = size; i-- > 0;) {
            bits = bits << 8 | bytes[i];
        }
        return (canonical){.form = FORM_INTEGER, .bits = bits};
    }
    double value;
    if (double_of_big(bytes, size, &value)) {
        return (canonical){.form = FORM_DOUBLE, .bits = bits_of(value)};
    }
    return (canonical){.form = FORM_BIG, .bytes = bytes, .size = size};
}

static canonical
canonical_of(const xo_value *value)
{
    switch (value->kind) {
    case XO_FALSE:
    case XO_TRUE: return (canonical){.form = FORM_INTEGER, .bits = value->kind == XO_TRUE};
    case XO_INT: return (canonical){.form = FORM_INTEGER, .bits = (uint64_t)value->integer};
    case XO_BIGINT: return canonical_big(value->bytes, value->size_bytes);
    case XO_FLOAT: return canonical_double(value->real);
    case XO_COMPLEX:
        if (value->imaginary == 0) {
            return canonical_double(value->real);
        }
        return (canonical){.form = FORM_COMPLEX, .bits = bits_of(value->real), .more_bits = bits_of(value->imaginary)};
    case XO_STR: return (canonical){.form = FORM_TEXT, .bytes = value->bytes, .size = value->size_bytes};
    case XO_BYTES: return (canonical){.form = FORM_BYTES, .bytes = value->bytes, .size = value->size_bytes};
    case XO_OBJECT: return (canonical){.form = FORM_OBJECT};
    default: return (canonical){.form = FORM_NOTHING, .bits = value->kind};
    }
}

bool
xo_key_equal(const xo_value *left, const xo_value *right)
{
    canonical a = canonical_of(left);
    canonical b = canonical_of(right);
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
    canonical key = canonical_of(value);
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
