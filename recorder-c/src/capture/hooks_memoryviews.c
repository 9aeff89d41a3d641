/* Sees what is written through memoryviews, to whom they hand their memory, and when they let go of it. */
#include "buffers.h"

static objobjargproc view_ass_subscript;
static getbufferproc view_get_buffer;

/* Where v[index] stands; NULL when that is not so plain. */
static const char *
element_at(PyObject *object, PyObject *key)
{
    const Py_buffer *view = PyMemoryView_GET_BUFFER(object);
    if (!PyLong_CheckExact(key) || view->ndim != 1 || view->shape == NULL || view->strides == NULL) {
        return NULL;
    }
    Py_ssize_t index = PyLong_AsSsize_t(key);
    PyErr_Clear();
    index = index < 0 ? index + view->shape[0] : index;
    return index < 0 || index >= view->shape[0] ? NULL : (const char *)view->buf + index * view->strides[0];
}

static int
ass_subscript(PyObject *object, PyObject *key, PyObject *value)
{
    const char *element = xo_recorders == NULL ? NULL : element_at(object, key);
    Py_ssize_t item_bytes = PyMemoryView_GET_BUFFER(object)->itemsize;
    int result = view_ass_subscript(object, key, value);
    if (xo_recorders != NULL && result == 0) {
        xo_memory_touched(object, element, element == NULL ? -1 : item_bytes);
    }
    return result;
}

static int
get_buffer(PyObject *object, Py_buffer *view, int flags)
{
    int result = view_get_buffer(object, view, flags);
    if (result == 0 && flags != PyBUF_SIMPLE && xo_recorders != NULL) {
        xo_memory_exposed(object);
    }
    return result;
}

int
xo_hook_memoryviews(void)
{
    PyTypeObject *type = &PyMemoryView_Type;
    xo_patch_late_slot(type, offsetof(PyTypeObject, tp_as_mapping), offsetof(PyMappingMethods, mp_ass_subscript),
                       (void *)ass_subscript, (void **)&view_ass_subscript);
    xo_patch_late_slot(type, offsetof(PyTypeObject, tp_as_buffer), offsetof(PyBufferProcs, bf_getbuffer),
                       (void *)get_buffer, (void **)&view_get_buffer);
    xo_watch_calls(xo_definition_in(type, "release"), XO_CHANGES_SELF);
    xo_watch_calls(xo_definition_in(type, "__exit__"), XO_CHANGES_SELF);
    return 0;
}
