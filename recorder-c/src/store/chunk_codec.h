/* Compressing the start table and the records of a chunk, and the opposite. */
#ifndef XO_CHUNK_CODEC_H
#define XO_CHUNK_CODEC_H

#include "codec.h"
#include "columns.h"

/* What compresses one chunk after the other: begun with a packer and zeros. */
typedef struct {
    xo_packer *packer; /* borrowed */
    xo_buffer columns[XO_COLUMNS];
    xo_buffer rest;   /* the short ones */
    xo_buffer frames; /* all columns, compressed */
    xo_buffer out;
} xo_chunk_packer;

void xo_chunk_packer_free(xo_chunk_packer *packer);

/* Compresses `size` bytes, the first `table_bytes` of which are the start table. *out is borrowed until the next call.
 * *codec says how they are stored then; XO_NOT_FOUND when nothing is gained. */
xo_status xo_chunk_pack(xo_chunk_packer *packer, const uint8_t *bytes, size_t size, size_t table_bytes,
                        const uint8_t **out, size_t *out_size, xo_codec *codec);

/* Unpacks what is stored by `codec`, which isn't XO_CODEC_NONE; XO_CORRUPT unless exactly `size` bytes come out. *unpacker,
 * NULL at first, is made when it is needed, and the caller's. */
xo_status xo_chunk_unpack_bytes(xo_unpacker **unpacker, xo_codec codec, const uint8_t *packed, size_t packed_size, uint8_t *out, size_t size);

#endif
