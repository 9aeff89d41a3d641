/* The life of a reader. */
#include "reader_private.h"

#include <stdlib.h>

#define MOST_SEEN_BYTES (64u << 20)
/* At the header of a recording that is written, and at its kept part, which the writer may give up. */
#define MOST_LOOKS 50

void
xo_reader_close(xo_reader *reader)
{
    if (reader == NULL) {
        return;
    }
    xo_definitions_free(reader);
    xo_grown_texts_free(reader);
    xo_number_map_free(&reader->hash_by_object);
    xo_number_map_free(&reader->text_hashes);
    xo_number_map_free(&reader->text_sizes);
    xo_index_cache_clear(reader);
    xo_unpacked_free(reader);
    xo_summaries_free(reader);
    free(reader->chunks.items);
    for (size_t level = 0; level < XO_INDEX_LEVELS; level++) {
        free(reader->blocks[level].items);
    }
    for (size_t i = 0; i < reader->segments.count; i++) {
        xo_file_unmap(reader->segments.items[i].map, reader->segments.items[i].bytes);
    }
    free(reader->segments.items);
    xo_file_close(&reader->file);
    free(reader);
}

/* A writer may be just about to change the page: what seems damaged is looked at again. */
static xo_status
read_file_header(xo_reader *reader)
{
    uint8_t page[XO_PAGE_BYTES];
    size_t done;
    xo_status status = XO_CORRUPT;
    for (int i = 0; i < MOST_LOOKS && status == XO_CORRUPT; i++) {
        status = xo_file_size(reader->file, &reader->file_bytes);
        if (status != XO_OK || (status = xo_file_read(reader->file, 0, page, sizeof page, &done)) != XO_OK) {
            return status;
        }
        status = xo_file_header_load(page, done, &reader->header);
    }
    return status;
}

static void
take_counts(xo_reader *reader, const xo_chunk_index *index)
{
    reader->output_count += index->outputs.count;
    if (index->last_object > reader->last_object) {
        reader->last_object = index->last_object;
    }
    if (index->last_frame > reader->last_frame) {
        reader->last_frame = index->last_frame;
    }
}

/* Definitions and counts that stand in the last chunk are known only when it is decoded; when that can't be done,
 * what its header says must do. */
static xo_status
look_at_last_chunk(xo_reader *reader, uint64_t *newest_definition)
{
    xo_chunk_index *index;
    *newest_definition = 0;
    if (reader->chunks.count == 0) {
        return XO_OK;
    }
    xo_status status = xo_reader_chunk_index(reader, reader->chunks.count - 1, &index);
    const xo_log_chunk *chunk = &reader->chunks.items[reader->chunks.count - 1];
    reader->output_count = chunk->output_count;
    reader->last_object = chunk->header.last_object;
    reader->last_frame = chunk->header.last_frame;
    *newest_definition = chunk->header.definition;
    if (status != XO_OK) {
        return status == XO_CORRUPT ? XO_OK : status;
    }
    take_counts(reader, index);
    if (index->last_definition != 0) {
        *newest_definition = index->last_definition;
    }
    return XO_OK;
}

static xo_status
load_by_scan(xo_reader *reader)
{
    uint64_t newest;
    xo_status status = xo_chunk_table_scan(reader);
    if (status != XO_OK || (status = look_at_last_chunk(reader, &newest)) != XO_OK) {
        return status;
    }
    return xo_definitions_load(reader, newest);
}

static xo_status
load_by_footer(xo_reader *reader)
{
    xo_status status = xo_chunk_table_from_footer(reader);
    if (status != XO_OK) {
        return status;
    }
    uint64_t newest = reader->definition;
    reader->definition = 0;
    reader->from_footer = true;
    if (reader->definition_copies.size == 0) {
        return xo_definitions_load(reader, newest);
    }
    status = xo_definitions_load_copies(reader);
    reader->definition = newest;
    return status;
}

static void
forget(xo_reader *reader)
{
    xo_definitions_free(reader);
    memset(&reader->files, 0, sizeof reader->files);
    memset(&reader->codes, 0, sizeof reader->codes);
    memset(&reader->threads, 0, sizeof reader->threads);
    memset(&reader->notes, 0, sizeof reader->notes);
    memset(&reader->late, 0, sizeof reader->late);
    reader->place_count = 0;
    reader->definition = 0;
    reader->from_footer = false;
    reader->definition_copies = (xo_slice){0};
    xo_index_cache_clear(reader);
    xo_unpacked_free(reader);
    xo_chunk_table_clear(reader);
}

/* Whether the writer of a bounded recording has given up, while it was read, what the reader began with. */
static bool
is_overtaken(xo_reader *reader)
{
    uint64_t ordinal = reader->header.base.ordinal;
    return !reader->finished && read_file_header(reader) == XO_OK && reader->header.base.ordinal != ordinal;
}

static xo_status
load_kept_part(xo_reader *reader, xo_status status)
{
    for (int again = 0; again < MOST_LOOKS && is_overtaken(reader); again++) {
        forget(reader);
        status = load_by_scan(reader);
    }
    return status;
}

void
xo_reader_rest(xo_reader *reader)
{
    if (!reader->rests) {
        reader->rests = true;
        xo_file_let_go(reader->file);
    }
}

bool
xo_reader_rests(const xo_reader *reader)
{
    return reader->rests && !reader->finished && !reader->is_own;
}

static void
wake(xo_reader *reader)
{
    if (reader->rests && !reader->is_own) {
        reader->rests = false;
        xo_file_hold(reader->file);
    }
}

static xo_status
load(xo_reader *reader)
{
    xo_status status = reader->header.complete ? load_by_footer(reader) : XO_CORRUPT;
    if (status == XO_CORRUPT) {
        forget(reader);
        status = load_kept_part(reader, load_by_scan(reader));
    }
    if (reader->finished) {
        xo_reader_rest(reader);
    }
    return status;
}

/* `hold`: what can be read now, nobody takes away. */
static xo_status
open_within(const char *path, uint64_t most_seen_bytes, bool hold, xo_reader **out)
{
    xo_status status;
    *out = NULL;
    xo_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL) {
        return XO_NO_MEMORY;
    }
    reader->file = XO_NO_FILE;
    reader->most_seen_bytes = most_seen_bytes;
    reader->seed = xo_mix(xo_wall_clock_ns() ^ (uint64_t)(uintptr_t)reader);
    if ((status = xo_file_open(path, &reader->file)) != XO_OK) {
        goto fail;
    }
    reader->is_own = !hold;
    reader->rests = true;
    wake(reader);
    if ((status = read_file_header(reader)) != XO_OK) {
        goto fail;
    }
    xo_chunk_table_clear(reader);
    if ((status = load(reader)) != XO_OK) {
        goto fail;
    }
    *out = reader;
    return XO_OK;

fail:
    xo_reader_close(reader);
    return status;
}

xo_status
xo_reader_open(const char *path, xo_reader **out)
{
    return open_within(path, MOST_SEEN_BYTES, true, out);
}

xo_status
xo_reader_open_own(const char *path, uint64_t most_seen_bytes, xo_reader **out)
{
    return open_within(path, most_seen_bytes, false, out);
}

/* The last chunk has grown, or was closed since. */
static xo_status
refresh_tail(xo_reader *reader)
{
    xo_log_chunk *chunk = &reader->chunks.items[reader->chunks.count - 1];
    xo_status status = xo_chunk_refresh(reader, chunk);
    if (status != XO_OK || (status = xo_tail_extend(reader)) != XO_OK) {
        return status;
    }
    if (chunk->header.closed && reader->tail->stopped == XO_OK) {
        reader->scan_offset = xo_chunk_end(chunk->offset, chunk->header.stored_bytes);
        xo_tail_retire(reader);
    }
    return XO_OK;
}

/* The header page is read anew; what is there already stays. */
static xo_status
go_on(xo_reader *reader, uint64_t base_ordinal)
{
    xo_status status = XO_OK;
    if (reader->header.base.ordinal != base_ordinal) {
        forget(reader); /* the oldest part is gone: the table begins elsewhere */
    } else {
        status = xo_moved_follow(reader);
    }
    if (status == XO_OK && reader->tail != NULL) {
        status = refresh_tail(reader);
    }
    if (status == XO_OK) {
        status = load_by_scan(reader);
    }
    return load_kept_part(reader, status);
}

static xo_status
refresh(xo_reader *reader)
{
    uint64_t base_ordinal = reader->header.base.ordinal;
    xo_status status = read_file_header(reader);
    if (status != XO_OK) {
        return status;
    }
    if (reader->header.complete && reader->gap.from != 0) { /* nothing need be where it was */
        forget(reader);
        return load(reader);
    }
    return go_on(reader, base_ordinal);
}

xo_status
xo_reader_refresh(xo_reader *reader, bool *grew)
{
    uint64_t steps = reader->steps;
    uint64_t log_end = reader->log_end;
    xo_status status = XO_OK;
    if (!reader->finished) {
        wake(reader);
        status = refresh(reader);
    }
    if (grew != NULL) {
        *grew = reader->steps != steps || reader->log_end != log_end;
    }
    return status;
}

void
xo_reader_info(const xo_reader *reader, xo_info *out)
{
    *out = (xo_info){
        .format_version = reader->header.version,
        .complete = reader->finished,
        .ended_early = reader->header.ended_early,
        .steps = reader->steps,
        .first_step = reader->header.base.first_step,
        .threads = reader->threads.count,
        .files = reader->files.count,
        .codes = reader->codes.count,
        .objects = reader->last_object,
        .frames = reader->last_frame,
        .chunks = reader->chunks.count,
        .file_bytes = reader->file_bytes,
        .log_bytes = reader->log_end - XO_FIRST_LOG_POSITION,
        .damaged_bytes = reader->damaged_bytes,
    };
    uint64_t rest = out->log_bytes + out->damaged_bytes;
    uint64_t used = reader->finished || reader->chunks.count == 0 ? reader->file_bytes : reader->scan_offset;
    out->index_bytes = used > rest ? used - rest : 0;
}

xo_status
xo_reader_note(xo_reader *reader, const char *key, const char **text, size_t *size_bytes)
{
    size_t key_bytes = strlen(key);
    for (size_t i = reader->notes.count; i-- > 0;) {
        const xo_note_entry *note = &reader->notes.items[i];
        if (note->key.size == key_bytes && memcmp(note->owned_key, key, key_bytes) == 0) {
            *text = note->owned_text;
            *size_bytes = (size_t)note->text.size;
            return XO_OK;
        }
    }
    return XO_NOT_FOUND;
}
