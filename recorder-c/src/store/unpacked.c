/* The records of compressed chunks, in memory: those that were looked at last. */
#include "chunk_table.h"

#include "chunk_codec.h"

#include <stdlib.h>

#define LAST_QUESTIONS 64u

xo_status
xo_chunk_unpack(xo_reader *reader, uint64_t index)
{
    xo_log_chunk *chunk = &reader->chunks.items[index];
    chunk->last_question = reader->questions;
    if (chunk->payload != NULL) {
        return XO_OK;
    }
    size_t size = (size_t)(chunk->header.table_bytes + chunk->header.log_bytes);
    if (!xo_marks_room(&reader->unpacked)) {
        return XO_NO_MEMORY;
    }
    uint8_t *room = malloc(size + 1);
    if (room == NULL) {
        return XO_NO_MEMORY;
    }
    xo_status status = xo_chunk_unpack_bytes(&reader->unpacker, (xo_codec)chunk->header.codec, chunk->stored,
                                             chunk->header.packed_bytes, room, size);
    if (status != XO_OK) {
        free(room);
        return status;
    }
    chunk->unpacked = room;
    chunk->payload = room;
    reader->unpacked.items[reader->unpacked.count++] = index;
    reader->unpacked_bytes += size;
    return XO_OK;
}

static bool
is_indexed(const xo_reader *reader, uint64_t chunk)
{
    for (size_t i = 0; i < XO_CACHED_INDEXES; i++) {
        if (reader->cached[i] != NULL && reader->cached[i]->chunk == chunk) {
            return true;
        }
    }
    return reader->tail != NULL && reader->tail->chunk == chunk;
}

static void
let_go(xo_reader *reader, xo_log_chunk *chunk)
{
    reader->unpacked_bytes -= chunk->header.table_bytes + chunk->header.log_bytes;
    free(chunk->unpacked);
    chunk->unpacked = NULL;
    chunk->payload = NULL;
}

/* Lets go of those, from number `first` of the list on, that no question looked at since `oldest`. */
static void
trim(xo_reader *reader, size_t first, uint64_t oldest)
{
    size_t kept = first;
    for (size_t i = first; i < reader->unpacked.count; i++) {
        uint64_t number = reader->unpacked.items[i];
        xo_log_chunk *chunk = &reader->chunks.items[number];
        if (chunk->last_question < oldest && !is_indexed(reader, number)) {
            let_go(reader, chunk);
        } else {
            reader->unpacked.items[kept++] = number;
        }
    }
    if (kept < reader->unpacked.count) { /* these know texts by their addresses */
        xo_number_map_free(&reader->text_hashes);
        xo_number_map_free(&reader->text_sizes);
    }
    reader->unpacked.count = kept;
}

void
xo_question_begin(xo_reader *reader)
{
    reader->questions++;
    xo_summaries_bound(reader);
    if (reader->unpacked_bytes > reader->most_seen_bytes && reader->questions > LAST_QUESTIONS) {
        trim(reader, 0, reader->questions - LAST_QUESTIONS);
    }
}

void
xo_unpacked_trim(xo_reader *reader, size_t first)
{
    if (reader->unpacked_bytes > reader->most_seen_bytes) {
        trim(reader, first, UINT64_MAX);
    }
}

void
xo_unpacked_free(xo_reader *reader)
{
    for (size_t i = 0; i < reader->unpacked.count; i++) {
        let_go(reader, &reader->chunks.items[reader->unpacked.items[i]]);
    }
    free(reader->unpacked.items);
    memset(&reader->unpacked, 0, sizeof reader->unpacked);
    xo_unpacker_free(reader->unpacker);
    reader->unpacker = NULL;
}
