#include "reader_private.h"

xo_status
xo_log_seek(xo_reader *reader, uint64_t position, xo_log_cursor *out)
{
    uint64_t number;
    xo_log_chunk *chunk;
    xo_status status = xo_chunk_of_position(reader, position, &number);
    if (status != XO_OK || (status = xo_chunk_load_records(reader, number, &chunk)) != XO_OK) {
        return status;
    }
    if (position - chunk->position >= chunk->log_bytes) {
        return XO_CORRUPT;
    }
    out->log = chunk->payload + chunk->header.table_bytes;
    out->at = out->log + (position - chunk->position);
    out->limit = out->log + chunk->log_bytes;
    out->position = chunk->position;
    return XO_OK;
}

xo_status
xo_log_record(xo_reader *reader, uint64_t position, xo_record *record, xo_log_cursor *cursor)
{
    xo_status status = xo_log_seek(reader, position, cursor);
    if (status != XO_OK || (status = xo_record_read(cursor->at, cursor->limit, record)) != XO_OK) {
        return status;
    }
    cursor->at = record->operands;
    cursor->limit = record->end;
    return XO_OK;
}
