/* After the fact: a finished recording is written once more, with filters, its chunks compressed, and takes the place of
 * the first. Until then the first is there, complete; who has it open keeps it. One that was removed comes back by it. */
#include "writer_filters.h"
#include "writer_private.h"

#include "bytes.h"

#include "chunk_codec.h"
#include "crc32c.h"
#include "definitions.h"

#include <stdlib.h>

typedef struct {
    xo_writer *writer;
    xo_file file;       /* the new one */
    xo_packer *packer;  /* owned; NULL: chunks are copied as they are */
    xo_chunk_packer chunks;
    uint64_t end;       /* of the new file */
    uint8_t *room;      /* owned: a chunk */
    size_t room_bytes;
    xo_filter_maker filters;
    xo_buffer filter, summary; /* of that chunk, as they will be */
    xo_buffer definitions;     /* as the footer will have them */
} packing;

/* Reads the chunk at `offset` with its header. */
static xo_status
read_chunk(packing *pack, uint64_t offset, xo_chunk_header *header)
{
    uint8_t head[XO_CHUNK_HEADER_BYTES];
    size_t done;
    xo_file from = pack->writer->own->file;
    xo_status status = xo_file_read(from, offset, head, sizeof head, &done);
    if (status != XO_OK || done < sizeof head || (status = xo_chunk_header_load(head, header)) != XO_OK) {
        return status != XO_OK ? status : XO_CORRUPT;
    }
    uint64_t size = XO_CHUNK_HEADER_BYTES + header->stored_bytes;
    if (size > pack->room_bytes) {
        uint8_t *larger = realloc(pack->room, (size_t)size);
        if (larger == NULL) {
            return XO_NO_MEMORY;
        }
        pack->room = larger;
        pack->room_bytes = (size_t)size;
    }
    status = xo_file_read(from, offset, pack->room, (size_t)size, &done);
    return status == XO_OK && done < size ? XO_CORRUPT : status;
}

/* Puts the filter behind the first `at` bytes of a summary, where its size stands: 0 so far. */
static xo_status
put_filter(packing *pack, const uint8_t *summary, size_t size, size_t at)
{
    xo_buffer *out = &pack->summary;
    if (at + 4 > size || xo_load_u32(summary + at) != 0 || pack->filter.size > UINT32_MAX / 2) {
        return XO_CORRUPT;
    }
    out->size = 0;
    xo_buffer_put(out, summary, at);
    xo_buffer_put(out, pack->filter.bytes, pack->filter.size);
    xo_buffer_u32(out, (uint32_t)pack->filter.size);
    xo_buffer_put(out, summary + at + 4, size - at - 4);
    return out->failed ? XO_NO_MEMORY : XO_OK;
}

/* The end of a log chunk's summary is its object table, with its size. */
static xo_status
put_chunk_filter(packing *pack, const uint8_t *summary, size_t size)
{
    size_t rest = size < 8 ? size : xo_load_u32(summary + size - 4) + (size_t)8;
    return rest > size ? XO_CORRUPT : put_filter(pack, summary, size, size - rest);
}

/* Writes a chunk: header, start table and records as they are given, pack->summary. */
static xo_status
write_chunk(packing *pack, xo_chunk_header *header, const uint8_t *records, size_t records_size)
{
    uint8_t head[XO_CHUNK_HEADER_BYTES];
    const xo_buffer *summary = &pack->summary;
    header->summary_bytes = summary->size;
    header->stored_bytes = records_size + summary->size;
    header->records_crc = xo_crc32c(records, records_size);
    header->summary_crc = xo_crc32c(summary->bytes, summary->size);
    xo_chunk_header_open(header, head);
    xo_chunk_header_close(header, head);
    xo_status status = xo_file_write(pack->file, pack->end, head, sizeof head);
    if (status == XO_OK) {
        status = xo_file_write(pack->file, pack->end + sizeof head, records, records_size);
    }
    if (status == XO_OK) {
        status = xo_file_write(pack->file, pack->end + sizeof head + records_size, summary->bytes, summary->size);
    }
    pack->end = xo_chunk_end(pack->end, header->stored_bytes);
    return status;
}

static xo_status
move_log_chunk(packing *pack, size_t chunk)
{
    xo_chunk_header header;
    uint64_t *offset = &pack->writer->own->chunks[chunk].offset;
    xo_status status = read_chunk(pack, *offset, &header);
    if (status != XO_OK) {
        return status;
    }
    const uint8_t *records = pack->room + XO_CHUNK_HEADER_BYTES;
    size_t records_size = (size_t)(header.table_bytes + header.log_bytes);
    xo_filter_of_chunk(&pack->filters, chunk, &pack->filter);
    status = put_chunk_filter(pack, records + records_size, (size_t)header.summary_bytes);
    if (status != XO_OK) {
        return status;
    }
    *offset = pack->end;
    xo_codec codec;
    status = pack->packer == NULL ? XO_NOT_FOUND
                                  : xo_chunk_pack(&pack->chunks, records, records_size, header.table_bytes, &records,
                                                  &records_size, &codec);
    if (status == XO_OK) {
        header.codec = codec;
        header.packed_bytes = (uint32_t)records_size;
    }
    return status == XO_OK || status == XO_NOT_FOUND ? write_chunk(pack, &header, records, records_size) : status;
}

static xo_status
move_block(packing *pack, size_t index)
{
    xo_chunk_header header;
    xo_written_index *block = &pack->writer->own->indexes[index];
    xo_status status = read_chunk(pack, block->offset, &header);
    if (status != XO_OK) {
        return status;
    }
    size_t size = (size_t)header.stored_bytes;
    pack->filter.size = 0;
    if (block->level == 1) {
        xo_filter_of_group(&pack->filters, &pack->filter);
    }
    status = size < 4 ? XO_CORRUPT : put_filter(pack, pack->room + XO_CHUNK_HEADER_BYTES, size, size - 4);
    block->offset = pack->end;
    return status != XO_OK ? status : write_chunk(pack, &header, NULL, 0);
}

/* Log chunks and index blocks in the order in which they stand. */
static xo_status
move_chunks(packing *pack)
{
    xo_writer_private *own = pack->writer->own;
    size_t index = 0;
    xo_status status = XO_OK;
    for (size_t chunk = 0; chunk < own->chunk_count && status == XO_OK; chunk++) {
        uint64_t here = own->chunks[chunk].offset;
        for (; index < own->index_count && own->indexes[index].offset < here && status == XO_OK; index++) {
            status = move_block(pack, index);
        }
        if (status == XO_OK) {
            status = move_log_chunk(pack, chunk);
        }
    }
    for (; index < own->index_count && status == XO_OK; index++) {
        status = move_block(pack, index);
    }
    return status;
}

/* They only help those who open it, and have to fit into the room that is left. */
static void
copy_definitions(packing *pack)
{
    xo_reader *reader = pack->filters.reader;
    xo_buffer *out = &pack->definitions;
    if (reader == NULL || xo_definition_copies_put(reader, pack->packer, out) != XO_OK
        || out->size > pack->filters.left_bytes) {
        out->size = 0;
    }
}

static xo_status
write_ends(packing *pack)
{
    xo_writer *writer = pack->writer;
    uint64_t footer = pack->end;
    uint8_t page[XO_PAGE_BYTES] = {0};
    copy_definitions(pack);
    xo_status status = xo_footer_write(writer, &pack->definitions, pack->file, &pack->end);
    if (status != XO_OK) {
        return status;
    }
    xo_file_header header = xo_writer_header(writer);
    header.base.offset = header.base.offset != 0 ? XO_PAGE_BYTES : 0;
    header.complete = true;
    header.footer_offset = footer;
    header.file_bytes = pack->end;
    xo_file_header_store(&header, page);
    status = xo_file_write(pack->file, 0, page, sizeof page);
    return status != XO_OK ? status : xo_file_truncate(pack->file, pack->end);
}

static xo_status
write_all(packing *pack)
{
    xo_status status = move_chunks(pack);
    return status != XO_OK ? status : write_ends(pack);
}

/* A name next to the recording's, which the recording's reader would not take for one. */
static char *
name_beside(const char *path)
{
    static const char ending[] = ".packing";
    size_t size = strlen(path);
    char *name = malloc(size + sizeof ending);
    if (name != NULL) {
        memcpy(name, path, size);
        memcpy(name + size, ending, sizeof ending);
    }
    return name;
}

/* A recording with a bound stays within it. */
static uint64_t
room_for_filters(const xo_writer_private *own)
{
    uint64_t size = XO_PAGE_BYTES + own->closed_end - own->base.offset;
    return own->max_bytes == 0 ? UINT64_MAX : size > own->max_bytes ? 0 : own->max_bytes - size;
}

static xo_status
pack_beside(packing *pack, const char *path, const char *beside)
{
    bool unseen;
    xo_status status = xo_file_create_unseen(beside, &pack->file, &unseen);
    if (status != XO_OK) {
        return status;
    }
    xo_filters_open(&pack->filters, path, room_for_filters(pack->writer->own));
    status = write_all(pack);
    xo_filters_close(&pack->filters);
    if (status == XO_OK && unseen) {
        status = xo_file_show(pack->file, beside);
    }
    xo_file_close(&pack->file);
    if (status == XO_OK) {
        status = xo_file_replace(path, beside);
    }
    if (status != XO_OK) {
        xo_file_remove(beside);
    }
    return status;
}

xo_status
xo_writer_pack(xo_writer *writer, bool compress)
{
    const char *path = writer->own->path;
    packing pack = {.writer = writer, .file = XO_NO_FILE, .end = XO_PAGE_BYTES};
    if (!xo_file_is_at(writer->own->file, path) && !xo_file_is_removed(writer->own->file, path)) {
        return XO_OK; /* it was moved or replaced: that was somebody's wish */
    }
    if (compress && xo_codec_is_there() && (pack.packer = xo_packer_create()) == NULL) {
        return XO_NO_MEMORY;
    }
    pack.chunks.packer = pack.packer;
    char *beside = name_beside(path);
    xo_status status = beside == NULL ? XO_NO_MEMORY : pack_beside(&pack, path, beside);
    free(beside);
    free(pack.room);
    xo_buffer_free(&pack.filter);
    xo_buffer_free(&pack.summary);
    xo_buffer_free(&pack.definitions);
    xo_chunk_packer_free(&pack.chunks);
    xo_packer_free(pack.packer);
    return status;
}
