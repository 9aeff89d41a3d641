/* What a recording leaves open: objects of which only the type is known, and those whose contents can't be told. */
#include "execorder/tools.h"
#include "object_read.h"
#include "reader_private.h"

#include <stdlib.h>

typedef struct {
    xo_fidelity *report;
    xo_number_map types; /* number of a type -> its place in the report */
    xo_number_map seen;  /* opaque objects, and unknown ones */
    size_t capacity;
} counter;

static xo_opaque_type *
type_of(counter *counting, uint64_t type)
{
    xo_fidelity *report = counting->report;
    const uint64_t *place = xo_number_map_get(&counting->types, type);
    if (place != NULL) {
        return &report->types[*place];
    }
    if (report->type_count == counting->capacity) {
        size_t capacity = counting->capacity == 0 ? 16 : counting->capacity * 2;
        xo_opaque_type *types = realloc(report->types, capacity * sizeof *types);
        if (types == NULL) {
            return NULL;
        }
        report->types = types;
        counting->capacity = capacity;
    }
    if (!xo_number_map_put(&counting->types, type, report->type_count)) {
        return NULL;
    }
    report->types[report->type_count] = (xo_opaque_type){.type = type};
    return &report->types[report->type_count++];
}

static xo_status
count_image(counter *counting, const xo_record *record)
{
    xo_log_cursor cursor = {record->operands, record->end, NULL, 0};
    uint64_t type;
    xo_kind kind;
    xo_status status = xo_image_head(&cursor, &type, &kind);
    if (status != XO_OK || kind != XO_KIND_OPAQUE || xo_number_map_get(&counting->seen, record->number) != NULL) {
        return status;
    }
    xo_opaque_type *found = type == 0 ? NULL : type_of(counting, type);
    if (found == NULL || !xo_number_map_put(&counting->seen, record->number, 1)) {
        return type == 0 ? XO_CORRUPT : XO_NO_MEMORY;
    }
    found->example = found->objects == 0 ? record->number : found->example;
    found->objects++;
    counting->report->opaque++;
    return XO_OK;
}

static xo_status
count_unknown(counter *counting, const xo_record *record, uint64_t step)
{
    if (xo_number_map_get(&counting->seen, record->number) != NULL) {
        return XO_OK;
    }
    if (counting->report->unknown++ == 0) {
        counting->report->unknown_since = step;
    }
    return xo_number_map_put(&counting->seen, record->number, 1) ? XO_OK : XO_NO_MEMORY;
}

static xo_status
count_chunk(counter *counting, xo_reader *reader, uint64_t number)
{
    xo_log_chunk *chunk;
    xo_status status = xo_chunk_load_records(reader, number, &chunk);
    if (status != XO_OK) {
        return status;
    }
    const uint8_t *at = chunk->payload + chunk->header.table_bytes;
    const uint8_t *limit = at + chunk->log_bytes;
    uint64_t step = chunk->header.first_step;
    xo_record record;
    while (at < limit && status == XO_OK && (status = xo_record_read(at, limit, &record)) == XO_OK) {
        if (record.op >= XO_OP_LINE_FAR && record.op <= XO_OP_LINES) {
            step += record.op == XO_OP_LINES ? record.count : 1;
        } else if (record.op == XO_OP_IMAGE) {
            status = count_image(counting, &record);
        } else if (record.op == XO_OP_UNKNOWN) {
            status = count_unknown(counting, &record, step);
        }
        at = record.end;
    }
    return status;
}

xo_status
xo_fidelity_read(const char *path, xo_fidelity *out)
{
    xo_reader *reader;
    *out = (xo_fidelity){0};
    counter counting = {.report = out};
    xo_status status = xo_reader_open(path, &reader);
    if (status != XO_OK) {
        return status;
    }
    for (uint64_t chunk = 0; chunk < reader->chunks.count && status == XO_OK; chunk++) {
        status = count_chunk(&counting, reader, chunk);
        status = status == XO_CORRUPT ? XO_OK : status;
    }
    xo_reader_close(reader);
    xo_number_map_free(&counting.types);
    xo_number_map_free(&counting.seen);
    if (status != XO_OK) {
        xo_fidelity_free(out);
    }
    return status;
}

void
xo_fidelity_free(xo_fidelity *report)
{
    free(report->types);
    *report = (xo_fidelity){0};
}
