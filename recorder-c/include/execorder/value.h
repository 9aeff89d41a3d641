/* A value as a recording holds it: an immutable scalar, or the number of an object. */
#ifndef EXECORDER_VALUE_H
#define EXECORDER_VALUE_H

#include <stddef.h>
#include <stdint.h>

typedef enum {
    XO_UNBOUND = 0, /* the name, slot or cell holds nothing */
    XO_NONE,
    XO_FALSE,
    XO_TRUE,
    XO_ELLIPSIS,
    XO_NOT_IMPLEMENTED,
    XO_INT,     /* integer */
    XO_BIGINT,  /* bytes: two's complement, little endian */
    XO_FLOAT,   /* real */
    XO_COMPLEX, /* real, imaginary */
    XO_STR,     /* bytes: UTF-8, in which a lone surrogate stands as its three bytes */
    XO_BYTES,   /* bytes */
    XO_OBJECT,  /* object */
} xo_value_kind;

typedef struct {
    xo_value_kind kind;
    union {
        int64_t integer;
        struct {
            double real;
            double imaginary; /* of XO_COMPLEX only */
        };
        struct {
            const uint8_t *bytes; /* borrowed from the reader: valid during the next 60 questions */
            uint64_t size_bytes;
        };
        uint64_t object; /* an object number, from 1 */
    };
} xo_value;

/* What an object is to the recording. Its Python type is told by its class. */
typedef enum {
    XO_KIND_LIST = 1,
    XO_KIND_TUPLE,
    XO_KIND_DICT,
    XO_KIND_SET,
    XO_KIND_FROZENSET,
    XO_KIND_INSTANCE, /* attributes only */
    XO_KIND_CLASS,
    XO_KIND_CELL,
    XO_KIND_OPAQUE,   /* type and name only */
    XO_KIND_BUFFER,   /* memory in C, or a view of another buffer's: bytearray, array, memoryview, numpy array */
} xo_kind;

#endif
