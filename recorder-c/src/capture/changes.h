/* What the hooks of all types share. */
#ifndef EXECORDER_CHANGES_H
#define EXECORDER_CHANGES_H

#include "capture.h"

#define XO_AS_FUNCTION(hook) ((PyCFunction)(void (*)(void))(hook))
typedef PyObject *(*xo_fast_method)(PyObject *, PyObject *const *, Py_ssize_t);
typedef PyObject *(*xo_fast_keyword_method)(PyObject *, PyObject *const *, Py_ssize_t, PyObject *);
#define XO_FAST(function) ((xo_fast_method)(void (*)(void))(function))
#define XO_FAST_KEYWORDS(function) ((xo_fast_keyword_method)(void (*)(void))(function))

/* The object's entity when its changes are to be recorded one by one; NULL when it is not tracked, or when its image
 * is due anyway. */
static inline xo_entity *
xo_precise(PyObject *object)
{
    xo_entity *entity = xo_active == NULL ? NULL : xo_find(object);
    return entity == NULL || (entity->user & (XO_DIRTY | XO_FRESH)) ? NULL : entity;
}

/* The object's whole image is due. */
static inline void
xo_touch(PyObject *object)
{
    xo_entity *entity = xo_active == NULL ? NULL : xo_find(object);
    if (entity != NULL) {
        xo_mark_dirty(xo_active, object, entity);
    }
}

/* Around a call that may run the program's code and whose effect is written as a whole. */
typedef struct {
    xo_open_operation operation;
    PyObject *object;
    bool is_open;
} xo_whole;

static inline xo_whole *
xo_whole_begin(xo_whole *whole, PyObject *object)
{
    whole->object = object;
    whole->is_open = xo_precise(object) != NULL;
    if (whole->is_open) {
        xo_operation_begin(&whole->operation, object, -1);
    }
    return whole;
}

static inline void
xo_whole_end(xo_whole *whole)
{
    if (whole->is_open) {
        xo_operation_end(&whole->operation);
        xo_touch(whole->object);
    }
}

#endif
