/* The summaries of chunks, copied out of the file: searches that pass over thousands of chunks look at nothing else of
 * them, and a copy takes less memory than the page of the file that a summary stands in. */
#include "chunk_table.h"

#include "crc32c.h"

#include <stdlib.h>

static xo_status
read_summary(xo_reader *reader, const xo_log_chunk *chunk, uint8_t *out)
{
    const xo_chunk_header *header = &chunk->header;
    size_t size = (size_t)header->summary_bytes, done;
    uint64_t offset = chunk->offset + XO_CHUNK_HEADER_BYTES + header->stored_bytes - size;
    xo_status status = xo_file_read(reader->file, offset, out, size, &done);
    if (status != XO_OK) {
        return status;
    }
    return done == size && xo_crc32c(out, size) == header->summary_crc ? XO_OK : XO_CORRUPT;
}

xo_status
xo_chunk_load_summary(xo_reader *reader, uint64_t index, const uint8_t **summary, uint64_t *size)
{
    xo_log_chunk *chunk;
    xo_status status = xo_chunk_load(reader, index, &chunk);
    if (status != XO_OK) {
        return status;
    }
    if (!chunk->header.closed) {
        return XO_NOT_FOUND;
    }
    *size = chunk->header.summary_bytes;
    if (chunk->summary == NULL) {
        uint8_t *copy = xo_marks_room(&reader->summaries) ? malloc((size_t)*size + 1) : NULL;
        if (copy == NULL) {
            return XO_NO_MEMORY;
        }
        if ((status = read_summary(reader, chunk, copy)) != XO_OK) {
            free(copy);
            return status;
        }
        reader->summaries.items[reader->summaries.count++] = copy;
        reader->summary_bytes += *size;
        chunk->summary = copy;
    }
    *summary = chunk->summary;
    return XO_OK;
}

static void
free_copies(xo_reader *reader)
{
    for (size_t i = 0; i < reader->summaries.count; i++) {
        free(reader->summaries.items[i]);
    }
    reader->summaries.count = 0;
    reader->summary_bytes = 0;
}

void
xo_summaries_bound(xo_reader *reader)
{
    if (reader->summary_bytes > reader->most_seen_bytes / 2) {
        for (size_t i = 0; i < reader->chunks.count; i++) {
            reader->chunks.items[i].summary = NULL;
        }
        free_copies(reader);
    }
}

void
xo_summaries_free(xo_reader *reader)
{
    free_copies(reader);
    free(reader->summaries.items);
    memset(&reader->summaries, 0, sizeof reader->summaries);
}
