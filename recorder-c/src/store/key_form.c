#include "key_form.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

static uint64_t
bits_of(double value)
{
    uint64_t bits;
    value = value == 0 ? 0 : value;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static xo_key_form
form_of_double(double value)
{
    if (value >= -9223372036854775808.0 && value < 9223372036854775808.0 && value == floor(value)) {
        return (xo_key_form){.form = FORM_INTEGER, .bits = (uint64_t)(int64_t)value};
    }
    return (xo_key_form){.form = FORM_DOUBLE, .bits = bits_of(value)};
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

static xo_key_form
form_of_big(const uint8_t *bytes, uint64_t size)
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
        return (xo_key_form){.form = FORM_INTEGER, .bits = bits};
    }
    double value;
    if (double_of_big(bytes, size, &value)) {
        return (xo_key_form){.form = FORM_DOUBLE, .bits = bits_of(value)};
    }
    return (xo_key_form){.form = FORM_BIG, .bytes = bytes, .size = size};
}

xo_key_form
xo_key_form_of(const xo_value *value)
{
    switch (value->kind) {
    case XO_FALSE:
    case XO_TRUE: return (xo_key_form){.form = FORM_INTEGER, .bits = value->kind == XO_TRUE};
    case XO_INT: return (xo_key_form){.form = FORM_INTEGER, .bits = (uint64_t)value->integer};
    case XO_BIGINT: return form_of_big(value->bytes, value->size_bytes);
    case XO_FLOAT: return form_of_double(value->real);
    case XO_COMPLEX:
        if (value->imaginary == 0) {
            return form_of_double(value->real);
        }
        return (xo_key_form){.form = FORM_COMPLEX, .bits = bits_of(value->real), .more_bits = bits_of(value->imaginary)};
    case XO_STR: return (xo_key_form){.form = FORM_TEXT, .bytes = value->bytes, .size = value->size_bytes};
    case XO_BYTES: return (xo_key_form){.form = FORM_BYTES, .bytes = value->bytes, .size = value->size_bytes};
    case XO_OBJECT: return (xo_key_form){.form = FORM_OBJECT};
    default: return (xo_key_form){.form = FORM_NOTHING, .bits = value->kind};
    }
}
