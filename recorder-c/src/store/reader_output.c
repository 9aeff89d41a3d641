/* What the program printed. */
#include "reader_private.h"

#include <stdlib.h>

/* The chunk that holds output number `number`. */
static uint64_t
chunk_of_output(const xo_reader *reader, uint64_t number)
{
    uint64_t low = 0;
    uint64_t high = reader->chunks.count;
    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        if (reader->chunks.items[middle].output_count <= number) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

static xo_status
read_output(const xo_chunk_index *index, const xo_place_mark *mark, xo_output_view *out)
{
    xo_record record;
    xo_slice text;
    const uint8_t *limit = index->log + index->decoded;
    if (xo_record_read(index->log + mark->offset, limit, &record) != XO_OK) {
        return XO_CORRUPT;
    }
    const uint8_t *at = record.operands;
    int stream = *at++;
    if (xo_slice_read(&at, limit, &text) != XO_OK) {
        return XO_CORRUPT;
    }
    uint64_t steps = index->first_step + mark->steps;
    *out = (xo_output_view){
        .step = steps == 0 ? 0 : steps - 1,
        .stream = stream,
        .text = (const char *)text.bytes,
        .size_bytes = text.size,
    };
    return XO_OK;
}

static xo_status
read_outputs(xo_reader *reader, uint64_t first, xo_output_view *out, size_t wanted)
{
    size_t count = 0;
    for (uint64_t chunk = chunk_of_output(reader, first); count < wanted; chunk++) {
        xo_chunk_index *index;
        if (chunk >= reader->chunks.count) {
            return XO_CORRUPT;
        }
        xo_status status = xo_reader_chunk_index(reader, chunk, &index);
        uint64_t before = reader->chunks.items[chunk].output_count;
        if (status != XO_OK) {
            return status;
        }
        for (uint64_t i = first + count - before; i < index->outputs.count && count < wanted; i++) {
            if ((status = read_output(index, &index->outputs.items[i], &out[count++])) != XO_OK) {
                return status;
            }
        }
    }
    return XO_OK;
}

xo_status
xo_reader_output(xo_reader *reader, uint64_t first, size_t limit, xo_output_view **out, size_t *count)
{
    *out = NULL;
    *count = 0;
    first += first < reader->log_end ? reader->header.base.output_count : 0; /* they count from the first kept one */
    uint64_t there = first < reader->output_count ? reader->output_count - first : 0;
    if (there > reader->log_end) {
        return XO_CORRUPT;
    }
    size_t wanted = there < limit ? (size_t)there : limit;
    xo_output_view *views = malloc((wanted + 1) * sizeof *views);
    if (views == NULL) {
        return XO_NO_MEMORY;
    }
    xo_question_begin(reader);
    xo_status status = wanted == 0 ? XO_OK : read_outputs(reader, first, views, wanted);
    if (status != XO_OK) {
        free(views);
        return status;
    }
    *out = views;
    *count = wanted;
    return XO_OK;
}
