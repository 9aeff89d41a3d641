/* Since 3.13 frame.f_locals writes straight into the variables of a running frame. Up to 3.12 it is a copy. */
#include "changes.h"

#include <frameobject.h>

#if PY_VERSION_HEX < 0x030D0000

int
xo_hook_frame_locals(void)
{
    return 0;
}

#else

static objobjargproc set_item;
static binaryfunc inplace_or;
static PyCFunction update, setdefault;

/* All of its variables are written when the frame goes on. */
static void
changed_in(xo_recorder *recorder, const xo_iframe *iframe)
{
    xo_suspended *suspended = xo_map_get(&recorder->suspended, iframe);
    if (suspended != NULL) {
        suspended->variables_chunk = 0;
    }
    for (xo_thread_state *thread = recorder->threads; thread != NULL; thread = thread->next) {
        for (uint32_t depth = thread->written->depth; depth > 0; depth--) {
            if (thread->frames[depth - 1].iframe == iframe) {
                xo_frame_outdate(recorder->writer, &thread->written->frames[depth - 1]);
            }
        }
    }
}

static void
changed(PyObject *proxy)
{
    PyFrameObject *frame = ((PyFrameLocalsProxyObject *)proxy)->frame;
    xo_iframe *iframe = frame == NULL ? NULL : xo_iframe_of(frame);
    if (iframe == NULL) {
        return;
    }
    for (xo_recorder *recorder = xo_recorders; recorder != NULL; recorder = recorder->next) {
        changed_in(recorder, iframe);
    }
    int count = xo_code_slot_count(xo_iframe_code(iframe));
    for (int i = 0; i < count; i++) {
        PyObject *value = xo_iframe_slots(iframe)[i];
        if (value != NULL && PyCell_Check(value)) {
            xo_touch(value);
        }
    }
}

static int
hook_set_item(PyObject *proxy, PyObject *name, PyObject *value)
{
    int result = set_item(proxy, name, value);
    changed(proxy);
    return result;
}

static PyObject *
hook_inplace_or(PyObject *proxy, PyObject *other)
{
    PyObject *result = inplace_or(proxy, other);
    changed(proxy);
    return result;
}

static PyObject *
hook_update(PyObject *proxy, PyObject *other)
{
    PyObject *result = update(proxy, other);
    changed(proxy);
    return result;
}

static PyObject *
hook_setdefault(PyObject *proxy, PyObject *const *arguments, Py_ssize_t count)
{
    PyObject *result = XO_FAST(setdefault)(proxy, arguments, count);
    changed(proxy);
    return result;
}

int
xo_hook_frame_locals(void)
{
    PyTypeObject *type = &PyFrameLocalsProxy_Type;
    set_item = type->tp_as_mapping->mp_ass_subscript;
    inplace_or = type->tp_as_number->nb_inplace_or;
    xo_patch_slot(offsetof(PyTypeObject, tp_as_mapping), offsetof(PyMappingMethods, mp_ass_subscript), (void *)set_item,
                  (void *)hook_set_item);
    xo_patch_slot(offsetof(PyTypeObject, tp_as_number), offsetof(PyNumberMethods, nb_inplace_or), (void *)inplace_or,
                  (void *)hook_inplace_or);
    bool made = xo_patch_method(type, "update", METH_O, hook_update, &update) == 0
                && xo_patch_method(type, "setdefault", METH_FASTCALL, XO_AS_FUNCTION(hook_setdefault), &setdefault) == 0;
    return made ? 0 : -1;
}

#endif
