/* Which objects were touched in the chunk, in the last 64 chunks, and so on: lists that become summaries' tables and
 * index blocks. An object that ended is dropped: nobody can ask for it at a later step. */
#include "writer_private.h"

#include "bytes.h"

enum { PREFETCH_AHEAD = 12 };

static bool
append(xo_touched_list *list, uint64_t number, uint32_t slot)
{
    void *items = list->items;
    if (!xo_array_reserve(&items, &list->capacity, list->count + 1, sizeof *list->items)) {
        return false;
    }
    list->items = items;
    list->items[list->count++] = (xo_touched){number, slot};
    return true;
}

void
xo_writer_touch(xo_writer *writer, xo_entity *entity)
{
    entity->touched_chunk = (uint32_t)writer->chunk;
    if (!writer->own->throws_away && !append(&writer->own->touched[0], entity->number, entity->slot)) {
        xo_writer_fail(writer, XO_NO_MEMORY);
    }
}

/* The ordinal, from 1, of the span of `level` that the open chunk belongs to. */
static uint32_t
span_of(const xo_writer *writer, uint32_t level)
{
    uint64_t span = writer->chunk - 1;
    for (uint32_t i = 0; i < level; i++) {
        span /= XO_INDEX_FAN;
    }
    return (uint32_t)(span + 1);
}

static bool
list_in_next(xo_writer *writer, xo_entity *entity, uint32_t level)
{
    xo_writer_private *own = writer->own;
    if (level == XO_INDEX_LEVELS) {
        return true;
    }
    uint32_t span = span_of(writer, level + 1);
    xo_entity_rest *rest = xo_rest_of(entity);
    if (rest->listed != (uint32_t)entity->number) { /* that of the slot's entity before */
        memset(rest->listed_in, 0, sizeof rest->listed_in);
        rest->listed = (uint32_t)entity->number;
    }
    if (rest->listed_in[level] == span) {
        return true;
    }
    rest->listed_in[level] = span;
    return append(&own->touched[level + 1], entity->number, entity->slot);
}

/* Room for the entries of a list, and as many to sort them. */
static bool
reserve_entries(xo_writer_private *own, size_t count)
{
    void *entries = own->entries;
    if (!xo_array_reserve(&entries, &own->entries_capacity, count * 2, sizeof *own->entries)) {
        return false;
    }
    own->entries = entries;
    return true;
}

static void
prefetch_entity(const xo_writer_private *own, const xo_touched_list *list, size_t index)
{
    if (index < list->count) {
        uint32_t slot = list->items[index].slot;
        XO_PREFETCH(xo_entity_at(own, slot));
        XO_PREFETCH(&own->slabs[slot / XO_SLAB_ENTITIES].slab->rest[slot % XO_SLAB_ENTITIES]);
    }
}

xo_status
xo_index_gather(xo_writer *writer, uint32_t level, size_t *count)
{
    xo_writer_private *own = writer->own;
    xo_touched_list *list = &own->touched[level];
    if (!reserve_entries(own, list->count)) {
        return XO_NO_MEMORY;
    }
    *count = 0;
    for (size_t i = 0; i < list->count; i++) {
        prefetch_entity(own, list, i + PREFETCH_AHEAD);
        xo_entity *entity = xo_entity_at(own, list->items[i].slot);
        if (entity->number != list->items[i].number || entity->position == 0) {
            continue;
        }
        own->entries[(*count)++] = (xo_object_entry){entity->number, entity->position};
        if (!list_in_next(writer, entity, level)) {
            return XO_NO_MEMORY;
        }
    }
    list->count = 0;
    if (*count > 1) {
        xo_object_table_sort(own->entries, own->entries + *count, *count);
    }
    return XO_OK;
}

static xo_status
remember_index(xo_writer_private *own, uint64_t offset, uint32_t level)
{
    void *indexes = own->indexes;
    if (!xo_array_reserve(&indexes, &own->indexes_capacity, own->index_count + 1, sizeof *own->indexes)) {
        return XO_NO_MEMORY;
    }
    own->indexes = indexes;
    own->indexes[own->index_count++] = (xo_written_index){offset, level};
    return XO_OK;
}

static xo_status
append_block(xo_writer *writer, uint32_t level, uint64_t *offset)
{
    xo_writer_private *own = writer->own;
    size_t count;
    xo_status status = xo_index_gather(writer, level, &count);
    if (status != XO_OK) {
        return status;
    }
    own->buffer.size = 0;
    xo_object_table_put(&own->buffer, own->entries, count, XO_FIRST_POSITION);
    xo_buffer_u32(&own->buffer, 0); /* no filter yet */
    xo_chunk_header header = {
        .kind = XO_CHUNK_INDEX,
        .level = (uint8_t)level,
        .ordinal = span_of(writer, level),
        .position = own->header.position + own->header.log_bytes,
        .first_step = writer->steps,
        .last_object = writer->last_object,
        .last_frame = writer->last_frame,
        .definition = own->definition,
        .output = own->output,
        .output_count = own->output_count,
    };
    uint64_t start = *offset;
    if ((status = xo_chunk_append(writer, &header, offset)) != XO_OK) {
        return status;
    }
    if (own->background != NULL) {
        xo_background_add(own->background, level, start, *offset);
    }
    return remember_index(own, start, level);
}

xo_status
xo_index_append(xo_writer *writer, uint64_t *offset)
{
    uint64_t chunks = writer->chunk;
    for (uint32_t level = 1; level <= XO_INDEX_LEVELS && chunks % XO_INDEX_FAN == 0; level++) {
        xo_status status = append_block(writer, level, offset);
        if (status != XO_OK) {
            return status;
        }
        chunks /= XO_INDEX_FAN;
    }
    return XO_OK;
}
