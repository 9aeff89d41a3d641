/* What chunks say about their records, beside the records: start tables, summaries, indexes. */
#include "check.h"
#include "object_table.h"
#include "summary.h"

#include <inttypes.h>
#include <stdio.h>

/* Whether the table lists exactly the objects of `touched` that live; those that it leaves out are gone. */
static xo_status
check_object_table(xo_checker *checker, const char *what, const uint8_t *table, size_t size, xo_number_map *touched)
{
    uint64_t count, found = 0;
    const uint8_t *at = table;
    if (xo_varint_read(&at, table + size, &count) != XO_OK) {
        return XO_CORRUPT;
    }
    for (size_t i = 0; i < touched->capacity; i++) {
        const xo_number_pair *pair = &touched->pairs[i];
        uint64_t position;
        if (pair->key == 0) {
            continue;
        }
        xo_status status = xo_object_table_find(table, size, pair->key, &position);
        if (status == XO_NOT_FOUND) {
            xo_number_map_remove(&checker->newest, pair->key);
            continue;
        }
        if (status != XO_OK) {
            return status;
        }
        found++;
        if (position != pair->value) {
            xo_check_problem(checker, "%s: object %" PRIu64 " was last written at position %" PRIu64 ", not %" PRIu64,
                             what, pair->key, pair->value, position);
        }
    }
    if (found != count) {
        xo_check_problem(checker, "%s: it lists %" PRIu64 " objects that were not written there", what, count - found);
    }
    return XO_OK;
}

static void
check_counts(xo_checker *checker, const uint8_t *at, const uint8_t *limit)
{
    static const xo_step_kind order[] = {XO_STEP_LINE,  XO_STEP_CALL,   XO_STEP_RETURN,
                                         XO_STEP_YIELD, XO_STEP_RESUME, XO_STEP_EXCEPTION};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        uint64_t count;
        if (xo_varint_read(&at, limit, &count) != XO_OK || count != checker->steps[order[i]]) {
            xo_check_problem(checker, "chunk %" PRIu64 ": its summary counts other steps", checker->chunk + 1);
            return;
        }
    }
}

static xo_status
check_summary(xo_checker *checker)
{
    const uint8_t *summary;
    uint64_t size;
    char what[64];
    xo_summary_end end;
    xo_status status = xo_chunk_load_summary(checker->reader, checker->chunk, &summary, &size);
    if (status == XO_NOT_FOUND) {
        return XO_OK;
    }
    if (status != XO_OK || (status = xo_summary_end_load(checker->reader, checker->chunk, &end)) != XO_OK) {
        return status;
    }
    snprintf(what, sizeof what, "chunk %" PRIu64, checker->chunk + 1);
    check_counts(checker, summary, summary + size);
    return check_object_table(checker, what, end.objects, end.objects_bytes, &checker->in_chunk);
}

static xo_status
check_block(xo_checker *checker, uint32_t level, uint64_t number, xo_number_map *touched)
{
    const xo_index_block *block;
    char what[64];
    snprintf(what, sizeof what, "index block %" PRIu64 " of level %" PRIu32, number + 1, level);
    xo_status status = number < checker->reader->blocks[level - 1].count
                           ? xo_index_block_load(checker->reader, level, number, &block)
                           : XO_CORRUPT;
    checker->report->blocks++;
    if (status == XO_OK && touched != NULL) {
        status = check_object_table(checker, what, block->table, (size_t)block->table_bytes, touched);
    }
    if (status == XO_CORRUPT) {
        xo_check_problem(checker, "%s: it is damaged or missing", what);
        return XO_OK;
    }
    return status;
}

/* The blocks that end with this chunk. */
static xo_status
check_blocks(xo_checker *checker)
{
    uint64_t span = checker->chunk + checker->reader->header.base.ordinal;
    xo_status status = XO_OK;
    bool is_last = checker->chunk + 1 == checker->reader->chunks.count && !checker->reader->finished;
    bool ends_group = span % XO_INDEX_FAN == 0;
    for (uint32_t level = 1; level <= XO_INDEX_LEVELS && span % XO_INDEX_FAN == 0 && status == XO_OK; level++) {
        span /= XO_INDEX_FAN;
        uint64_t number = span - 1 - xo_blocks_gone(checker->reader, level);
        if (is_last && number >= checker->reader->blocks[level - 1].count) {
            break; /* it was not written any more */
        }
        status = check_block(checker, level, number, level == 1 ? &checker->in_group : NULL);
    }
    if (ends_group) {
        xo_number_map_free(&checker->in_group);
    }
    return status;
}

static bool
same_frame(const xo_chunk_index *before, uint32_t one, const xo_chunk_index *after, uint32_t other)
{
    const xo_frame_mark *frame = &before->frames.items[before->nodes.items[one].frame];
    const xo_frame_mark *same = &after->frames.items[after->nodes.items[other].frame];
    return frame->number == same->number && frame->code == same->code;
}

/* At the end of one chunk and at the start of the next. */
static bool
same_stack(const xo_chunk_index *before, const xo_chunk_index *after, uint64_t thread)
{
    uint32_t one = xo_chunk_index_top(before, thread);
    uint32_t other = xo_chunk_index_top(after, thread);
    int32_t line = one == XO_NONE_INDEX ? 0 : before->nodes.items[one].line;
    int32_t other_line = other == XO_NONE_INDEX ? 0 : after->nodes.items[other].line;
    while (one != XO_NONE_INDEX && other != XO_NONE_INDEX) {
        if (line != other_line || !same_frame(before, one, after, other)) {
            return false;
        }
        line = before->nodes.items[one].parent_line;
        other_line = after->nodes.items[other].parent_line;
        one = before->nodes.items[one].parent;
        other = after->nodes.items[other].parent;
    }
    return one == other;
}

static xo_status
check_start_table(xo_checker *checker)
{
    xo_chunk_index *before, *after;
    xo_status status = xo_chunk_start_index(checker->reader, checker->chunk, &after);
    if (status != XO_OK) {
        return status;
    }
    status = checker->chunk == 0 ? XO_NOT_FOUND : xo_reader_chunk_index(checker->reader, checker->chunk - 1, &before);
    for (uint64_t thread = 1; status == XO_OK && thread <= checker->reader->threads.count; thread++) {
        if (!same_stack(before, after, thread)) {
            xo_check_problem(checker, "chunk %" PRIu64 ": the stack of thread %" PRIu64
                             " is not what it was at the end of the chunk before", checker->chunk + 1, thread);
        }
    }
    xo_chunk_index_free(after);
    return status == XO_NOT_FOUND ? XO_OK : status;
}

/* Frames name known codes, bindings known variables, and a frame is written before its variables are bound. */
static void
check_frames(xo_checker *checker, const xo_chunk_index *index)
{
    const xo_reader *reader = checker->reader;
    for (size_t i = 0; i < index->frames.count; i++) {
        const xo_frame_mark *frame = &index->frames.items[i];
        if (frame->code < 1 || frame->code > reader->codes.count) {
            xo_check_problem(checker, "frame %" PRIu64 " runs a code that isn't defined", frame->number);
            continue;
        }
        size_t variables = reader->codes.items[frame->code - 1].view.variable_count;
        bool written = true;
        for (uint32_t at = frame->newest_bind; at != XO_NONE_INDEX; at = index->binds.items[at].previous) {
            written = index->binds.items[at].slot == XO_ALL_SLOTS;
            if (!written && index->binds.items[at].slot >= variables) {
                xo_check_problem(checker, "frame %" PRIu64 " binds a variable that its code doesn't have",
                                 frame->number);
            }
        }
        if (!written) {
            xo_check_problem(checker, "frame %" PRIu64 " is bound in chunk %" PRIu64 " before it is written there",
                             frame->number, checker->chunk + 1);
        }
    }
}

xo_status
xo_check_tables(xo_checker *checker)
{
    xo_chunk_index *index;
    xo_status status = xo_reader_chunk_index(checker->reader, checker->chunk, &index);
    if (status != XO_OK) {
        return status;
    }
    check_frames(checker, index);
    if ((status = check_start_table(checker)) != XO_OK || (status = check_summary(checker)) != XO_OK) {
        return status;
    }
    status = check_blocks(checker);
    if (status != XO_OK || checker->reader->header.version < XO_SLOTS_SINCE) {
        return status;
    }
    status = checker->report->problems == 0 ? xo_check_images(checker) : XO_OK;
    return status != XO_OK ? status : xo_check_slots(checker);
}
