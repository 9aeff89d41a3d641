/* Where numpy's arrays and scalars keep their data. */
#include "numpy_layout.h"

static PyTypeObject *ndarray_type; /* borrowed: met in this recording; NULL: none */
static PyTypeObject *generic_type;
static bool is_numpy_2;

void
xo_numpy_reset(void)
{
    ndarray_type = NULL;
    generic_type = NULL;
}

static bool
is_named(const PyTypeObject *type, const char *name)
{
    return strcmp(type->tp_name, name) == 0;
}

/* Of a type that is no class written in Python. */
xo_buffer_family
xo_numpy_family(PyTypeObject *type)
{
    if (type == ndarray_type) {
        return XO_NDARRAY;
    }
    if (strncmp(type->tp_name, "numpy.", 6) != 0) {
        return XO_NO_BUFFER;
    }
    if (is_named(type, "numpy.ndarray") && type->tp_basicsize >= (Py_ssize_t)sizeof(xo_ndarray)) {
        ndarray_type = type;
        is_numpy_2 = xo_hook_numpy(type);
        return XO_NDARRAY;
    }
    for (PyTypeObject *base = type; base != NULL && generic_type == NULL; base = base->tp_base) {
        generic_type = is_named(base, "numpy.generic") ? base : NULL;
    }
    bool is_scalar = generic_type != NULL && PyType_IsSubtype(type, generic_type);
    return is_scalar && !is_named(type, "numpy.void") ? XO_NUMPY_SCALAR : XO_NO_BUFFER;
}

bool
xo_is_ndarray(PyObject *object)
{
    if (ndarray_type == NULL || Py_TYPE(object)->tp_basicsize < ndarray_type->tp_basicsize) {
        return false; /* the former: a call may get one before the recording reaches any */
    }
    return PyObject_TypeCheck(object, ndarray_type);
}

xo_dtype
xo_dtype_of(const xo_descr *descr)
{
    if (is_numpy_2) {
        const xo_descr_2 *own = (const xo_descr_2 *)descr;
        if (descr->type_number < 0 || descr->type_number > XO_NUMPY_HALF) { /* new dtypes have no such fields */
            return (xo_dtype){.item_bytes = own->item_bytes};
        }
        return (xo_dtype){own->item_bytes, own->subarray, own->fields, own->names, own->c_metadata};
    }
    const xo_descr_1 *own = (const xo_descr_1 *)descr;
    return (xo_dtype){own->item_bytes, own->subarray, own->fields, own->names, own->c_metadata};
}

PyObject *
xo_numpy_storage(PyObject *object)
{
    for (;;) {
        PyObject *base = ((xo_ndarray *)object)->base;
        if (base == NULL) {
            return object;
        }
        if (PyMemoryView_Check(base)) {
            PyObject *exporter = xo_storage_of(base);
            base = exporter;
        }
        if (xo_is_ndarray(base)) {
            object = base;
        } else {
            return xo_is_flat(base) ? base : object;
        }
    }
}

static bool
has_sane_header(const xo_ndarray *array)
{
    return array->dimensions >= 0 && array->dimensions <= 64 && array->descr != NULL;
}

/* The memory of an array that is its own storage. */
bool
xo_numpy_span(PyObject *object, xo_layout *out)
{
    const xo_ndarray *array = (const xo_ndarray *)object;
    if (!xo_is_ndarray(object) || !has_sane_header(array)) {
        return false;
    }
    out->dimensions = array->dimensions;
    out->item_bytes = xo_dtype_of(array->descr).item_bytes;
    out->shape = array->shape;
    out->strides = array->strides;
    out->data = array->data;
    xo_layout_span(out);
    return true;
}

bool
xo_numpy_layout(PyObject *object, xo_layout *out)
{
    const xo_ndarray *array = (const xo_ndarray *)object;
    bool has_objects;
    if (!xo_numpy_span(object, out)) {
        return false;
    }
    out->format = xo_numpy_format(array->descr, out->room, sizeof out->room, &out->long_format, &has_objects);
    if (out->format == NULL) {
        return false;
    }
    out->flags = (array->flags & XO_NDARRAY_WRITABLE ? 0 : XO_BUFFER_READ_ONLY) | (has_objects ? XO_BUFFER_VALUES : 0);
    PyObject *storage = xo_numpy_storage(object);
    xo_layout_attach(out, storage == object ? NULL : storage);
    return true;
}

/* A scalar's value follows its head; a date has its unit behind that, where a descr's metadata would lie. */
bool
xo_numpy_scalar_layout(PyObject *object, xo_layout *out)
{
    static const struct {
        const char *name, *format;
        Py_ssize_t item_bytes;
    } kinds[] = {
        {"bool", "|b1", 1},     {"bool_", "|b1", 1},     {"int8", "|i1", 1},      {"uint8", "|u1", 1},
        {"int16", "<i2", 2},    {"uint16", "<u2", 2},    {"int32", "<i4", 4},     {"uint32", "<u4", 4},
        {"int64", "<i8", 8},    {"uint64", "<u8", 8},    {"longlong", "<i8", 8},  {"ulonglong", "<u8", 8},
        {"intc", "<i4", 4},     {"uintc", "<u4", 4},     {"float16", "<f2", 2},   {"float32", "<f4", 4},
        {"complex64", "<c8", 8}, {"datetime64", "<M8", 8}, {"timedelta64", "<m8", 8},
    };
    const char *name = Py_TYPE(object)->tp_name;
    name = strncmp(name, "numpy.", 6) == 0 ? name + 6 : name;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(name, kinds[i].name) == 0) {
            out->item_bytes = kinds[i].item_bytes;
            out->flags = XO_BUFFER_READ_ONLY;
            out->data = out->memory = (char *)object + sizeof(PyObject);
            out->memory_bytes = out->item_bytes;
            out->format = xo_numpy_scalar_format(kinds[i].format, out->data + 8, out->room, sizeof out->room);
            return out->format != NULL;
        }
    }
    return false;
}
