#include "chunk_codec.h"

#include "varint.h"

#include <stdlib.h>

/* A shorter column isn't worth a zstd frame of its own. */
#define OWN_FRAME_BYTES 512u

void
xo_chunk_packer_free(xo_chunk_packer *packer)
{
    for (int i = 0; i < XO_COLUMNS; i++) {
        xo_buffer_free(&packer->columns[i]);
    }
    xo_buffer_free(&packer->rest);
    xo_buffer_free(&packer->frames);
    xo_buffer_free(&packer->out);
}

/* In a smaller chunk, the columns' sizes may take more room than is gained. */
#define WORTH_IT_BYTES 8192u
/* A larger one is mostly one record, and there is a program that needs the memory. */
#define MOST_BYTES (4u << 20)

/* Columns of more bytes than this for `size` bytes nobody writes, and nobody has to believe. Before they are compressed they
 * may take more room than the records: references to objects that are not recent take a third more. */
static uint64_t
most_bytes(size_t size)
{
    return 2 * (uint64_t)size + 64;
}

static bool
are_believable(const xo_buffer columns[XO_COLUMNS], size_t size)
{
    uint64_t sum = 0;
    for (int i = XO_RECORDS + 1; i < XO_COLUMNS; i++) {
        sum += columns[i].size;
    }
    return sum <= most_bytes(size);
}

/* One frame, and its size in front of all frames. What zstd can't make smaller stays as it is: its size tells. */
static xo_status
put_frame(xo_chunk_packer *packer, const xo_buffer *from)
{
    const uint8_t *bytes = from->bytes;
    size_t size = from->size;
    xo_status status = xo_pack(packer->packer, from->bytes, from->size, &bytes, &size);
    xo_buffer_varint(&packer->out, size);
    xo_buffer_put(&packer->frames, bytes, size);
    return status == XO_NOT_FOUND ? XO_OK : status;
}

static xo_status
put_columns(xo_chunk_packer *packer)
{
    xo_status status = XO_OK;
    packer->rest.size = packer->frames.size = packer->out.size = 0;
    for (int i = XO_RECORDS + 1; i < XO_COLUMNS; i++) {
        xo_buffer_varint(&packer->out, packer->columns[i].size);
    }
    for (int i = XO_RECORDS + 1; i < XO_COLUMNS && status == XO_OK; i++) {
        const xo_buffer *column = &packer->columns[i];
        if (column->size < OWN_FRAME_BYTES) {
            xo_buffer_put(&packer->rest, column->bytes, column->size);
        } else {
            status = put_frame(packer, column);
        }
    }
    status = status == XO_OK ? put_frame(packer, &packer->rest) : status;
    xo_buffer_put(&packer->out, packer->frames.bytes, packer->frames.size);
    return status != XO_OK ? status : packer->out.failed || packer->frames.failed || packer->rest.failed ? XO_NO_MEMORY
                                                                                                         : XO_OK;
}

xo_status
xo_chunk_pack(xo_chunk_packer *packer, const uint8_t *bytes, size_t size, size_t table_bytes, const uint8_t **out,
              size_t *out_size, xo_codec *codec)
{
    if (size == 0 || size > XO_LARGEST_PACKED) {
        return XO_NOT_FOUND;
    }
    xo_status status = size > MOST_BYTES ? XO_CORRUPT : xo_columns_split(bytes, size, table_bytes, packer->columns);
    if (status == XO_OK && !are_believable(packer->columns, size)) {
        status = XO_CORRUPT;
    }
    bool is_split = status == XO_OK; /* XO_CORRUPT: not records as we write them, or too many bytes */
    status = is_split ? put_columns(packer) : status;
    if (status != XO_OK && status != XO_CORRUPT) {
        return status;
    }
    if (!is_split || size < WORTH_IT_BYTES) {
        status = xo_pack(packer->packer, bytes, size, out, out_size);
        if (!is_split || (status == XO_OK && *out_size <= packer->out.size)) {
            *codec = XO_CODEC_ZSTD;
            return status;
        }
    }
    if (packer->out.size >= size) {
        return XO_NOT_FOUND;
    }
    *codec = XO_CODEC_COLUMNS;
    *out = packer->out.bytes;
    *out_size = packer->out.size;
    return XO_OK;
}

typedef struct {
    xo_unpacker *unpacker;
    const uint8_t *sizes; /* where the next frame's size stands */
    const uint8_t *frame; /* where the next frame begins */
    const uint8_t *limit;
} frames;

static xo_status
unpack_frame(frames *from, uint8_t *out, size_t size)
{
    uint64_t packed;
    if (xo_varint_read(&from->sizes, from->limit, &packed) != XO_OK || packed > (uint64_t)(from->limit - from->frame)) {
        return XO_CORRUPT;
    }
    const uint8_t *frame = from->frame;
    from->frame += packed;
    if (packed == size) {
        memcpy(out, frame, size);
        return XO_OK;
    }
    return xo_unpack(from->unpacker, frame, (size_t)packed, out, size);
}

/* Where frames begin: behind their sizes. */
static xo_status
find_frames(frames *from, const xo_slice columns[XO_COLUMNS])
{
    uint64_t size;
    from->frame = from->sizes;
    for (int i = XO_RECORDS; i < XO_COLUMNS; i++) { /* one for each long column and one for the others */
        if ((i == XO_RECORDS || columns[i].size >= OWN_FRAME_BYTES)
            && xo_varint_read(&from->frame, from->limit, &size) != XO_OK) {
            return XO_CORRUPT;
        }
    }
    return XO_OK;
}

/* Into `room`, the short ones last. */
static xo_status
unpack_columns(frames *from, uint8_t *room, size_t room_bytes, xo_slice columns[XO_COLUMNS])
{
    uint8_t *next = room;
    for (int i = XO_RECORDS + 1; i < XO_COLUMNS; i++) {
        if (columns[i].size >= OWN_FRAME_BYTES) {
            if (unpack_frame(from, next, (size_t)columns[i].size) != XO_OK) {
                return XO_CORRUPT;
            }
            columns[i].bytes = next;
            next += columns[i].size;
        }
    }
    uint8_t *rest = next;
    for (int i = XO_RECORDS + 1; i < XO_COLUMNS; i++) {
        if (columns[i].size < OWN_FRAME_BYTES) {
            columns[i].bytes = next;
            next += columns[i].size;
        }
    }
    return unpack_frame(from, rest, room_bytes - (size_t)(rest - room));
}

static xo_status
join(frames *from, uint8_t *out, size_t size)
{
    xo_slice columns[XO_COLUMNS] = {{NULL, 0}};
    uint64_t sum = 0;
    for (int i = XO_RECORDS + 1; i < XO_COLUMNS; i++) {
        if (xo_varint_read(&from->sizes, from->limit, &columns[i].size) != XO_OK
            || columns[i].size > most_bytes(size) - sum) {
            return XO_CORRUPT;
        }
        sum += columns[i].size;
    }
    if (find_frames(from, columns) != XO_OK) {
        return XO_CORRUPT;
    }
    uint8_t *room = malloc((size_t)sum + 1);
    if (room == NULL) {
        return XO_NO_MEMORY;
    }
    xo_status status = unpack_columns(from, room, (size_t)sum, columns);
    status = status == XO_OK ? xo_columns_join(columns, out, size) : status;
    free(room);
    return status;
}

xo_status
xo_chunk_unpack_bytes(xo_unpacker **unpacker, xo_codec codec, const uint8_t *packed, size_t packed_size, uint8_t *out,
                      size_t size)
{
    if (!xo_codec_is_there()) {
        return XO_NO_CODEC;
    }
    if (*unpacker == NULL && (*unpacker = xo_unpacker_create()) == NULL) {
        return XO_NO_MEMORY;
    }
    frames from = {*unpacker, packed, NULL, packed + packed_size};
    return codec == XO_CODEC_COLUMNS ? join(&from, out, size) : xo_unpack(*unpacker, packed, packed_size, out, size);
}
