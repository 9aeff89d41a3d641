/* Objects: their records, one by one, and when they end. */
#include "copier.h"
#include "object_table.h"
#include "summary.h"

static xo_entity *
find_entity(const xo_copier *copier, uint64_t number)
{
    const uint64_t *found = xo_number_map_get(&copier->entities, number);
    return found == NULL ? NULL : (xo_entity *)(uintptr_t)*found;
}

static xo_status
entity_of(xo_copier *copier, uint64_t number, xo_entity **out)
{
    *out = find_entity(copier, number);
    if (*out != NULL) {
        return XO_OK;
    }
    *out = xo_writer_adopt_entity(copier->writer, number);
    if (*out == NULL || !xo_number_map_put(&copier->entities, number, (uint64_t)(uintptr_t)*out)) {
        return XO_NO_MEMORY;
    }
    return XO_OK;
}

static xo_status
note_touch(xo_copier *copier, xo_entity *entity)
{
    xo_object_list *touched = &copier->touched[0];
    bool again = entity->touched_chunk == (uint32_t)copier->writer->chunk && entity->position != 0;
    if (again || copier->source.position != copier->chunk_position) {
        return XO_OK;
    }
    if (!xo_marks_room(touched)) {
        return XO_NO_MEMORY;
    }
    touched->items[touched->count++] = entity->number;
    return XO_OK;
}

/* The text of a part that isn't copied can be found nowhere. */
static xo_status
leave_part_out(void *context, const xo_part *part)
{
    xo_copier *copier = context;
    uint64_t old = copier->source.position + (uint64_t)(part->at - copier->source.log);
    return !xo_part_is_value(part) || xo_copy_text_moved(copier, old, 0) ? XO_OK : XO_NO_MEMORY;
}

/* What is hidden looks like an object of which only the class is known. */
static xo_status
put_hidden_image(xo_copier *copier, const xo_record *record, xo_entity *entity)
{
    static const char stand_in[] = XO_REDACTED;
    xo_writer *writer = copier->writer;
    uint64_t class_number;
    const uint8_t *at = record->operands;
    if (xo_varint_read(&at, record->end, &class_number) != XO_OK) {
        return XO_CORRUPT;
    }
    xo_position start = xo_record_begin(writer, XO_OP_IMAGE, entity);
    xo_put_varint(writer, class_number);
    xo_put_tag(writer, (xo_tag)XO_KIND_OPAQUE);
    xo_put_str(writer, stand_in, sizeof stand_in - 1);
    xo_put_tag(writer, XO_TAG_NONE);
    xo_put_varint(writer, 0);
    xo_put_varint(writer, 0);
    xo_put_tag(writer, (xo_tag)XO_ATTRS_NONE);
    xo_record_end(writer, entity, start, true);
    return xo_record_walk(record, leave_part_out, copier);
}

static xo_status
put_record(xo_copier *copier, const xo_record *record, xo_entity *entity)
{
    xo_position start = xo_record_begin(copier->writer, (xo_op)record->op, entity);
    xo_status status = xo_record_walk(record, xo_copy_part, copier);
    xo_record_end(copier->writer, entity, start, record->op == XO_OP_IMAGE);
    return status;
}

static bool
is_hidden(const xo_copier *copier, uint64_t number)
{
    return copier->filter != NULL && copier->filter->hides_object(copier->filter->context, number);
}

xo_status
xo_copy_object_record(xo_copier *copier, const xo_record *record)
{
    xo_entity *entity;
    if (record->op != XO_OP_IMAGE && find_entity(copier, record->number) == NULL) {
        return XO_CORRUPT;
    }
    xo_status status = entity_of(copier, record->number, &entity);
    if (status != XO_OK || (status = note_touch(copier, entity)) != XO_OK) {
        return status;
    }
    if (!is_hidden(copier, record->number)) {
        return put_record(copier, record, entity);
    }
    return record->op == XO_OP_IMAGE ? put_hidden_image(copier, record, entity)
                                     : xo_record_walk(record, leave_part_out, copier);
}

/* The original's table of a span lists what was alive at its end; what was touched and isn't listed is gone. */
static xo_status
end_unlisted(xo_copier *copier, xo_object_list *list, const uint8_t *table, size_t size)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        uint64_t position;
        uint64_t number = list->items[i];
        xo_entity *entity = find_entity(copier, number);
        xo_status status = entity == NULL ? XO_OK : xo_object_table_find(table, size, number, &position);
        if (status == XO_NOT_FOUND) {
            xo_number_map_remove(&copier->entities, number);
            xo_writer_end_entity(copier->writer, entity);
        } else if (status != XO_OK) {
            return status;
        } else if (entity != NULL) {
            list->items[kept++] = number;
        }
    }
    list->count = kept;
    return XO_OK;
}

static xo_status
end_in_chunk(xo_copier *copier)
{
    xo_summary_end end;
    xo_status status = xo_summary_end_load(copier->reader, copier->chunk, &end);
    if (status == XO_NOT_FOUND) { /* an open chunk has none, and is the last */
        return XO_OK;
    }
    return status != XO_OK ? status : end_unlisted(copier, &copier->touched[0], end.objects, end.objects_bytes);
}

static xo_status
end_in_group(xo_copier *copier)
{
    const xo_index_block *block;
    uint64_t ordinal = copier->chunk + copier->reader->header.base.ordinal;
    if (ordinal % XO_INDEX_FAN != 0) {
        return XO_OK;
    }
    uint64_t group = ordinal / XO_INDEX_FAN - 1 - xo_blocks_gone(copier->reader, 1);
    if (group >= copier->reader->blocks[0].count) {
        return XO_OK;
    }
    xo_status status = xo_index_block_load(copier->reader, 1, group, &block);
    if (status == XO_OK) {
        status = end_unlisted(copier, &copier->touched[1], block->table, (size_t)block->table_bytes);
    }
    copier->touched[1].count = 0;
    return status;
}

/* What is alive after its chunk is looked at again at the end of the group. */
static xo_status
pass_on(xo_copier *copier)
{
    xo_object_list *chunk = &copier->touched[0];
    xo_object_list *group = &copier->touched[1];
    uint32_t mark = (uint32_t)((copier->chunk + copier->reader->header.base.ordinal - 1) / XO_INDEX_FAN) + 1;
    for (size_t i = 0; i < chunk->count; i++) {
        xo_entity *entity = find_entity(copier, chunk->items[i]);
        if (entity->user == mark) {
            continue;
        }
        if (!xo_marks_room(group)) {
            return XO_NO_MEMORY;
        }
        entity->user = mark;
        group->items[group->count++] = entity->number;
    }
    chunk->count = 0;
    return XO_OK;
}

xo_status
xo_copy_end_objects(xo_copier *copier)
{
    xo_status status = end_in_chunk(copier);
    if (status != XO_OK || (status = pass_on(copier)) != XO_OK) {
        return status;
    }
    return end_in_group(copier);
}
