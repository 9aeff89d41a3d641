/* After the fact: a finished recording is written once more, its chunks compressed, and takes the place of the first.
 * Until then the first is there, complete; who has it open keeps it. */
#include "writer_private.h"

#include "codec.h"
#include "crc32c.h"

#include <stdlib.h>

typedef struct {
    xo_writer *writer;
    xo_file file;       /* the new one */
    xo_packer *packer;  /* NULL: chunks are copied as they are */
    uint64_t end;       /* of the new file */
    uint8_t *room;      /* owned: a chunk */
    size_t room_bytes;
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

/* The same chunk with its start table and records compressed: header, those, the summary as it was. */
static xo_status
write_packed(packing *pack, xo_chunk_header *header, const uint8_t *packed, size_t packed_size)
{
    uint8_t head[XO_CHUNK_HEADER_BYTES];
    const uint8_t *summary = pack->room + XO_CHUNK_HEADER_BYTES + header->table_bytes + header->log_bytes;
    header->codec = XO_CODEC_ZSTD;
    header->packed_bytes = (uint32_t)packed_size;
    header->stored_bytes = packed_size + header->summary_bytes;
    header->records_crc = xo_crc32c(packed, packed_size);
    xo_chunk_header_open(header, head);
    xo_chunk_header_close(header, head);
    xo_status status = xo_file_write(pack->file, pack->end, head, sizeof head);
    if (status == XO_OK) {
        status = xo_file_write(pack->file, pack->end + sizeof head, packed, packed_size);
    }
    return status != XO_OK ? status
                           : xo_file_write(pack->file, pack->end + sizeof head + packed_size, summary,
                                           (size_t)header->summary_bytes);
}

static xo_status
move_chunk(packing *pack, uint64_t *offset)
{
    xo_chunk_header header;
    const uint8_t *packed;
    size_t packed_size;
    xo_status status = read_chunk(pack, *offset, &header);
    if (status != XO_OK) {
        return status;
    }
    *offset = pack->end;
    bool is_log = header.kind == XO_CHUNK_LOG && pack->packer != NULL;
    status = !is_log ? XO_NOT_FOUND
                     : xo_pack(pack->packer, pack->room + XO_CHUNK_HEADER_BYTES,
                               (size_t)(header.table_bytes + header.log_bytes), &packed, &packed_size);
    if (status == XO_OK) {
        status = write_packed(pack, &header, packed, packed_size);
    } else if (status == XO_NOT_FOUND) {
        status = xo_file_write(pack->file, pack->end, pack->room, (size_t)(XO_CHUNK_HEADER_BYTES + header.stored_bytes));
    }
    pack->end = xo_chunk_end(pack->end, header.stored_bytes);
    return status;
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
            status = move_chunk(pack, &own->indexes[index].offset);
        }
        if (status == XO_OK) {
            status = move_chunk(pack, &own->chunks[chunk].offset);
        }
    }
    for (; index < own->index_count && status == XO_OK; index++) {
        status = move_chunk(pack, &own->indexes[index].offset);
    }
    return status;
}

static xo_status
write_ends(packing *pack)
{
    xo_writer *writer = pack->writer;
    uint64_t footer = pack->end;
    uint8_t page[XO_PAGE_BYTES] = {0};
    xo_status status = xo_footer_write(writer, pack->file, &pack->end);
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

static xo_status
pack_beside(packing *pack, const char *path, const char *beside)
{
    xo_status status = xo_file_create(beside, &pack->file);
    if (status != XO_OK) {
        return status;
    }
    status = write_all(pack);
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
    if (!xo_file_is_at(writer->own->file, path)) {
        return XO_OK; /* it was moved or removed: that was somebody's wish */
    }
    if (compress && (pack.packer = xo_packer_create()) == NULL) {
        return XO_NO_MEMORY;
    }
    char *beside = name_beside(path);
    xo_status status = beside == NULL ? XO_NO_MEMORY : pack_beside(&pack, path, beside);
    free(beside);
    free(pack.room);
    xo_packer_free(pack.packer);
    return status;
}
