/* A copy that doesn't start at the original's start: an object that is older comes along when it is first met, by its
 * newest image and the changes since. So do the objects that these records name, and so on. */
#include "copier.h"
#include "object_read.h"

#include <stdlib.h>

static bool
is_here(const xo_copier *copier, uint64_t number)
{
    return number == 0 || xo_number_map_get(&copier->entities, number) != NULL;
}

static xo_status
want(xo_copier *copier, uint64_t number)
{
    if (is_here(copier, number)) {
        return XO_OK;
    }
    if (!xo_marks_room(&copier->wanted)) {
        return XO_NO_MEMORY;
    }
    copier->wanted.items[copier->wanted.count++] = number;
    return XO_OK;
}

static xo_status
want_part(void *context, const xo_part *part)
{
    const uint8_t *at = part->at;
    uint64_t number;
    if (part->role == XO_PART_RAW || part->role == XO_PART_MEMORY
        || (part->role != XO_PART_OBJECT && *at++ != XO_TAG_OBJECT)) {
        return XO_OK;
    }
    return xo_varint_read(&at, part->end, &number) != XO_OK ? XO_CORRUPT : want(context, number);
}

static xo_status
copy_record_at(xo_copier *copier, uint64_t position)
{
    xo_log_cursor before = copier->source;
    bool aside = copier->aside;
    xo_record record;
    copier->aside = true;
    xo_status status = xo_log_record(copier->reader, position, &record, &copier->source);
    if (status == XO_OK && (status = xo_record_walk(&record, want_part, copier)) == XO_OK) {
        status = xo_copy_object_record(copier, &record);
    }
    copier->source = before;
    copier->aside = aside;
    return status;
}

static xo_status
bring(xo_copier *copier, uint64_t number, uint64_t end)
{
    xo_chunk_index *index;
    xo_record_chain chain;
    xo_status status = xo_reader_chunk_index(copier->reader, copier->chunk, &index);
    if (status != XO_OK) {
        return status;
    }
    status = xo_record_chain_read(copier->reader, index, end, number, &chain);
    if (status == XO_NOT_FOUND) { /* its image is still to come */
        return XO_OK;
    }
    for (size_t i = chain.count; i-- > 0 && status == XO_OK;) {
        status = copy_record_at(copier, chain.positions[i]);
    }
    free(chain.positions);
    return status;
}

static xo_status
bring_wanted(xo_copier *copier, uint64_t end)
{
    xo_status status = XO_OK;
    while (copier->wanted.count > 0 && status == XO_OK) {
        uint64_t number = copier->wanted.items[--copier->wanted.count];
        status = is_here(copier, number) ? XO_OK : bring(copier, number, end);
    }
    return status;
}

xo_status
xo_copy_older_object(xo_copier *copier, uint64_t number, uint64_t end)
{
    xo_status status = want(copier, number);
    return status == XO_OK ? bring_wanted(copier, end) : status;
}

xo_status
xo_copy_older_objects(xo_copier *copier, const xo_record *record, uint64_t end)
{
    xo_status status = xo_record_walk(record, want_part, copier);
    if (status == XO_OK && xo_op_is_object(record->op) && record->op != XO_OP_IMAGE) {
        status = want(copier, record->number);
    }
    if (status == XO_OK && (record->op == XO_OP_ENTER || record->op == XO_OP_FRAME)
        && (status = want(copier, record->globals)) == XO_OK) {
        status = want(copier, record->locals);
    }
    return status == XO_OK ? bring_wanted(copier, end) : status;
}
