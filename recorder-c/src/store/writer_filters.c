#include "writer_filters.h"

/* The program's process does this: it takes little memory. */
#define MOST_SEEN_BYTES (4u << 20)
/* An object with more slots written counts as written as a whole: in a chunk, and in a group of chunks. */
#define MOST_OF_CHUNK 2048u
#define MOST_OF_GROUP 16384u
/* So many slots of a group are remembered. */
#define MOST_SLOTS 1000000u
/* A filter may take so many times less than the records that it is about, which are still to be compressed. */
#define LEAST_GAIN 128u
/* Or so many bytes at least. */
#define LEAST_ROOM 128u

void
xo_filters_open(xo_filter_maker *maker, const char *path, uint64_t most_bytes)
{
    *maker = (xo_filter_maker){.left_bytes = most_bytes};
    if (xo_reader_open_own(path, MOST_SEEN_BYTES, &maker->reader) != XO_OK) {
        maker->reader = NULL;
    }
}

void
xo_filters_close(xo_filter_maker *maker)
{
    xo_written_slots_free(&maker->written);
    xo_reader_close(maker->reader);
}

static void
begin_group(xo_filter_maker *maker)
{
    maker->group_is_known = true;
    maker->group_bytes = 0;
    maker->written.slots.count = 0;
}

/* What is left out of the file is known to nobody: its group can't be told, either. */
static void
give_up_chunk(xo_filter_maker *maker, xo_buffer *out)
{
    out->size = 0;
    maker->written.slots.count = 0;
    xo_number_map_free(&maker->written.lengths);
    maker->group_is_known = false;
}

/* The filter of the slots from number `first` on, unless it isn't worth its room. */
static void
put_filter(xo_filter_maker *maker, size_t first, const xo_chunk_header *header, uint64_t record_bytes, xo_buffer *out)
{
    uint64_t most = record_bytes / LEAST_GAIN > LEAST_ROOM ? record_bytes / LEAST_GAIN : LEAST_ROOM;
    if (most + 8 > maker->left_bytes) {
        most = maker->left_bytes < 8 ? 0 : maker->left_bytes - 8;
    }
    xo_written_slots_put(&maker->written, first, header, (size_t)most, out);
    if (out->failed) {
        out->size = 0;
    }
    maker->left_bytes -= out->size == 0 ? 0 : out->size + 8;
}

/* Slots of the group so far, so that there is room for more of them. */
static void
bound_group(xo_filter_maker *maker)
{
    if (maker->written.slots.count > MOST_SLOTS) {
        xo_written_slots_tidy(&maker->written, 0, MOST_OF_GROUP);
    }
    if (!maker->group_is_known || maker->written.slots.count > MOST_SLOTS / 2) {
        maker->group_is_known = false;
        maker->written.slots.count = 0;
    }
}

void
xo_filter_of_chunk(xo_filter_maker *maker, uint64_t chunk, xo_buffer *out)
{
    xo_reader *reader = maker->reader;
    out->size = 0;
    if (reader == NULL || chunk >= reader->chunks.count) {
        return;
    }
    if ((chunk + reader->header.base.ordinal) % XO_INDEX_FAN == 1) {
        begin_group(maker);
    }
    size_t first = maker->group_is_known ? maker->written.slots.count : 0;
    maker->written.slots.count = first;
    xo_question_begin(reader);
    if (xo_written_slots_gather(reader, chunk, &maker->written) != XO_OK) {
        give_up_chunk(maker, out);
        return;
    }
    const xo_log_chunk *loaded = &reader->chunks.items[chunk];
    xo_written_slots_tidy(&maker->written, first, MOST_OF_CHUNK);
    put_filter(maker, first, &loaded->header, loaded->log_bytes, out);
    maker->first = maker->group_bytes == 0 ? loaded->header : maker->first;
    maker->group_bytes += loaded->log_bytes;
    bound_group(maker);
}

void
xo_filter_of_group(xo_filter_maker *maker, xo_buffer *out)
{
    out->size = 0;
    if (!maker->group_is_known) {
        return;
    }
    xo_written_slots_tidy(&maker->written, 0, MOST_OF_GROUP);
    put_filter(maker, 0, &maker->first, maker->group_bytes, out);
    maker->group_is_known = false;
}
