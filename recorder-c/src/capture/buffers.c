/* Which objects are memory in C, and how it is written. */
#include "buffers.h"
#include "redaction.h"

#include <stdlib.h>

/* The beginning of an array's object, the same in all versions. */
typedef struct {
    PyObject_VAR_HEAD
    char *items;
    Py_ssize_t allocated;
    const struct {
        char typecode;
        int item_bytes;
    } *description;
    PyObject *weak_references;
    Py_ssize_t exports;
} array_object;

static PyTypeObject *array_type; /* borrowed: the one met last; NULL: none */

static bool
is_array_type(PyTypeObject *type)
{
    if (type == array_type) {
        return true;
    }
    if (strcmp(type->tp_name, "array.array") != 0 || type->tp_basicsize < (Py_ssize_t)sizeof(array_object)) {
        return false;
    }
    array_type = type;
    xo_hook_arrays(type);
    return true;
}

xo_buffer_family
xo_buffer_family_of(PyObject *object)
{
    if (PyByteArray_Check(object)) {
        return XO_BYTEARRAY;
    }
    if (PyMemoryView_Check(object)) {
        return XO_MEMORYVIEW;
    }
    PyTypeObject *type = xo_native_base(Py_TYPE(object));
    if (type == &PyBaseObject_Type) {
        return XO_NO_BUFFER;
    }
    return is_array_type(type) ? XO_ARRAY : xo_numpy_family(type);
}

void
xo_buffers_reset(void)
{
    array_type = NULL;
    xo_numpy_reset();
}

/* ---- flat memory: bytearrays and arrays ---- */

static bool
is_array(PyObject *object)
{
    return array_type != NULL && PyObject_TypeCheck(object, array_type);
}

bool
xo_is_flat(PyObject *object)
{
    return PyByteArray_Check(object) || is_array(object);
}

char *
xo_flat_bytes(PyObject *object, Py_ssize_t *size_bytes)
{
    if (PyByteArray_Check(object)) {
        *size_bytes = PyByteArray_GET_SIZE(object);
        return PyByteArray_AS_STRING(object);
    }
    const array_object *array = (const array_object *)object;
    *size_bytes = Py_SIZE(object) * array->description->item_bytes;
    return array->items;
}

Py_ssize_t
xo_flat_item_bytes(PyObject *object)
{
    return PyByteArray_Check(object) ? 1 : ((const array_object *)object)->description->item_bytes;
}

Py_ssize_t
xo_export_count(PyObject *object)
{
    return PyByteArray_Check(object) ? ((PyByteArrayObject *)object)->ob_exports : ((array_object *)object)->exports;
}

static bool
flat_layout(PyObject *object, xo_layout *out)
{
    out->dimensions = -1;
    out->item_bytes = xo_flat_item_bytes(object);
    out->room[0] = PyByteArray_Check(object) ? 'B' : ((const array_object *)object)->description->typecode;
    out->room[1] = 0;
    out->format = out->room;
    out->data = out->memory = xo_flat_bytes(object, &out->memory_bytes);
    return true;
}

/* ---- memoryviews ---- */

static bool
is_released(PyObject *object)
{
    PyMemoryViewObject *view = (PyMemoryViewObject *)object;
    return (view->flags & _Py_MEMORYVIEW_RELEASED) != 0 || (view->mbuf->flags & _Py_MANAGED_BUFFER_RELEASED) != 0;
}

static bool
released_layout(xo_layout *out)
{
    out->dimensions = -1;
    out->item_bytes = 1;
    out->flags = XO_BUFFER_READ_ONLY;
    out->format = "released";
    out->memory = out->data = out->room;
    return true;
}

/* The bytes between the first and the last of a strided memory. */
void
xo_layout_span(xo_layout *layout)
{
    char *low = layout->data, *high = layout->data + layout->item_bytes;
    for (int i = 0; i < layout->dimensions; i++) {
        if (layout->shape[i] == 0) {
            high = low = layout->data;
            break;
        }
        Py_ssize_t reach = layout->strides[i] * (layout->shape[i] - 1);
        low += reach < 0 ? reach : 0;
        high += reach > 0 ? reach : 0;
    }
    layout->memory = low;
    layout->memory_bytes = high - low;
}

/* Uses the memory of `storage` when that holds all of the view's; otherwise what the view spans is its own. */
void
xo_layout_attach(xo_layout *layout, PyObject *storage)
{
    const char *data;
    Py_ssize_t size;
    xo_layout_span(layout);
    if (storage != NULL && xo_memory_now(storage, &data, &size) && layout->memory >= data
        && layout->memory + layout->memory_bytes <= data + size) {
        layout->storage = storage;
        layout->flags |= XO_BUFFER_VIEW;
        layout->memory = (char *)data;
        layout->memory_bytes = size;
    }
}

static bool
memoryview_layout(PyObject *object, xo_layout *out)
{
    if (is_released(object)) {
        return released_layout(out);
    }
    const Py_buffer *view = PyMemoryView_GET_BUFFER(object);
    if (view->suboffsets != NULL || view->shape == NULL || view->strides == NULL || view->ndim > 64) {
        return false;
    }
    out->dimensions = view->ndim;
    out->item_bytes = view->itemsize;
    out->format = view->format == NULL ? "B" : view->format;
    out->flags = view->readonly ? XO_BUFFER_READ_ONLY : 0;
    out->shape = view->shape;
    out->strides = view->strides;
    out->data = view->buf;
    PyObject *storage = view->obj == NULL ? NULL : xo_storage_of(view->obj);
    xo_layout_attach(out, storage != NULL && storage != object && xo_is_buffer(storage) ? storage : NULL);
    return true;
}

/* ---- all ---- */

PyObject *
xo_storage_of(PyObject *object)
{
    if (PyMemoryView_Check(object)) {
        PyObject *base = is_released(object) ? NULL : PyMemoryView_GET_BUFFER(object)->obj;
        return base == NULL || base == object ? object : xo_storage_of(base);
    }
    return xo_is_ndarray(object) ? xo_numpy_storage(object) : object;
}

/* Where the memory of an object that owns some is now. */
bool
xo_memory_now(PyObject *object, const char **data, Py_ssize_t *size)
{
    xo_layout layout = {0};
    if (xo_is_flat(object)) {
        *data = xo_flat_bytes(object, size);
        return true;
    }
    bool is_view = PyMemoryView_Check(object);
    if (is_view ? !memoryview_layout(object, &layout) : !xo_numpy_span(object, &layout)) {
        return false;
    }
    *data = layout.memory;
    *size = layout.memory_bytes;
    return true;
}

bool
xo_layout_of(PyObject *object, xo_buffer_family family, xo_layout *out)
{
    *out = (xo_layout){0};
    switch (family) {
    case XO_BYTEARRAY:
    case XO_ARRAY: return flat_layout(object, out);
    case XO_MEMORYVIEW: return memoryview_layout(object, out);
    case XO_NDARRAY: return xo_numpy_layout(object, out);
    case XO_NUMPY_SCALAR: return xo_numpy_scalar_layout(object, out);
    default: return false;
    }
}

void
xo_layout_free(xo_layout *layout)
{
    free(layout->long_format);
    layout->long_format = NULL;
}

static void
put_layout(xo_writer *writer, const xo_layout *layout)
{
    xo_put_varint(writer, layout->flags);
    xo_put_varint(writer, (uint64_t)layout->item_bytes);
    xo_put_sized(writer, layout->format, strlen(layout->format));
    xo_put_varint(writer, (uint64_t)(layout->dimensions + 1));
    if (layout->dimensions < 0) {
        return;
    }
    for (int i = 0; i < layout->dimensions; i++) {
        xo_put_varint(writer, (uint64_t)layout->shape[i]);
    }
    for (int i = 0; i < layout->dimensions; i++) {
        xo_put_varint(writer, xo_zigzag(layout->strides[i]));
    }
    xo_put_varint(writer, xo_zigzag(layout->data - layout->memory));
}

static void
put_values(xo_recorder *recorder, const xo_layout *layout)
{
    PyObject *const *values = (PyObject *const *)(const void *)layout->memory;
    Py_ssize_t count = layout->memory_bytes / (Py_ssize_t)sizeof *values;
    xo_put_varint(recorder->writer, (uint64_t)count);
    for (Py_ssize_t i = 0; i < count; i++) {
        xo_put_value(recorder, values[i] == NULL ? Py_None : values[i]);
    }
}

/* What can't be described: its type is all that is known. */
static void
put_undescribed(xo_recorder *recorder)
{
    static const xo_layout nothing = {.flags = XO_BUFFER_READ_ONLY, .item_bytes = 1, .format = ""};
    static const Py_ssize_t one = 1;
    xo_layout layout = nothing;
    layout.dimensions = 1;
    layout.shape = layout.strides = &one;
    put_layout(recorder->writer, &layout);
    xo_put_sized(recorder->writer, NULL, 0);
}

/* The layout without the memory, which is said to be unknown by the record that follows. */
static void
put_left_out(xo_recorder *recorder, const xo_layout *layout)
{
    xo_layout shown = *layout;
    Py_ssize_t count = layout->item_bytes == 0 ? 0 : layout->memory_bytes / layout->item_bytes;
    if (layout->dimensions < 0) {
        shown.dimensions = 1;
        shown.shape = &count;
        shown.strides = &layout->item_bytes;
    }
    put_layout(recorder->writer, &shown);
    if (layout->flags & XO_BUFFER_VALUES) {
        xo_put_varint(recorder->writer, 0);
    } else {
        xo_put_sized(recorder->writer, NULL, 0);
    }
    recorder->left_out = true;
}

void
xo_put_buffer(xo_recorder *recorder, PyObject *object, xo_entity *entity)
{
    xo_layout layout;
    xo_buffer_family family = xo_buffer_family_of(object);
    if (!xo_layout_of(object, family, &layout)) {
        put_undescribed(recorder);
        return;
    }
    if (layout.storage == NULL && (uint64_t)layout.memory_bytes > recorder->max_buffer) {
        put_left_out(recorder, &layout);
        xo_layout_free(&layout);
        return;
    }
    put_layout(recorder->writer, &layout);
    if (layout.storage != NULL) {
        xo_put_varint(recorder->writer, xo_number_of(recorder, layout.storage));
        if (xo_is_flat(layout.storage) && xo_is_ndarray(object)) {
            xo_watch_pin(recorder, layout.storage);
        }
    } else if (layout.flags & XO_BUFFER_VALUES) {
        put_values(recorder, &layout);
    } else {
        xo_put_memory(recorder, layout.memory, (size_t)layout.memory_bytes);
    }
    if (layout.storage == NULL && family != XO_NUMPY_SCALAR && layout.memory != layout.room) {
        xo_watch_memory(recorder, object, entity, &layout);
    }
    xo_layout_free(&layout);
}

void
xo_log_bytes(PyObject *object, xo_entity *entity, Py_ssize_t start, Py_ssize_t removed, const char *bytes,
             Py_ssize_t added)
{
    xo_writer *writer = xo_owner(entity)->writer;
    xo_position position = xo_record_begin(writer, XO_OP_BYTES_SPLICE, entity);
    xo_put_varint(writer, (uint64_t)start);
    xo_put_varint(writer, (uint64_t)removed);
    xo_put_memory(xo_owner(entity), bytes, (size_t)added);
    xo_change_end(object, entity, position);
}
