#include "execorder/tools.h"
#include "reader_private.h"

static xo_size_kind
kind_of(uint8_t op)
{
    if (xo_op_is_object(op)) {
        return op == XO_OP_IMAGE ? XO_SIZE_IMAGES : XO_SIZE_CHANGES;
    }
    if (xo_op_is_definition(op)) {
        return XO_SIZE_DEFINITIONS;
    }
    switch (op) {
    case XO_OP_OUTPUT: return XO_SIZE_OUTPUT;
    case XO_OP_BIND_FAR:
    case XO_OP_RESULT:
    case XO_OP_RAISED: return XO_SIZE_VARIABLES;
    case XO_OP_THREAD:
    case XO_OP_ENTER:
    case XO_OP_FRAME:
    case XO_OP_REENTER:
    case XO_OP_LEAVE: return XO_SIZE_FRAMES;
    default: return XO_SIZE_STEPS;
    }
}

static xo_status
add_chunk(xo_reader *reader, uint64_t number, xo_sizes *sizes)
{
    xo_log_chunk *chunk;
    xo_status status = xo_chunk_load_records(reader, number, &chunk);
    if (status != XO_OK) {
        return status;
    }
    const uint8_t *at = chunk->payload + chunk->header.table_bytes;
    const uint8_t *limit = at + chunk->log_bytes;
    while (at < limit && status == XO_OK) {
        xo_record record;
        if ((status = xo_record_read(at, limit, &record)) == XO_OK) {
            xo_size_kind kind = kind_of(record.op);
            sizes->records[kind]++;
            sizes->bytes[kind] += (uint64_t)(record.end - at);
            at = record.end;
        }
    }
    return status;
}

xo_status
xo_sizes_read(const char *path, xo_sizes *out)
{
    xo_reader *reader;
    *out = (xo_sizes){{0}, {0}};
    xo_status status = xo_reader_open(path, &reader);
    if (status != XO_OK) {
        return status;
    }
    for (uint64_t chunk = 0; chunk < reader->chunks.count && status == XO_OK; chunk++) {
        status = add_chunk(reader, chunk, out);
    }
    xo_reader_close(reader);
    return status;
}
