/* Mappings of the file. A recording that grows gets further ones; the old ones stay, as texts in them are lent out. */
#include "reader_private.h"

/* Looking at one byte brings as many into memory, on Linux at most. */
#define LEAST_SEEN_BYTES 65536u

static xo_status
add_segment(xo_reader *reader, uint64_t offset)
{
    xo_segment segment = {.offset = offset & ~(uint64_t)(XO_MAP_ALIGNMENT - 1)};
    uint64_t bytes = reader->file_bytes - segment.offset;
    if (bytes > SIZE_MAX || !xo_marks_room(&reader->segments)) {
        return XO_NO_MEMORY;
    }
    segment.bytes = (size_t)bytes;
    xo_status status = xo_file_map(reader->file, segment.offset, segment.bytes, false, &segment.map);
    if (status != XO_OK) {
        return status;
    }
    reader->segments.items[reader->segments.count++] = segment;
    return XO_OK;
}

static const xo_segment *
find_segment(const xo_reader *reader, uint64_t offset, uint64_t bytes)
{
    for (size_t i = reader->segments.count; i-- > 0;) {
        const xo_segment *segment = &reader->segments.items[i];
        if (offset >= segment->offset && offset + bytes <= segment->offset + segment->bytes) {
            return segment;
        }
    }
    return NULL;
}

xo_status
xo_segments_map(xo_reader *reader, uint64_t offset, uint64_t bytes, const uint8_t **out)
{
    if (offset > reader->file_bytes || bytes > reader->file_bytes - offset) {
        return XO_CORRUPT;
    }
    const xo_segment *segment = find_segment(reader, offset, bytes);
    if (segment == NULL) {
        xo_status status = add_segment(reader, offset);
        if (status != XO_OK) {
            return status;
        }
        segment = &reader->segments.items[reader->segments.count - 1];
    }
    *out = segment->map + (offset - segment->offset);
    return XO_OK;
}

void
xo_segments_see(xo_reader *reader, uint64_t bytes)
{
    reader->seen_bytes += bytes + LEAST_SEEN_BYTES;
    if (reader->seen_bytes < reader->most_seen_bytes || reader->file_bytes < reader->most_seen_bytes) {
        return;
    }
    for (size_t i = 0; i < reader->segments.count; i++) {
        xo_file_map_forget(reader->segments.items[i].map, reader->segments.items[i].bytes);
    }
    reader->seen_bytes = 0;
    reader->forgotten++;
}
