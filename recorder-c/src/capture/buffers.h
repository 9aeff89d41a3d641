/* Objects whose data is memory in C: bytearrays, arrays, memoryviews, numpy's arrays and scalars. */
#ifndef EXECORDER_BUFFERS_H
#define EXECORDER_BUFFERS_H

#include "changes.h"

typedef enum {
    XO_NO_BUFFER,
    XO_BYTEARRAY,
    XO_ARRAY,
    XO_MEMORYVIEW,
    XO_NDARRAY,
    XO_NUMPY_SCALAR,
} xo_buffer_family;

/* How the elements lie in the memory, for an image. */
typedef struct {
    uint32_t flags;        /* XO_BUFFER_* of format.h */
    Py_ssize_t item_bytes;
    const char *format;    /* borrowed, or in `room` */
    int dimensions;        /* -1: one over all of the memory */
    const Py_ssize_t *shape, *strides;
    char *data;            /* the first element */
    PyObject *storage;     /* borrowed: whose memory it is; NULL: its own */
    char *memory;          /* all of the memory that the object, or its storage, has */
    Py_ssize_t memory_bytes;
    char room[64];
    char *long_format;     /* owned */
} xo_layout;

/* buffers.c */
xo_buffer_family xo_buffer_family_of(PyObject *object);
static inline bool
xo_is_buffer(PyObject *object)
{
    return xo_buffer_family_of(object) != XO_NO_BUFFER;
}
/* Fills *out; false when this memory can't be described: the object is opaque then. Release with xo_layout_free. */
bool xo_layout_of(PyObject *object, xo_buffer_family family, xo_layout *out);
void xo_layout_free(xo_layout *layout);
void xo_put_buffer(xo_recorder *recorder, PyObject *object, xo_entity *entity);
void xo_log_bytes(PyObject *object, xo_entity *entity, Py_ssize_t start, Py_ssize_t removed, const char *bytes,
                  Py_ssize_t added);
/* A bytearray or an array: its memory grows and shrinks. */
bool xo_is_flat(PyObject *object);
char *xo_flat_bytes(PyObject *object, Py_ssize_t *size_bytes);
Py_ssize_t xo_flat_item_bytes(PyObject *object);
/* How many hold a pointer into its memory. */
Py_ssize_t xo_export_count(PyObject *object);
/* The object whose memory a view shows, or the object itself. Borrowed. */
PyObject *xo_storage_of(PyObject *object);
bool xo_memory_now(PyObject *object, const char **data, Py_ssize_t *size);
void xo_layout_span(xo_layout *layout);
void xo_layout_attach(xo_layout *layout, PyObject *storage);
/* Forgets the types that an earlier recording met. */
void xo_buffers_reset(void);

/* watches.c: memory that may be changed without our being told */
/* The object's image has just been written: from here on its memory is looked at when it may have changed. */
void xo_watch_memory(xo_recorder *recorder, PyObject *object, xo_entity *entity, const xo_layout *layout);
bool xo_is_watched(PyObject *object);
/* Something may have written there: bytes [start, start + size) of the memory, or all of it when size is negative. */
void xo_memory_touched(PyObject *object, const char *start, Py_ssize_t size);
/* Something has written somewhere. */
void xo_all_memory_touched(void);
/* A writable view of it was given to somebody. */
void xo_memory_exposed(PyObject *object);
void xo_watches_forget(xo_recorder *recorder, PyObject *object);
void xo_watches_free(xo_recorder *recorder);
void xo_watchpoints_settle(xo_recorder *recorder);
void xo_watch_pin(xo_recorder *recorder, PyObject *storage);

/* late_patches.c: types that are met while the recording goes on */
/* Of a slot whose patch is known already, in a type that is younger than the recording, and in those derived from it. */
void xo_patch_late_type(PyTypeObject *type, size_t suite, size_t offset, void *original, void *replacement);
void xo_patch_late_slot(PyTypeObject *type, size_t suite, size_t offset, void *replacement, void **original);
PyCFunction xo_patch_late_method(PyMethodDef *definition, PyCFunction replacement);
/* After each call of the method or function, the memory of `self`, or also of all its arguments, is looked at; XO_CHANGES_SHAPE:
 * `self` may show its memory in another way. */
typedef enum { XO_CHANGES_SELF, XO_CHANGES_ARGUMENTS, XO_CHANGES_SHAPE } xo_effect;
void xo_watch_calls(PyMethodDef *definition, xo_effect effect);
PyMethodDef *xo_definition_in(PyTypeObject *type, const char *name);

/* hooks_arrays.c, hooks_numpy.c: called when the first object of a type is met */
void xo_hook_arrays(PyTypeObject *type);
bool xo_hook_numpy(PyTypeObject *array_type);
void xo_unhook_numpy(void);
int xo_hook_bytearrays(void);
int xo_hook_memoryviews(void);

/* numpy.c */
void xo_numpy_reset(void);
xo_buffer_family xo_numpy_family(PyTypeObject *type);
bool xo_is_ndarray(PyObject *object);
PyObject *xo_numpy_storage(PyObject *object);
bool xo_numpy_span(PyObject *object, xo_layout *out);
bool xo_numpy_layout(PyObject *object, xo_layout *out);
bool xo_numpy_scalar_layout(PyObject *object, xo_layout *out);

#endif
