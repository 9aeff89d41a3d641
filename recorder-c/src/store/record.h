/* The records of the log, as far as they can be understood by themselves. */
#ifndef XO_RECORD_H
#define XO_RECORD_H

#include "execorder/format.h"
#include "varint.h"

#include <stdbool.h>

/* No buffer has more: CPython and numpy allow 64. */
#define XO_MAX_DIMENSIONS 64u

/* Moves *at past one value. */
xo_status xo_value_skip(const uint8_t **at, const uint8_t *limit);
xo_status xo_values_skip(const uint8_t **at, const uint8_t *limit, uint64_t count);

typedef struct {
    const uint8_t *bytes; /* borrowed */
    uint64_t size;
} xo_slice;

/* varint size, bytes */
xo_status xo_slice_read(const uint8_t **at, const uint8_t *limit, xo_slice *out);

typedef struct {
    uint8_t op;
    uint64_t number;   /* of the object, frame, thread or slot that the record speaks of */
    uint64_t distance; /* back to the previous record of the object or of the chain; 0: none */
    uint32_t code;     /* frames: */
    int64_t line;      /* also of line steps: the difference */
    uint64_t globals, locals;
    uint64_t count;    /* of values, of line steps in LINES */
    const uint8_t *operands; /* what follows the fields above */
    const uint8_t *end;
} xo_record;

/* Reads the record at `at`; all of it lies before `limit`. */
xo_status xo_record_read(const uint8_t *at, const uint8_t *limit, xo_record *out);

/* The same of an ENTER or FRAME record, but without looking at its values: `end` isn't set. */
xo_status xo_frame_head_read(const uint8_t *at, const uint8_t *limit, xo_record *out);

/* One of the line steps inside LINES. */
typedef struct {
    int64_t delta;
    uint64_t bind_count;
    const uint8_t *binds; /* bind_count times: varint slot, value */
    const uint8_t *end;
} xo_packed_line;
xo_status xo_packed_line_read(const uint8_t *at, const uint8_t *limit, xo_packed_line *out);

static inline bool
xo_op_is_object(uint8_t op)
{
    return (op >= XO_OP_IMAGE && op <= XO_OP_UNKNOWN) || op == XO_OP_BYTES_SPLICE;
}

static inline bool
xo_op_is_definition(uint8_t op)
{
    return op >= XO_OP_DEFINE_FILE && op <= XO_OP_NOTE;
}

#endif
