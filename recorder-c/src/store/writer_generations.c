/* A recording of bounded size is made of generations: each begins with everything that its steps need, so that those
 * before it can be given up, the oldest first. */
#include "writer_private.h"

#include <stdlib.h>

/* So many generations fit into the bound; the oldest goes whole, so this is how exactly the bound is used. */
#define GENERATIONS 50u
/* A generation is at least so many times what its beginning takes, and at most so much of the bound. */
#define LEAST_OF_BEGINNING 4u
#define LARGEST_PART 3u

bool
xo_generation_is_due(const xo_writer_private *own)
{
    return own->max_bytes != 0 && own->chunk_offset - own->generations[own->generation_count - 1].offset >= own->generation_bytes;
}

xo_status
xo_generation_mark(xo_writer *writer)
{
    xo_writer_private *own = writer->own;
    void *items = own->generations;
    if (!xo_array_reserve(&items, &own->generations_capacity, own->generation_count + 1, sizeof *own->generations)) {
        return XO_NO_MEMORY;
    }
    own->generations = items;
    own->generations[own->generation_count++] = (xo_generation){
        .offset = own->chunk_offset,
        .base = {
            .offset = own->chunk_offset,
            .ordinal = own->header.ordinal,
            .position = own->header.position,
            .first_step = own->header.first_step,
            .output_count = own->header.output_count,
        },
    };
    return XO_OK;
}

void
xo_generations_start(xo_writer_private *own, uint64_t max_bytes)
{
    own->max_bytes = max_bytes;
    own->generation_bytes = max_bytes / GENERATIONS;
    uint64_t chunk = own->generation_bytes / 2;
    own->soft_bytes = own->soft_bytes < chunk ? own->soft_bytes : chunk;
}

bool
xo_definition_keep(xo_writer *writer, xo_op op, xo_position start)
{
    xo_writer_private *own = writer->own;
    bool is_needed = own->max_bytes != 0 || own->whole_chunks;
    if (!is_needed || writer->own->throws_away) {
        return true;
    }
    const uint8_t *rest = writer->origin + (start - writer->origin_position) + 1;
    while (*rest++ & 0x80) { /* the distance */
    }
    size_t size = (size_t)(writer->cursor - rest);
    xo_buffer_varint(&own->definitions, (uint64_t)op);
    xo_buffer_varint(&own->definitions, size);
    xo_buffer_put(&own->definitions, rest, size);
    return !own->definitions.failed;
}

static uint64_t
take_varint(const uint8_t **at)
{
    uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
        uint8_t byte = *(*at)++;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            return value;
        }
    }
}

static void
repeat_definitions(xo_writer *writer)
{
    xo_writer_private *own = writer->own;
    const uint8_t *at = own->definitions.bytes;
    const uint8_t *limit = at + own->definitions.size;
    own->definition = 0;
    own->output = 0;
    while (at < limit && !writer->own->throws_away) {
        xo_op op = (xo_op)take_varint(&at);
        uint64_t size = take_varint(&at);
        xo_position start = xo_here(writer);
        xo_put_op(writer, op);
        xo_put_varint(writer, own->definition == 0 ? 0 : start - own->definition);
        xo_put_verbatim(writer, at, (size_t)size);
        own->definition = start;
        at += size;
    }
    xo_publish(writer);
}

/* No record refers to one of an older generation. */
static void
forget_positions(xo_writer_private *own)
{
    for (uint32_t slot = 0; slot < own->slots_used; slot++) {
        xo_entity *entity = xo_entity_at(own, slot);
        if (entity->number != 0) {
            entity->position = 0;
            entity->touched_chunk = 0;
        }
    }
}

static void
forget_chunks(xo_writer_private *own, uint64_t before)
{
    size_t chunks = 0, indexes = 0;
    while (chunks < own->chunk_count && own->chunks[chunks].offset < before) {
        chunks++;
    }
    while (indexes < own->index_count && own->indexes[indexes].offset < before) {
        indexes++;
    }
    own->chunk_count -= chunks;
    own->index_count -= indexes;
    memmove(own->chunks, own->chunks + chunks, own->chunk_count * sizeof *own->chunks);
    memmove(own->indexes, own->indexes + indexes, own->index_count * sizeof *own->indexes);
}

/* The header page tells first where the recording begins now; then the room goes back to the system. */
static xo_status
drop_oldest(xo_writer *writer)
{
    xo_writer_private *own = writer->own;
    uint64_t from = own->generations[0].offset;
    own->generation_count--;
    memmove(own->generations, own->generations + 1, own->generation_count * sizeof *own->generations);
    own->base = own->generations[0].base;
    xo_status status = xo_writer_store_header(writer);
    if (status == XO_OK) {
        forget_chunks(own, own->base.offset);
        from &= ~(uint64_t)(XO_MAP_ALIGNMENT - 1); /* only whole pages are given back: the last one was shared */
        xo_file_give_back(own->file, from < XO_PAGE_BYTES ? XO_PAGE_BYTES : from, own->base.offset);
    }
    return status;
}

/* What the kept generations and one more will take, with a footer. */
static bool
is_too_much(const xo_writer_private *own)
{
    uint64_t kept = own->chunk_offset - own->generations[0].offset;
    uint64_t most = own->max_bytes - own->max_bytes / 50;
    return kept + own->generation_bytes + own->soft_bytes > most;
}

void
xo_writer_generation_begin(xo_writer *writer)
{
    xo_writer_private *own = writer->own;
    writer->generation_due = false;
    xo_writer_turn_chunk(writer);
    if (writer->own->throws_away) {
        return;
    }
    xo_status status = xo_generation_mark(writer);
    while (status == XO_OK && own->generation_count > 1 && is_too_much(own)) {
        status = drop_oldest(writer);
    }
    if (status != XO_OK) {
        xo_writer_fail(writer, status);
        return;
    }
    forget_positions(own);
    repeat_definitions(writer);
}

void
xo_writer_generation_repeat(xo_writer *writer)
{
    if (!writer->own->throws_away) {
        forget_positions(writer->own);
        repeat_definitions(writer);
    }
}

void
xo_writer_generation_end(xo_writer *writer)
{
    xo_writer_private *own = writer->own;
    if (writer->own->throws_away) {
        return;
    }
    uint64_t here = own->chunk_offset + (uint64_t)(writer->cursor - writer->chunk_start);
    uint64_t beginning = here - own->generations[own->generation_count - 1].offset;
    uint64_t wanted = LEAST_OF_BEGINNING * beginning;
    uint64_t least = own->max_bytes / GENERATIONS;
    uint64_t most = own->max_bytes / LARGEST_PART;
    own->generation_bytes = wanted < least ? least : wanted > most ? most : wanted;
    if (own->generation_bytes < 2 * beginning) { /* else hardly anything but beginnings would be written */
        own->generation_bytes = 2 * beginning;
        uint64_t needed = 2 * own->generation_bytes; /* one is kept while the next is written */
        writer->least_bytes = needed > own->max_bytes && needed > writer->least_bytes ? needed : writer->least_bytes;
    }
}
