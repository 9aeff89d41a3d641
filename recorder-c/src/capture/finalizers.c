/* Objects whose deallocator, in C, runs their finalizer first: generators, futures and tasks of asyncio, files, sockets. What it
 * calls may show the object to recorded code, as asyncio's handler of exceptions does. The recording then follows an object
 * that is about to be freed, after its end was told. So it holds such an object until its deallocator has come back, which
 * believes that somebody wants to keep it, and lets it go then: it is freed at once unless somebody does. A finalizer
 * runs once only.
 *
 * That takes our place in the deallocator before the first such object is met: types are looked for when hooks are
 * installed, and in each module written in C that is imported later (compiled_modules.c). */
#include "finalizers.h"
#include "hooks.h"

xo_dying *xo_newest_dying;

void
xo_hold_dying(PyObject *object)
{
    xo_dying *dying = xo_newest_dying;
    while (dying != NULL && dying->object != object) {
        dying = dying->older;
    }
    if (dying != NULL && !dying->is_held) {
        dying->is_held = true;
        Py_INCREF(object);
    }
}

/* Deallocators of several threads may be under way: they don't come back in the order in which they began. */
static void
add(xo_dying *dying)
{
    dying->older = xo_newest_dying;
    if (dying->older != NULL) {
        dying->older->newer = dying;
    }
    xo_newest_dying = dying;
}

static void
take_out(const xo_dying *dying)
{
    if (dying->older != NULL) {
        dying->older->newer = dying->newer;
    }
    if (dying->newer != NULL) {
        dying->newer->older = dying->older;
    } else {
        xo_newest_dying = dying->older;
    }
}

void
xo_end_finalized(PyObject *object, PyTypeObject *owner, void (*end)(PyObject *, PyTypeObject *))
{
    xo_dying dying = {.object = object};
    add(&dying);
    end(object, owner);
    take_out(&dying);
    if (dying.is_held) {
        Py_DECREF(object);
    }
}

/* ---- being there in time ---- */

static void
watch_type(PyTypeObject *type)
{
    if (type->tp_finalize != NULL && type->tp_dealloc != xo_subtype_dealloc && PyType_IS_GC(type)) {
        xo_watch_lifetime(type);
    }
}

void
xo_watch_finalizers_in(PyObject *module)
{
    PyObject *key, *value, *dict = PyModule_Check(module) ? PyModule_GetDict(module) : NULL;
    for (Py_ssize_t position = 0; dict != NULL && PyDict_Next(dict, &position, &key, &value);) {
        if (PyType_Check(value)) {
            watch_type((PyTypeObject *)value);
        }
    }
}

int
xo_watch_finalizers(void)
{
    return xo_each_type(watch_type);
}
