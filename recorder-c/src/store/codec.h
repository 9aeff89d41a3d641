/* How the records of a chunk are stored: as they are, or compressed. */
#ifndef XO_CODEC_H
#define XO_CODEC_H

#include "execorder/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
    XO_CODEC_NONE = 0,
    XO_CODEC_ZSTD = 1,
    XO_CODEC_COLUMNS = 2, /* each column by zstd */
} xo_codec;

/* Larger ones are stored as they are: nobody has to believe a small file that it holds gigabytes. */
#define XO_LARGEST_PACKED (256u << 20)

/* Whether this build can compress, and read what is compressed. */
bool xo_codec_is_there(void);

typedef struct xo_packer xo_packer;

/* What compresses one chunk after the other. NULL when memory runs out or this build can't compress. */
xo_packer *xo_packer_create(void);
void xo_packer_free(xo_packer *packer);
/* Compresses `size` bytes. *out is borrowed until the next call. XO_NOT_FOUND when nothing is gained by it. */
xo_status xo_pack(xo_packer *packer, const uint8_t *bytes, size_t size, const uint8_t **out, size_t *out_size);

typedef struct xo_unpacker xo_unpacker;

xo_unpacker *xo_unpacker_create(void);
void xo_unpacker_free(xo_unpacker *unpacker);
/* The opposite; XO_CORRUPT unless exactly `size` bytes come out. */
xo_status xo_unpack(xo_unpacker *unpacker, const uint8_t *packed, size_t packed_size, uint8_t *out, size_t size);

#endif
