#include "slot_hash.h"

#include "key_form.h"
#include "number_map.h"

uint64_t
xo_slot_hash(xo_slot_space space, uint64_t number, uint64_t part)
{
    return xo_mix(xo_mix(xo_mix((uint64_t)space) + number) + part);
}

/* FNV-1a */
static uint64_t
hash_bytes(const uint8_t *bytes, uint64_t size)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (uint64_t i = 0; i < size; i++) {
        hash = (hash ^ bytes[i]) * 0x100000001b3u;
    }
    return hash;
}

/* What stands for each form of a key in the file. */
enum { KEY_NOTHING = 1, KEY_INTEGER, KEY_DOUBLE, KEY_BIG, KEY_COMPLEX, KEY_TEXT, KEY_BYTES, KEY_OBJECT };

static uint64_t
part_of(uint64_t form, uint64_t bits, uint64_t more_bits)
{
    return xo_mix(xo_mix(xo_mix(form) + bits) + more_bits);
}

uint64_t
xo_key_part(const xo_value *key)
{
    xo_key_form form = xo_key_form_of(key);
    switch (form.form) {
    case FORM_INTEGER: return part_of(KEY_INTEGER, form.bits, 0);
    case FORM_DOUBLE: return part_of(KEY_DOUBLE, form.bits, 0);
    case FORM_BIG: return part_of(KEY_BIG, hash_bytes(form.bytes, form.size), form.size);
    case FORM_COMPLEX: return part_of(KEY_COMPLEX, form.bits, form.more_bits);
    case FORM_TEXT: return part_of(KEY_TEXT, hash_bytes(form.bytes, form.size), form.size);
    case FORM_BYTES: return part_of(KEY_BYTES, hash_bytes(form.bytes, form.size), form.size);
    case FORM_OBJECT: return part_of(KEY_OBJECT, 0, 0);
    default: return part_of(KEY_NOTHING, 0, 0);
    }
}

uint64_t
xo_index_part(uint64_t index)
{
    return part_of(KEY_INTEGER, index, 0);
}

uint64_t
xo_index_class(uint64_t index)
{
    uint64_t bits = 0;
    while (index > 0) {
        bits++;
        index >>= 1;
    }
    return bits;
}
