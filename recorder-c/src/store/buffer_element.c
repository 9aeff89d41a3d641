/* The elements of a buffer as values. */
#include "memory_state.h"

#include <stdlib.h>
#include <string.h>

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define NATIVE_IS_BIG 1
#else
#define NATIVE_IS_BIG 0
#endif

/* What an element is. */
typedef struct {
    char kind; /* as numpy writes it: i, u, f, c, b, S, U; 0: its bytes are all that can be said */
    bool big;  /* the first byte is the most significant */
} element_type;

/* numpy's kind for a letter of the struct module. */
static char
kind_of_letter(char letter)
{
    static const char letters[] = "bhilqnBHILQNPefd?c";
    static const char kinds[] = "iiiiiiuuuuuuufffbS";
    const char *found = letter == 0 ? NULL : strchr(letters, letter);
    return found == NULL ? 0 : kinds[found - letters];
}

/* "<i4" of numpy, "i" or "<i" of the struct module, "w" and "u" (texts) of the array module. */
static element_type
type_of(const xo_buffer_contents *buffer)
{
    const char *at = (const char *)buffer->format.bytes;
    const char *end = at + buffer->format.size_bytes;
    element_type type = {.big = NATIVE_IS_BIG};
    if (at < end && strchr("@=<>!|", *at) != NULL) {
        type.big = *at == '>' || *at == '!' || (NATIVE_IS_BIG && *at != '<');
        at++;
    }
    if (at == end) {
        return type;
    }
    char letter = *at++;
    if (at == end) {
        type.kind = letter == 'u' || letter == 'w' ? 'U' : kind_of_letter(letter);
        return type;
    }
    bool counts = *at >= '0' && *at <= '9';
    type.kind = counts && strchr("iufcbSUmM", letter) != NULL ? letter : 0;
    type.kind = type.kind == 'm' || type.kind == 'M' ? 'i' : type.kind;
    return type;
}

static uint64_t
load_bits(const uint8_t *bytes, uint64_t size, bool big)
{
    uint64_t bits = 0;
    for (uint64_t i = 0; i < size; i++) {
        bits |= (uint64_t)bytes[big ? size - 1 - i : i] << (8 * i);
    }
    return bits;
}

static double
half_to_double(uint64_t bits)
{
    int exponent = (int)(bits >> 10 & 31);
    double fraction = (double)(bits & 1023) / 1024;
    double size = exponent == 0 ? fraction / 16384 : 1 + fraction;
    for (int i = exponent; i > 15; i--) {
        size *= 2;
    }
    for (int i = exponent == 0 ? 15 : exponent; i < 15; i++) {
        size /= 2;
    }
    if (exponent == 31) {
        uint64_t special = fraction == 0 ? UINT64_C(0x7ff) << 52 : UINT64_C(0x7ff8) << 48;
        memcpy(&size, &special, sizeof size);
    }
    return bits >> 15 ? -size : size;
}

/* False when Python's float has no room for it. */
static bool
load_real(const uint8_t *bytes, uint64_t size, bool big, double *out)
{
    uint64_t bits = size <= 8 ? load_bits(bytes, size, big) : 0;
    uint32_t half_bits = (uint32_t)bits;
    float single;
    switch (size) {
    case 2: *out = half_to_double(bits); return true;
    case 4:
        memcpy(&single, &half_bits, sizeof single);
        *out = single;
        return true;
    case 8: memcpy(out, &bits, sizeof *out); return true;
    default: return false;
    }
}

static bool
load_number(const uint8_t *bytes, uint64_t size, element_type type, xo_value *out)
{
    double real, imaginary;
    uint64_t bits = size <= 8 ? load_bits(bytes, size, type.big) : 0;
    bool negative = type.kind == 'i' && size > 0 && size < 8 && (bits >> (8 * size - 1) & 1) != 0;
    switch (type.kind) {
    case 'b': *out = (xo_value){.kind = bits != 0 ? XO_TRUE : XO_FALSE}; return size == 1;
    case 'u':
    case 'i':
        if (size == 0 || size > 8 || (type.kind == 'u' && bits > INT64_MAX)) {
            return false;
        }
        *out = (xo_value){.kind = XO_INT, .integer = (int64_t)(negative ? bits | ~UINT64_C(0) << (8 * size) : bits)};
        return true;
    case 'f':
        if (!load_real(bytes, size, type.big, &real)) {
            return false;
        }
        *out = (xo_value){.kind = XO_FLOAT};
        out->real = real;
        return true;
    case 'c':
        if (!load_real(bytes, size / 2, type.big, &real) || !load_real(bytes + size / 2, size / 2, type.big, &imaginary)) {
            return false;
        }
        *out = (xo_value){.kind = XO_COMPLEX};
        out->real = real;
        out->imaginary = imaginary;
        return true;
    default: return false;
    }
}

static size_t
put_utf8(uint8_t *to, uint32_t point)
{
    if (point < 0x80) {
        to[0] = (uint8_t)point;
        return 1;
    }
    size_t extra = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    static const uint8_t marks[] = {0, 0xc0, 0xe0, 0xf0};
    to[0] = (uint8_t)(marks[extra] | (point >> (6 * extra) & 0x3f));
    for (size_t i = 1; i <= extra; i++) {
        to[i] = (uint8_t)(0x80 | (point >> (6 * (extra - i)) & 0x3f));
    }
    return extra + 1;
}

/* A text of fixed size; zeros at its end don't belong to it. */
static xo_status
load_text(xo_buffer_contents *buffer, const uint8_t *bytes, bool big, uint64_t unit, xo_value *out)
{
    uint64_t count = buffer->item_bytes / unit;
    while (count > 0 && load_bits(bytes + (count - 1) * unit, unit, big) == 0) {
        count--;
    }
    free(buffer->scratch);
    buffer->scratch = malloc((size_t)count * 4 + 1);
    if (buffer->scratch == NULL) {
        return XO_NO_MEMORY;
    }
    size_t size = 0;
    for (uint64_t i = 0; i < count; i++) {
        uint32_t point = (uint32_t)load_bits(bytes + i * unit, unit, big);
        size += put_utf8(buffer->scratch + size, point > 0x10ffff ? 0xfffd : point);
    }
    *out = (xo_value){.kind = XO_STR, .bytes = buffer->scratch, .size_bytes = size};
    return XO_OK;
}

/* The integers from 2**63 on. */
static xo_status
load_large(xo_buffer_contents *buffer, const uint8_t *bytes, bool big, xo_value *out)
{
    uint64_t bits = load_bits(bytes, 8, big);
    free(buffer->scratch);
    buffer->scratch = calloc(1, 9);
    if (buffer->scratch == NULL) {
        return XO_NO_MEMORY;
    }
    for (int i = 0; i < 8; i++) {
        buffer->scratch[i] = (uint8_t)(bits >> (8 * i));
    }
    *out = (xo_value){.kind = XO_BIGINT, .bytes = buffer->scratch, .size_bytes = 9};
    return XO_OK;
}

static uint64_t
trimmed(const uint8_t *bytes, uint64_t size)
{
    while (size > 0 && bytes[size - 1] == 0) {
        size--;
    }
    return size;
}

/* Where an element is; the contents have made sure that it is in the memory. */
uint64_t
xo_memory_place(const xo_buffer_contents *buffer, uint64_t index)
{
    int64_t place = buffer->offset;
    for (size_t i = buffer->dimensions; i-- > 0;) {
        place += (int64_t)(index % buffer->shape[i]) * buffer->strides[i];
        index /= buffer->shape[i];
    }
    return (uint64_t)place;
}

xo_status
xo_contents_element(xo_contents *contents, uint64_t index, xo_value *out)
{
    xo_buffer_contents *buffer = &contents->buffer;
    uint64_t place = xo_memory_place(buffer, index);
    if (buffer->flags & XO_BUFFER_VALUES) {
        *out = buffer->values[place / buffer->item_bytes];
        return XO_OK;
    }
    const uint8_t *bytes = buffer->bytes + place;
    uint64_t size = buffer->item_bytes;
    element_type type = type_of(buffer);
    bool is_letter = buffer->format.size_bytes <= 2;
    if (load_number(bytes, size, type, out)) {
        return XO_OK;
    }
    if (type.kind == 'u' && size == 8) {
        return load_large(buffer, bytes, type.big, out);
    }
    if (type.kind == 'U' && (size % 4 == 0 || (is_letter && size == 2))) {
        return load_text(buffer, bytes, type.big, size % 4 == 0 ? 4 : 2, out);
    }
    uint64_t shown = type.kind == 'S' && !is_letter ? trimmed(bytes, size) : size;
    *out = (xo_value){.kind = XO_BYTES, .bytes = bytes, .size_bytes = shown};
    return XO_OK;
}

xo_status
xo_memory_element(xo_contents *contents, uint64_t first_byte, uint64_t byte_count, xo_value *out)
{
    xo_buffer_contents *buffer = &contents->buffer;
    bool has_values = (buffer->flags & XO_BUFFER_VALUES) != 0;
    uint64_t size = has_values ? buffer->value_count * buffer->item_bytes : buffer->size_bytes;
    *out = (xo_value){.kind = XO_UNBOUND};
    if (buffer->storage != 0 || byte_count == 0 || buffer->item_bytes != byte_count || first_byte >= size
        || size - first_byte < byte_count) {
        return XO_OK;
    }
    xo_buffer_contents flat = *buffer;
    uint64_t shape = 1;
    int64_t stride = 0;
    flat.offset = (int64_t)first_byte;
    flat.dimensions = 1;
    flat.shape = &shape;
    flat.strides = &stride;
    xo_contents element = {.buffer = flat};
    xo_status status = xo_contents_element(&element, 0, out);
    buffer->scratch = element.buffer.scratch;
    if (out->kind == XO_STR || out->kind == XO_BYTES || out->kind == XO_BIGINT) {
        *out = has_values ? *out : (xo_value){.kind = XO_NOT_IMPLEMENTED};
    }
    return status;
}
