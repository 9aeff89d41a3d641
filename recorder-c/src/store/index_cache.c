/* The chunks that were looked at last, decoded. The last chunk of a growing recording has a place of its own. */
#include "buffer.h"
#include "reader_private.h"

xo_status
xo_chunk_start_index(xo_reader *reader, uint64_t chunk_number, xo_chunk_index **out)
{
    xo_log_chunk *chunk;
    *out = NULL;
    xo_status status = xo_chunk_load_records(reader, chunk_number, &chunk);
    if (status != XO_OK) {
        return status;
    }
    status = xo_chunk_index_create(chunk->payload, chunk->header.table_bytes, chunk->position, out);
    if (status == XO_OK) {
        (*out)->chunk = chunk_number;
        (*out)->first_step = chunk->first_step;
        (*out)->log = chunk->payload + chunk->header.table_bytes;
    }
    return status;
}

/* Room for the steps of a chunk, as far as its bytes can hold so many. */
static xo_status
reserve_steps(xo_chunk_index *index, const xo_log_chunk *chunk)
{
    void *items = index->steps.items;
    uint64_t count = chunk->header.step_count < chunk->log_bytes ? chunk->header.step_count : chunk->log_bytes;
    if (!xo_array_reserve(&items, &index->steps.capacity, (size_t)count, sizeof *index->steps.items)) {
        return XO_NO_MEMORY;
    }
    index->steps.items = items;
    return XO_OK;
}

/* Decodes a closed chunk; all of it must make sense. */
static xo_status
decode_whole(xo_chunk_index *index, const xo_log_chunk *chunk)
{
    xo_status status = reserve_steps(index, chunk);
    if (status != XO_OK) {
        return status;
    }
    status = xo_chunk_index_extend(index, chunk->payload + chunk->header.table_bytes, chunk->log_bytes);
    if (status != XO_OK) {
        return status;
    }
    return index->steps.count == chunk->header.step_count ? XO_OK : XO_CORRUPT;
}

/* Questions pin one index at most, so that there is always another. */
static xo_chunk_index **
oldest_place(xo_reader *reader)
{
    xo_chunk_index **oldest = NULL;
    for (size_t i = 0; i < XO_CACHED_INDEXES; i++) {
        xo_chunk_index **place = &reader->cached[i];
        if (*place == NULL) {
            return place;
        }
        if ((*place)->pins == 0 && (oldest == NULL || (*place)->last_used < (*oldest)->last_used)) {
            oldest = place;
        }
    }
    return oldest;
}

static void
put_in_cache(xo_reader *reader, xo_chunk_index *index)
{
    xo_chunk_index **place = oldest_place(reader);
    xo_chunk_index_free(*place);
    *place = index;
    index->last_used = ++reader->clock;
}

static xo_chunk_index *
find_cached(xo_reader *reader, uint64_t chunk)
{
    if (reader->tail != NULL && reader->tail->chunk == chunk) {
        return reader->tail;
    }
    for (size_t i = 0; i < XO_CACHED_INDEXES; i++) {
        if (reader->cached[i] != NULL && reader->cached[i]->chunk == chunk) {
            reader->cached[i]->last_used = ++reader->clock;
            return reader->cached[i];
        }
    }
    return NULL;
}

xo_status
xo_reader_chunk_index(xo_reader *reader, uint64_t chunk, xo_chunk_index **out)
{
    *out = find_cached(reader, chunk);
    if (*out != NULL) {
        return XO_OK;
    }
    xo_chunk_index *index;
    xo_status status = xo_chunk_start_index(reader, chunk, &index);
    if (status != XO_OK) {
        return status;
    }
    if ((status = decode_whole(index, &reader->chunks.items[chunk])) != XO_OK) {
        xo_chunk_index_free(index);
        return status;
    }
    put_in_cache(reader, index);
    *out = index;
    return XO_OK;
}

xo_status
xo_tail_create(xo_reader *reader)
{
    xo_status status = xo_chunk_start_index(reader, reader->chunks.count - 1, &reader->tail);
    if (status != XO_OK) {
        reader->chunks.count--;
        return status;
    }
    return xo_tail_extend(reader);
}

/* Damage inside an open chunk isn't an error: what stands before it counts. */
xo_status
xo_tail_extend(xo_reader *reader)
{
    xo_chunk_index *tail = reader->tail;
    xo_log_chunk *chunk = &reader->chunks.items[tail->chunk];
    xo_status status = xo_chunk_index_extend(tail, chunk->payload + chunk->header.table_bytes, chunk->log_bytes);
    if (status != XO_OK && status != XO_CORRUPT) {
        return status;
    }
    reader->damaged_bytes = chunk->log_bytes - tail->decoded;
    chunk->log_bytes = tail->decoded;
    reader->steps = chunk->first_step + tail->steps.count;
    reader->log_end = chunk->position + tail->decoded;
    reader->output_count = chunk->output_count + tail->outputs.count;
    return XO_OK;
}

void
xo_tail_retire(xo_reader *reader)
{
    put_in_cache(reader, reader->tail);
    reader->tail = NULL;
}

void
xo_index_cache_drop_closed(xo_reader *reader)
{
    for (size_t i = 0; i < XO_CACHED_INDEXES; i++) {
        xo_chunk_index_free(reader->cached[i]);
        reader->cached[i] = NULL;
    }
}

void
xo_index_cache_clear(xo_reader *reader)
{
    xo_chunk_index_free(reader->tail);
    reader->tail = NULL;
    xo_index_cache_drop_closed(reader);
}

xo_status
xo_locate(xo_reader *reader, uint64_t step, xo_located *out)
{
    uint64_t chunk;
    xo_status status = xo_chunk_of_step(reader, step, &chunk);
    if (status != XO_OK || (status = xo_reader_chunk_index(reader, chunk, &out->index)) != XO_OK) {
        return status;
    }
    out->local = step - out->index->first_step;
    if (out->local >= out->index->steps.count) {
        return XO_CORRUPT;
    }
    out->mark = &out->index->steps.items[out->local];
    return XO_OK;
}
