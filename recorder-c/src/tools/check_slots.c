/* Filters: no slot is missing that the chunk writes. */
#include "check.h"
#include "execorder/writer.h"
#include "slot_filter.h"
#include "summary.h"

#include <inttypes.h>

typedef struct {
    const uint8_t *bytes;
    size_t size;                    /* 0: there is none */
    const xo_chunk_header *header; /* what began after this isn't in it */
} slot_filter;

static bool
has(const slot_filter *filter, const xo_written_slot *slot)
{
    if (filter->size == 0) {
        return true;
    }
    uint64_t newest = slot->is_local ? filter->header->last_frame : filter->header->last_object;
    return slot->number > newest || xo_slot_filter_may_have(filter->bytes, filter->size, slot->hash)
           || (!slot->is_local
               && xo_slot_filter_may_have(filter->bytes, filter->size, xo_slot_hash(XO_SPACE_ALL, slot->number, 0)));
}

static xo_status
find_chunk_filter(xo_checker *checker, slot_filter *out)
{
    xo_summary_end end;
    xo_status status = xo_summary_end_load(checker->reader, checker->chunk, &end);
    *out = (slot_filter){.header = &checker->reader->chunks.items[checker->chunk].header};
    if (status == XO_OK) {
        out->bytes = end.slots;
        out->size = end.slots_bytes;
    }
    return status == XO_NOT_FOUND ? XO_OK : status;
}

/* That of the group of chunks that this one belongs to. */
static xo_status
find_group_filter(xo_checker *checker, slot_filter *out)
{
    xo_reader *reader = checker->reader;
    uint64_t in_group = (checker->chunk + reader->header.base.ordinal - 1) % XO_INDEX_FAN;
    uint64_t group = (checker->chunk + reader->header.base.ordinal - 1) / XO_INDEX_FAN - xo_blocks_gone(reader, 1);
    const xo_index_block *block;
    xo_log_chunk *first;
    *out = (slot_filter){0};
    if (in_group > checker->chunk || group >= reader->blocks[0].count) {
        return XO_OK;
    }
    xo_status status = xo_index_block_load(reader, 1, group, &block);
    if (status == XO_OK && (status = xo_chunk_load(reader, checker->chunk - in_group, &first)) == XO_OK) {
        *out = (slot_filter){block->slots, block->slots_bytes, &first->header};
    }
    return status;
}

static void
check_slot(xo_checker *checker, const xo_written_slot *slot, const slot_filter *filter, const char *what)
{
    if (!has(filter, slot)) {
        xo_check_problem(checker, "%s of chunk %" PRIu64 ": its filter misses a slot of %s %" PRIu64 " that is written",
                         what, checker->chunk + 1, slot->is_local ? "frame" : "object", slot->number);
    }
}

/* Which slots of older frames were bound stands in the summary. */
static xo_status
check_bound(xo_checker *checker, uint64_t frame, uint64_t slots)
{
    xo_frame_walk walk;
    uint64_t number = 0, bound = 0;
    xo_status status = xo_frame_walk_begin(checker->reader, checker->chunk, &walk);
    if (status == XO_NOT_FOUND) { /* an open chunk has no summary */
        return XO_OK;
    }
    while (status == XO_OK && number != frame) {
        status = xo_frame_walk_next(&walk, &number, &bound);
    }
    if (status == XO_NOT_FOUND || (status == XO_OK && (slots & ~bound) != 0)) {
        xo_check_problem(checker, "chunk %" PRIu64 ": its summary misses variables of frame %" PRIu64 " that are bound",
                         checker->chunk + 1, frame);
        return XO_OK;
    }
    return status;
}

static xo_status
check_locals(xo_checker *checker)
{
    xo_chunk_index *index;
    xo_reader *reader = checker->reader;
    const xo_chunk_header *header = &reader->chunks.items[checker->chunk].header;
    xo_status status = xo_reader_chunk_index(reader, checker->chunk, &index);
    for (size_t i = 0; status == XO_OK && i < index->frames.count; i++) {
        const xo_frame_mark *frame = &index->frames.items[i];
        uint64_t slots = 0;
        for (uint32_t at = frame->newest_bind; at != XO_NONE_INDEX; at = index->binds.items[at].previous) {
            uint32_t slot = index->binds.items[at].slot;
            slots |= slot == XO_ALL_SLOTS ? 0 : xo_bound_slot(slot);
        }
        if (frame->number <= header->last_frame && slots != 0) {
            status = check_bound(checker, frame->number, slots);
        }
    }
    return status;
}

/* Where anything else is wrong, nobody knows what must be in a filter. */
xo_status
xo_check_slots(xo_checker *checker)
{
    slot_filter chunk, group;
    xo_status status = find_chunk_filter(checker, &chunk);
    checker->written.slots.count = 0;
    if (status != XO_OK || (status = find_group_filter(checker, &group)) != XO_OK) {
        return status;
    }
    if (checker->report->problems == 0 && (status = check_locals(checker)) != XO_OK) {
        return status;
    }
    if (checker->report->problems > 0 || (chunk.size == 0 && group.size == 0)) {
        xo_number_map_free(&checker->written.lengths);
        return XO_OK;
    }
    if ((status = xo_written_slots_gather(checker->reader, checker->chunk, &checker->written)) != XO_OK) {
        return status;
    }
    for (size_t i = 0; i < checker->written.slots.count; i++) {
        check_slot(checker, &checker->written.slots.items[i], &chunk, "the summary");
        check_slot(checker, &checker->written.slots.items[i], &group, "the group");
    }
    return XO_OK;
}
