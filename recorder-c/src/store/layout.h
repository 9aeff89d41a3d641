/* The fixed parts of a file: the header page and the headers of chunks. FORMAT.md is their documentation. */
#ifndef XO_LAYOUT_H
#define XO_LAYOUT_H

#include "codec.h"
#include "execorder/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define XO_PAGE_BYTES 4096u
#define XO_FILE_HEADER_BYTES 172u
#define XO_CHUNK_HEADER_BYTES 144u
#define XO_CHUNK_MAGIC_BYTES 4u
#define XO_GAP_OFFSET 176u
#define XO_GAP_BYTES 20u
#define XO_CHUNK_ALIGNMENT 8u
#define XO_PUBLISHED_OFFSET 88u

/* So many log chunks share an index block of level 1, so many blocks of a level one of the next. */
#define XO_INDEX_FAN 64u
#define XO_INDEX_LEVELS 4u

/* The first version whose summaries and index blocks have room for a filter of slots. */
#define XO_SLOTS_SINCE 3u
/* The first one whose growing recordings may have a gap. */
#define XO_GAP_SINCE 5u

/* Where a recording begins whose oldest part is gone. */
typedef struct xo_base {
    uint64_t offset; /* of its first chunk; 0: nothing is gone */
    uint64_t ordinal;
    uint64_t position;
    uint64_t first_step;
    uint64_t output_count;
} xo_base;

/* Between the chunks that were moved to where they stay and those that were not yet. */
typedef struct {
    uint64_t from; /* file offsets; 0: there is none */
    uint64_t to;
} xo_gap;

typedef struct {
    uint32_t version;
    uint32_t oldest_reader;
    uint64_t process;
    uint64_t created_ns;
    bool complete; /* the two fields below hold only then */
    uint64_t footer_offset;
    uint64_t file_bytes;
    xo_status ended_early; /* XO_OK: not, as far as is known */
    xo_base base;
    xo_gap gap; /* not of a complete one */
} xo_file_header;

/* All but the gap. */
void xo_file_header_store(const xo_file_header *header, uint8_t out[XO_FILE_HEADER_BYTES]);
void xo_gap_store(const xo_gap *gap, uint8_t out[XO_GAP_BYTES]);
/* Reads the first `size` bytes of a file. A header whose second half is damaged is an incomplete one. */
xo_status xo_file_header_load(const uint8_t *bytes, size_t size, xo_file_header *out);

typedef enum {
    XO_CHUNK_LOG = 1,
    XO_CHUNK_INDEX = 2,
    XO_CHUNK_FOOTER = 3,
} xo_chunk_kind;

typedef struct {
    uint8_t kind;
    uint8_t codec;
    uint8_t level;
    uint64_t ordinal;
    uint64_t position;
    uint64_t first_step;
    uint64_t last_object;
    uint64_t last_frame;
    uint64_t definition;
    uint64_t output;
    uint64_t output_count;
    uint32_t table_bytes;
    uint32_t table_crc;
    uint32_t packed_bytes; /* with a codec: size of the start table and the records as they are stored */
    bool closed; /* the fields below hold only then */
    uint64_t published;
    uint64_t log_bytes;
    uint64_t summary_bytes;
    uint64_t step_count;
    uint64_t stored_bytes;
    uint32_t records_crc; /* of the start table and the records */
    uint32_t summary_crc;
} xo_chunk_header;

/* Stores the fields that are known when the chunk is opened; the others become zero. */
void xo_chunk_header_open(const xo_chunk_header *header, uint8_t *out);
/* Stores the fields that are known when it is closed. */
void xo_chunk_header_close(const xo_chunk_header *header, uint8_t *out);
/* XO_NOT_FOUND when no chunk starts here, XO_TOO_NEW when it is stored in a way that isn't known. */
xo_status xo_chunk_header_load(const uint8_t *bytes, xo_chunk_header *out);

/* The file offset behind a chunk at `offset`, where the next one starts. */
static inline uint64_t
xo_chunk_end(uint64_t offset, uint64_t stored_bytes)
{
    uint64_t end = offset + XO_CHUNK_HEADER_BYTES + stored_bytes;
    return (end + XO_CHUNK_ALIGNMENT - 1) & ~(uint64_t)(XO_CHUNK_ALIGNMENT - 1);
}

#endif
