/* Passing over the bodies of records. */
#ifndef XO_RECORD_SKIP_H
#define XO_RECORD_SKIP_H

#include "record.h"

/* What follows number and distance in the record of an object. */
xo_status xo_change_skip(const uint8_t **at, const uint8_t *limit, uint8_t op);
/* Of an image, what stands between its kind and its attributes. */
xo_status xo_image_contents_skip(const uint8_t **at, const uint8_t *limit, uint8_t kind);
/* What follows the distance in a definition, a note or output. */
xo_status xo_chained_skip(const uint8_t **at, const uint8_t *limit, uint8_t op);

/* Of the contents of a buffer, all but the memory. */
xo_status xo_buffer_head_skip(const uint8_t **at, const uint8_t *limit, uint64_t *flags);

#endif
