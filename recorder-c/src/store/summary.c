#include "summary.h"

typedef struct {
    const uint8_t *at;
    const uint8_t *limit;
} part;

static xo_status
read_number(part *summary, uint64_t *value)
{
    return xo_varint_read(&summary->at, summary->limit, value);
}

static xo_status
read_count(part *summary, uint64_t *count)
{
    if (read_number(summary, count) != XO_OK || *count > (uint64_t)(summary->limit - summary->at)) {
        return XO_CORRUPT;
    }
    return XO_OK;
}

/* Steps by kind: lines first, then the others in the order of their operations. */
static xo_status
check_kinds(part *summary, const xo_search *search, bool *may)
{
    static const xo_step_kind order[] = {XO_STEP_LINE,  XO_STEP_CALL,   XO_STEP_RETURN,
                                         XO_STEP_YIELD, XO_STEP_RESUME, XO_STEP_EXCEPTION};
    uint32_t wanted = search->filter->kinds == 0 ? UINT32_MAX : search->filter->kinds;
    bool found = false;
    if (search->filter->visit_count > 0) {
        wanted &= 1u << XO_STEP_LINE;
    }
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        uint64_t count;
        if (read_number(summary, &count) != XO_OK) {
            return XO_CORRUPT;
        }
        found = found || (count > 0 && (wanted >> order[i] & 1));
    }
    *may = *may && found;
    return XO_OK;
}

/* Threads that ran, each with the least size of its stack. */
static xo_status
check_threads(part *summary, const xo_search *search, bool *may)
{
    uint64_t count, thread, least;
    bool found = false;
    if (read_count(summary, &count) != XO_OK) {
        return XO_CORRUPT;
    }
    for (uint64_t i = 0; i < count; i++) {
        if (read_number(summary, &thread) != XO_OK || read_number(summary, &least) != XO_OK) {
            return XO_CORRUPT;
        }
        bool right = search->filter->thread == 0 || thread == search->filter->thread;
        found = found || (right && (least == 0 || least - 1 <= search->filter->max_depth));
    }
    *may = *may && found;
    return XO_OK;
}

/* Both lists of places ascend. */
static xo_status
check_visits(part *summary, const xo_search *search, bool *may)
{
    uint64_t count, delta, place = 0;
    size_t next = 0;
    bool found = search->filter->visit_count == 0;
    if (read_count(summary, &count) != XO_OK) {
        return XO_CORRUPT;
    }
    for (uint64_t i = 0; i < count; i++) {
        if (read_number(summary, &delta) != XO_OK) {
            return XO_CORRUPT;
        }
        place += delta;
        while (next < search->place_count && search->places[next] < place) {
            next++;
        }
        found = found || (next < search->place_count && search->places[next] == place);
    }
    *may = *may && found;
    return XO_OK;
}

/* The frames that began in the chunk have the numbers that follow; the older ones that ran in it are listed. */
static xo_status
check_frame(part *summary, const xo_chunk_header *header, const xo_search *search, bool *may)
{
    uint64_t begun, count, delta, number = 0;
    uint64_t wanted = search->filter->frame;
    if (read_number(summary, &begun) != XO_OK || read_count(summary, &count) != XO_OK) {
        return XO_CORRUPT;
    }
    bool found = wanted == 0 || (wanted > header->last_frame && wanted - header->last_frame <= begun);
    for (uint64_t i = 0; i < count && !found; i++) {
        if (read_number(summary, &delta) != XO_OK) {
            return XO_CORRUPT;
        }
        number += delta;
        found = number == wanted;
    }
    *may = *may && found;
    return XO_OK;
}

static xo_status
skip_numbers(part *summary, uint64_t count)
{
    uint64_t ignored;
    xo_status status = count > (uint64_t)(summary->limit - summary->at) ? XO_CORRUPT : XO_OK;
    for (uint64_t i = 0; i < count && status == XO_OK; i++) {
        status = read_number(summary, &ignored);
    }
    return status;
}

/* How many began; how many older ones ran, their numbers, and what they bound. */
static xo_status
start_frame_walk(part *summary, xo_frame_walk *out)
{
    uint64_t begun, count;
    if (read_number(summary, &begun) != XO_OK || read_count(summary, &count) != XO_OK) {
        return XO_CORRUPT;
    }
    *out = (xo_frame_walk){.left = count, .numbers = summary->at, .limit = summary->limit};
    xo_status status = skip_numbers(summary, count);
    out->bound = summary->at;
    return status;
}

xo_status
xo_frame_walk_next(xo_frame_walk *walk, uint64_t *frame, uint64_t *bound)
{
    uint64_t delta;
    if (walk->left == 0) {
        return XO_NOT_FOUND;
    }
    if (xo_varint_read(&walk->numbers, walk->limit, &delta) != XO_OK
        || xo_varint_read(&walk->bound, walk->limit, bound) != XO_OK) {
        return XO_CORRUPT;
    }
    walk->left--;
    *frame = walk->number += delta;
    return XO_OK;
}

static xo_status
check_bound(part *summary, const xo_chunk_header *header, const xo_search *search, bool *may)
{
    xo_frame_walk walk;
    uint64_t frame = 0, bound = 0;
    if (search->filter->frame > header->last_frame) {
        return check_frame(summary, header, search, may);
    }
    xo_status status = start_frame_walk(summary, &walk);
    while (status == XO_OK && frame != search->filter->frame) {
        status = xo_frame_walk_next(&walk, &frame, &bound);
    }
    *may = *may && status == XO_OK && (bound & search->bound) != 0;
    return status == XO_NOT_FOUND ? XO_OK : status;
}

xo_status
xo_summary_may_fit(xo_reader *reader, uint64_t chunk, const xo_search *search, bool *may)
{
    const uint8_t *bytes;
    uint64_t size;
    *may = true;
    xo_status status = xo_chunk_load_summary(reader, chunk, &bytes, &size);
    if (status != XO_OK) {
        return status == XO_NOT_FOUND ? XO_OK : status;
    }
    part summary = {bytes, bytes + size};
    if ((status = check_kinds(&summary, search, may)) != XO_OK || !*may
        || (status = check_threads(&summary, search, may)) != XO_OK || !*may
        || (status = check_visits(&summary, search, may)) != XO_OK || !*may) {
        return status;
    }
    if (reader->header.version >= XO_SLOTS_SINCE && search->bound != 0) {
        return check_bound(&summary, &reader->chunks.items[chunk].header, search, may);
    }
    return check_frame(&summary, &reader->chunks.items[chunk].header, search, may);
}

/* Before version 3 there were none. */
xo_status
xo_slots_at_end(const xo_reader *reader, const uint8_t *bytes, size_t size, size_t *slots_bytes)
{
    *slots_bytes = 0;
    if (reader->header.version < XO_SLOTS_SINCE) {
        return XO_OK;
    }
    if (size < 4 || xo_load_u32(bytes + size - 4) > size - 4) {
        return XO_CORRUPT;
    }
    *slots_bytes = xo_load_u32(bytes + size - 4);
    return XO_OK;
}

xo_status
xo_summary_end_load(xo_reader *reader, uint64_t chunk, xo_summary_end *out)
{
    const uint8_t *summary;
    uint64_t size;
    xo_status status = xo_chunk_load_summary(reader, chunk, &summary, &size);
    if (status != XO_OK) {
        return status;
    }
    if (size < 4 || xo_load_u32(summary + size - 4) > size - 4) {
        return XO_CORRUPT;
    }
    out->objects_bytes = xo_load_u32(summary + size - 4);
    size -= 4 + out->objects_bytes;
    out->objects = summary + size;
    status = xo_slots_at_end(reader, summary, (size_t)size, &out->slots_bytes);
    out->slots = out->slots_bytes == 0 ? NULL : summary + size - 4 - out->slots_bytes;
    return status;
}

/* Steps, threads, places. */
static xo_status
skip_to_frames(part *summary)
{
    uint64_t count;
    xo_status status = skip_numbers(summary, 6);
    if (status == XO_OK && (status = read_count(summary, &count)) == XO_OK) {
        status = skip_numbers(summary, 2 * count);
    }
    if (status == XO_OK && (status = read_count(summary, &count)) == XO_OK) {
        status = skip_numbers(summary, count);
    }
    return status;
}

xo_status
xo_frame_walk_begin(xo_reader *reader, uint64_t chunk, xo_frame_walk *out)
{
    const uint8_t *bytes;
    uint64_t size;
    xo_status status = xo_chunk_load_summary(reader, chunk, &bytes, &size);
    if (status != XO_OK) {
        return status;
    }
    part summary = {bytes, bytes + size};
    status = skip_to_frames(&summary);
    return status != XO_OK ? status : start_frame_walk(&summary, out);
}
