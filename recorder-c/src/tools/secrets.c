#include "secrets.h"

#include "copier.h"

#include <stdlib.h>

static const char stand_in[] = XO_REDACTED;

void
xo_secrets_free(xo_secrets *secrets)
{
    for (size_t i = 0; i < secrets->items.count; i++) {
        free(secrets->items.items[i].bytes);
    }
    free(secrets->items.items);
    xo_number_map_free(&secrets->by_hash);
    xo_number_map_free(&secrets->by_prefix);
    xo_buffer_free(&secrets->replaced);
}

static uint64_t
hash(xo_slice text)
{
    uint64_t sum = text.size + 1;
    for (uint64_t i = 0; i < text.size; i++) {
        sum = (sum ^ text.bytes[i]) * UINT64_C(0x100000001b3);
    }
    return sum == 0 ? 1 : sum;
}

static uint64_t
prefix(const uint8_t *bytes)
{
    return (uint64_t)xo_load_u32(bytes) | UINT64_C(1) << 32;
}

static uint32_t
prefix_bit(const uint8_t *bytes)
{
    return (xo_load_u32(bytes) * 2654435761u) >> 16;
}

static uint32_t
first_of(const xo_number_map *map, uint64_t key)
{
    const uint64_t *first = xo_number_map_get(map, key);
    return first == NULL ? 0 : (uint32_t)*first;
}

static bool
equals(const xo_secret *secret, xo_slice text)
{
    return secret->size == text.size && memcmp(secret->bytes, text.bytes, (size_t)text.size) == 0;
}

bool
xo_secrets_has(const xo_secrets *secrets, xo_slice text)
{
    uint32_t at = text.size == 0 || secrets->items.count == 0 ? 0 : first_of(&secrets->by_hash, hash(text));
    while (at != 0 && !equals(&secrets->items.items[at - 1], text)) {
        at = secrets->items.items[at - 1].next_same;
    }
    return at != 0;
}

static bool
is_part_of_stand_in(xo_slice text)
{
    for (size_t at = 0; at + text.size < sizeof stand_in; at++) {
        if (memcmp(stand_in + at, text.bytes, (size_t)text.size) == 0) {
            return true;
        }
    }
    return false;
}

static bool
list_prefix(xo_secrets *secrets, xo_secret *secret, uint32_t number)
{
    if (secret->size < XO_SECRET_INSIDE) {
        return true;
    }
    uint32_t bit = prefix_bit(secret->bytes);
    secret->next_prefix = first_of(&secrets->by_prefix, prefix(secret->bytes));
    secrets->prefixes[bit >> 3] |= (uint8_t)(1u << (bit & 7));
    secrets->longest = secret->size > secrets->longest ? secret->size : secrets->longest;
    return xo_number_map_put(&secrets->by_prefix, prefix(secret->bytes), number);
}

bool
xo_secrets_add(xo_secrets *secrets, xo_slice text)
{
    if (text.size == 0 || is_part_of_stand_in(text) || xo_secrets_has(secrets, text)) {
        return true;
    }
    xo_secret secret = {.bytes = malloc((size_t)text.size), .size = text.size};
    if (secret.bytes == NULL || !xo_marks_room(&secrets->items)) {
        free(secret.bytes);
        return false;
    }
    memcpy(secret.bytes, text.bytes, (size_t)text.size);
    secret.next_same = first_of(&secrets->by_hash, hash(text));
    uint32_t number = (uint32_t)secrets->items.count + 1;
    bool listed = list_prefix(secrets, &secret, number);
    secrets->items.items[secrets->items.count++] = secret;
    return listed && xo_number_map_put(&secrets->by_hash, hash(text), number);
}

/* The longest one that stands at `at`. */
static uint64_t
length_at(const xo_secrets *secrets, const uint8_t *at, uint64_t room)
{
    uint64_t longest = 0;
    uint32_t bit = prefix_bit(at);
    if ((secrets->prefixes[bit >> 3] >> (bit & 7) & 1) == 0) {
        return 0;
    }
    for (uint32_t next = first_of(&secrets->by_prefix, prefix(at)); next != 0;) {
        const xo_secret *secret = &secrets->items.items[next - 1];
        if (secret->size > longest && secret->size <= room && memcmp(secret->bytes, at, (size_t)secret->size) == 0) {
            longest = secret->size;
        }
        next = secret->next_prefix;
    }
    return longest;
}

bool
xo_secrets_find(const xo_secrets *secrets, xo_slice text, uint64_t from, xo_slice *found)
{
    for (uint64_t at = from; secrets->longest > 0 && at + XO_SECRET_INSIDE <= text.size; at++) {
        uint64_t size = length_at(secrets, text.bytes + at, text.size - at);
        if (size > 0) {
            *found = (xo_slice){text.bytes + at, size};
            return true;
        }
    }
    return false;
}

static void
put_stand_in(xo_buffer *buffer, xo_slice secret)
{
    xo_buffer_put(buffer, stand_in, sizeof stand_in - 1);
    for (uint64_t i = 0; i < secret.size; i++) {
        if (secret.bytes[i] == '\n') {
            xo_buffer_put(buffer, "\n", 1);
        }
    }
}

xo_status
xo_secrets_replace(xo_secrets *secrets, xo_slice text, xo_slice *out)
{
    xo_buffer *buffer = &secrets->replaced;
    uint64_t done = 0;
    xo_slice found;
    buffer->size = 0;
    *out = text;
    if (xo_secrets_has(secrets, text)) {
        *out = (xo_slice){(const uint8_t *)stand_in, sizeof stand_in - 1};
        return XO_OK;
    }
    while (xo_secrets_find(secrets, text, done, &found)) {
        uint64_t at = (uint64_t)(found.bytes - text.bytes);
        xo_buffer_put(buffer, text.bytes + done, (size_t)(at - done));
        put_stand_in(buffer, found);
        done = at + found.size;
    }
    if (done > 0) {
        xo_buffer_put(buffer, text.bytes + done, (size_t)(text.size - done));
        *out = (xo_slice){buffer->bytes, buffer->size};
    }
    return buffer->failed ? XO_NO_MEMORY : XO_OK;
}

xo_status
xo_secrets_overwrite(xo_secrets *secrets, xo_slice bytes, xo_slice *out)
{
    xo_buffer *buffer = &secrets->replaced;
    xo_slice found;
    *out = bytes;
    if (!xo_secrets_find(secrets, bytes, 0, &found)) {
        return XO_OK;
    }
    buffer->size = 0;
    xo_buffer_put(buffer, bytes.bytes, (size_t)bytes.size);
    if (buffer->failed) {
        return XO_NO_MEMORY;
    }
    *out = (xo_slice){buffer->bytes, buffer->size};
    for (uint64_t from = 0; xo_secrets_find(secrets, *out, from, &found); from += found.size) {
        from = (uint64_t)(found.bytes - buffer->bytes);
        memset(buffer->bytes + from, '*', (size_t)found.size);
    }
    return XO_OK;
}

bool
xo_looks_like_a_word(xo_slice text)
{
    for (uint64_t i = 0; i < text.size; i++) {
        uint8_t c = text.bytes[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80)) {
            return false;
        }
    }
    return true;
}
