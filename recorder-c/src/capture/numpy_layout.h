/* numpy's objects by their layout, which its C API documents and keeps. numpy itself is neither imported nor needed. */
#ifndef EXECORDER_NUMPY_LAYOUT_H
#define EXECORDER_NUMPY_LAYOUT_H

#include "buffers.h"

/* PyArray_Descr: numpy 2 moved what follows the number of the type. */
typedef struct {
    PyObject_HEAD
    PyTypeObject *scalar_type;
    char kind, type, byte_order, flags_of_1;
    int type_number;
} xo_descr;

typedef struct {
    xo_descr head;
    int item_bytes;
    int alignment;
    struct xo_descr_part *subarray;
    PyObject *fields, *names;
    void *functions;
    PyObject *metadata;
    void *c_metadata;
} xo_descr_1;

typedef struct {
    xo_descr head;
    uint64_t flags;
    Py_ssize_t item_bytes, alignment;
    PyObject *metadata;
    Py_hash_t hash;
    void *reserved[2];
    struct xo_descr_part *subarray;
    PyObject *fields, *names;
    void *c_metadata;
} xo_descr_2;

/* PyArray_ArrayDescr */
struct xo_descr_part {
    xo_descr *base;
    PyObject *shape;
};

/* PyArrayObject */
typedef struct {
    PyObject_HEAD
    char *data;
    int dimensions;
    Py_ssize_t *shape, *strides;
    PyObject *base;
    xo_descr *descr;
    int flags;
} xo_ndarray;
enum { XO_NDARRAY_OWNS = 0x4, XO_NDARRAY_WRITABLE = 0x400 };

/* What both versions of a descr tell. */
typedef struct {
    Py_ssize_t item_bytes;
    const struct xo_descr_part *subarray;
    PyObject *fields, *names;
    const void *c_metadata;
} xo_dtype;

/* Numbers of types. */
enum {
    XO_NUMPY_OBJECT = 17,
    XO_NUMPY_STRING = 18,
    XO_NUMPY_UNICODE = 19,
    XO_NUMPY_VOID = 20,
    XO_NUMPY_DATETIME = 21,
    XO_NUMPY_TIMEDELTA = 22,
    XO_NUMPY_HALF = 23,
};

/* numpy.c */
xo_dtype xo_dtype_of(const xo_descr *descr);
/* numpy_format.c: the format's text into `room`, or into memory of its own that *owned is set to. NULL when the elements
 * can't be described by their bytes. *has_objects tells whether each is one object. */
const char *xo_numpy_format(const xo_descr *descr, char *room, size_t room_bytes, char **owned, bool *has_objects);

/* The typestr of a scalar; that of a date gets the unit that its object holds. */
const char *xo_numpy_scalar_format(const char *typestr, const void *unit, char *room, size_t room_bytes);

#endif
