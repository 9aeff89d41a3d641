/* The store's small parts, each by itself. */
#include "buffer.h"
#include "check.h"
#include "crc32c.h"
#include "list_state.h"
#include "number_map.h"
#include "object_table.h"
#include "varint.h"

#include <stdlib.h>

static uint64_t
next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

static void
checksums_agree(void)
{
    static uint8_t bytes[40000];
    uint64_t random = 1;
    CHECK(xo_crc32c((const uint8_t *)"123456789", 9) == 0xe3069283u);
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t)next_random(&random);
    }
    for (size_t size = 0; size < sizeof bytes - 100; size += size < 100 ? 1 : 509) { /* the longer ones in several parts at once */
        CHECK(xo_crc32c(bytes + size % 100, size) == xo_crc32c_software(bytes + size % 100, size));
    }
}

static void
varints_round_trip(void)
{
    static const uint64_t values[] = {0, 1, 127, 128, 300, UINT32_MAX, (uint64_t)1 << 63, UINT64_MAX};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        xo_buffer buffer = {0};
        uint64_t value;
        xo_buffer_varint(&buffer, values[i]);
        const uint8_t *at = buffer.bytes;
        CHECK_OK(xo_varint_read(&at, buffer.bytes + buffer.size, &value));
        CHECK(value == values[i] && at == buffer.bytes + buffer.size);
        for (size_t size = 0; size < buffer.size; size++) {
            at = buffer.bytes;
            CHECK_STATUS(XO_CORRUPT, xo_varint_read(&at, buffer.bytes + size, &value));
            CHECK(at == buffer.bytes);
        }
        xo_buffer_free(&buffer);
    }
}

static void
overlong_varints_are_refused(void)
{
    static const uint8_t eleven[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01};
    static const uint8_t too_large[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02};
    const uint8_t *at = eleven;
    uint64_t value;
    CHECK_STATUS(XO_CORRUPT, xo_varint_read(&at, eleven + sizeof eleven, &value));
    at = too_large;
    CHECK_STATUS(XO_CORRUPT, xo_varint_read(&at, too_large + sizeof too_large, &value));
}

static void
check_table(size_t count, uint64_t spread)
{
    uint64_t random = count + spread;
    xo_object_entry *entries = malloc((count * 2 + 1) * sizeof *entries);
    xo_buffer buffer = {0};
    uint64_t position;
    for (size_t i = 0; i < count; i++) {
        entries[i] = (xo_object_entry){(count - i) * spread + next_random(&random) % spread, 1000 + i};
    }
    xo_object_table_sort(entries, entries + count, count);
    xo_object_table_put(&buffer, entries, count, 900);
    for (size_t i = 0; i < count; i++) {
        CHECK(i == 0 || entries[i - 1].number < entries[i].number);
        CHECK_OK(xo_object_table_find(buffer.bytes, buffer.size, entries[i].number, &position));
        CHECK(position == entries[i].position);
        bool gap = i + 1 < count && entries[i].number + 1 < entries[i + 1].number;
        if (gap) {
            CHECK_STATUS(XO_NOT_FOUND,
                         xo_object_table_find(buffer.bytes, buffer.size, entries[i].number + 1, &position));
        }
    }
    CHECK_STATUS(XO_NOT_FOUND, xo_object_table_find(buffer.bytes, buffer.size, 0, &position));
    CHECK_STATUS(XO_NOT_FOUND, xo_object_table_find(buffer.bytes, buffer.size, UINT64_MAX, &position));
    xo_buffer_free(&buffer);
    free(entries);
}

static void
object_tables_find_what_they_hold(void)
{
    for (size_t count = 0; count < 70; count++) {
        check_table(count, 3);
    }
    check_table(5000, 1);
    check_table(5000, (uint64_t)1 << 40);
}

static void
number_maps_keep_numbers(void)
{
    xo_number_map map = {0};
    CHECK(xo_number_map_get(&map, 5) == NULL);
    for (uint64_t key = 1; key < 5000; key++) {
        CHECK(xo_number_map_put(&map, key << 20, key));
        CHECK(xo_number_map_put(&map, key << 20, key + 1));
    }
    for (uint64_t key = 1; key < 5000; key++) {
        CHECK(*xo_number_map_get(&map, key << 20) == key + 1);
        CHECK(xo_number_map_get(&map, (key << 20) + 1) == NULL);
    }
    xo_number_map_free(&map);
}

typedef struct {
    int64_t items[4096];
    size_t count;
} plain_list;

static void
splice_both(xo_list_state *list, plain_list *plain, size_t start, size_t removed, size_t count, int64_t *next)
{
    CHECK_OK(xo_list_state_splice(list, start, removed, count));
    memmove(plain->items + start + count, plain->items + start + removed,
            (plain->count - start - removed) * sizeof *plain->items);
    plain->count += count - removed;
    for (size_t i = start; i < start + count; i++) {
        plain->items[i] = ++*next;
        *xo_list_state_at(list, i) = (xo_value){.kind = XO_INT, .integer = *next};
    }
}

static void
lists_change_like_plain_ones(void)
{
    static plain_list plain;
    xo_list_state list = {0};
    uint64_t random = 1;
    int64_t next = 0;
    plain.count = 0;
    for (int round = 0; round < 20000; round++) {
        size_t start = (size_t)(next_random(&random) % (plain.count + 1));
        size_t removed = (size_t)(next_random(&random) % 4);
        removed = removed > plain.count - start ? plain.count - start : removed;
        size_t count = plain.count > 4000 ? 0 : (size_t)(next_random(&random) % 4);
        splice_both(&list, &plain, start, removed, count, &next);
        if (round % 50 == 0) {
            list.reversed = !list.reversed;
            for (size_t i = 0; i < plain.count / 2; i++) {
                int64_t swap = plain.items[i];
                plain.items[i] = plain.items[plain.count - 1 - i];
                plain.items[plain.count - 1 - i] = swap;
            }
        }
        CHECK_EQUAL(plain.count, list.count);
        for (size_t i = 0; i < list.count && round % 97 == 0; i++) {
            CHECK_EQUAL(plain.items[i], xo_list_state_at(&list, i)->integer);
        }
    }
    CHECK_STATUS(XO_CORRUPT, xo_list_state_splice(&list, list.count + 1, 0, 0));
    CHECK_STATUS(XO_CORRUPT, xo_list_state_splice(&list, 0, list.count + 1, 0));
    xo_list_state_free(&list);
}

const xo_test parts_tests[] = {
    {"checksums are CRC-32C, with and without the processor's help", checksums_agree},
    {"varints round trip and are refused when cut off", varints_round_trip},
    {"varints of more than 64 bits are refused", overlong_varints_are_refused},
    {"object tables find what they hold and nothing else", object_tables_find_what_they_hold},
    {"number maps keep the newest value of every number", number_maps_keep_numbers},
    {"lists change like plain ones", lists_change_like_plain_ones},
    {0},
};
