#include "slot_skip.h"

#include "slot_filter.h"
#include "summary.h"

#include <assert.h>

static void
add(xo_slot_tests *tests, xo_slot_space space, uint64_t part)
{
    assert(tests->count < XO_MOST_SLOT_TESTS);
    tests->hashes[tests->count++] = xo_slot_hash(space, tests->owner, part);
}

void
xo_slot_tests_of_local(uint64_t frame, uint32_t slot, xo_slot_tests *out)
{
    *out = (xo_slot_tests){.owner = frame, .is_local = true};
    add(out, XO_SPACE_LOCAL, slot < 63 ? slot : 63); /* as in xo_bound_slot */
}

/* A splice at an index or before it may move the item there. */
static void
add_classes(xo_slot_tests *tests, uint64_t index)
{
    for (uint64_t class = 0; class <= xo_index_class(index); class++) {
        add(tests, XO_SPACE_FROM, class);
    }
}

static void
add_memory(const xo_slot_place *place, xo_slot_tests *tests)
{
    uint64_t end = place->first_byte + place->byte_count;
    uint64_t first = place->first_byte / XO_MEMORY_BLOCK;
    uint64_t last = (end - 1) / XO_MEMORY_BLOCK;
    tests->always = place->byte_count == 0 || end <= place->first_byte || last - first > 8;
    if (tests->always) {
        return;
    }
    for (uint64_t block = first; block <= last; block++) {
        add(tests, XO_SPACE_MEMORY, block);
    }
    add(tests, XO_SPACE_ITEM, xo_index_part(place->first_byte / place->byte_count));
}

void
xo_slot_tests_of_place(const xo_slot_place *place, xo_slot_tests *out)
{
    const xo_value *key = &place->slot->key;
    *out = (xo_slot_tests){.owner = place->object};
    add(out, XO_SPACE_ALL, 0);
    if (place->in_memory) {
        add_memory(place, out);
        return;
    }
    add(out, place->as_attribute ? XO_SPACE_ATTRIBUTE : XO_SPACE_ITEM, xo_key_part(key));
    if (!place->as_attribute && key->kind == XO_INT && key->integer >= 0) {
        add_classes(out, (uint64_t)key->integer);
    }
}

static bool
has_any(const xo_slot_tests *tests, const uint8_t *filter, size_t bytes)
{
    for (size_t i = 0; i < tests->count; i++) {
        if (xo_slot_filter_may_have(filter, bytes, tests->hashes[i])) {
            return true;
        }
    }
    return false;
}

/* Filters leave out what began in their chunk or group of chunks, which `header` begins. */
static bool
may_write(const xo_slot_tests *tests, const xo_chunk_header *header, const uint8_t *filter, size_t bytes)
{
    bool is_older = tests->owner <= (tests->is_local ? header->last_frame : header->last_object);
    return bytes == 0 || !is_older || has_any(tests, filter, bytes);
}

/* An open chunk has no filter; without one that is damaged the answer only takes longer. */
static bool
can_be_missed(xo_status status)
{
    return status == XO_NOT_FOUND || status == XO_CORRUPT;
}

static xo_status
chunk_may_write(xo_reader *reader, const xo_slot_tests *tests, uint64_t chunk, bool *may)
{
    xo_summary_end end;
    xo_status status = xo_summary_end_load(reader, chunk, &end);
    *may = status != XO_OK
           || may_write(tests, &reader->chunks.items[chunk].header, end.slots, end.slots_bytes);
    return can_be_missed(status) ? XO_OK : status;
}

/* Whether the whole group of chunks that ends with this one can be passed over. */
static xo_status
group_may_write(xo_reader *reader, const xo_slot_tests *tests, uint64_t chunk, bool *may)
{
    uint64_t span = chunk + reader->header.base.ordinal;
    const xo_index_block *block;
    xo_log_chunk *first;
    *may = true;
    if (span % XO_INDEX_FAN != 0 || chunk + 1 < XO_INDEX_FAN) {
        return XO_OK;
    }
    uint64_t number = span / XO_INDEX_FAN - 1 - xo_blocks_gone(reader, 1);
    if (number >= reader->blocks[0].count) {
        return XO_OK;
    }
    xo_status status = xo_index_block_load(reader, 1, number, &block);
    if (status == XO_OK && block->slots_bytes > 0
        && (status = xo_chunk_load(reader, chunk + 1 - XO_INDEX_FAN, &first)) == XO_OK) {
        *may = may_write(tests, &first->header, block->slots, block->slots_bytes);
    }
    return can_be_missed(status) ? XO_OK : status;
}

xo_status
xo_slot_skip(xo_reader *reader, const xo_slot_tests *tests, uint64_t chunk, uint64_t *out)
{
    for (uint64_t left = chunk + 1; left > 0;) {
        bool may = tests->always;
        xo_status status = may ? XO_OK : group_may_write(reader, tests, left - 1, &may);
        if (status == XO_OK && !may) {
            left -= XO_INDEX_FAN;
            continue;
        }
        status = status != XO_OK || tests->always ? status : chunk_may_write(reader, tests, left - 1, &may);
        if (status != XO_OK || may) {
            *out = left - 1;
            return status;
        }
        left--;
    }
    return XO_NOT_FOUND;
}
