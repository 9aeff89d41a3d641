/* What the hooks of all types share. An object may be followed by several recordings: its entities are chained, and a
 * change is logged in each of them. */
#ifndef EXECORDER_CHANGES_H
#define EXECORDER_CHANGES_H

#include "hooks.h"
#include "late_changes.h"

#define XO_AS_FUNCTION(hook) ((PyCFunction)(void (*)(void))(hook))
typedef PyObject *(*xo_fast_method)(PyObject *, PyObject *const *, Py_ssize_t);
typedef PyObject *(*xo_fast_keyword_method)(PyObject *, PyObject *const *, Py_ssize_t, PyObject *);
#define XO_FAST(function) ((xo_fast_method)(void (*)(void))(function))
#define XO_FAST_KEYWORDS(function) ((xo_fast_keyword_method)(void (*)(void))(function))

/* This entity or the next of its object whose changes are to be recorded one by one: whose image is not due anyway. */
static inline xo_entity *
xo_precise_from(xo_entity *entity)
{
    while (entity != NULL && xo_image_will_tell(entity)) {
        entity = entity->next;
    }
    return entity;
}

/* The first such entity; NULL when no recording wants to know of single changes. */
static inline xo_entity *
xo_precise(PyObject *object)
{
    return xo_precise_from(xo_find(object));
}

#define XO_EACH_PRECISE_FROM(entity, first)                           \
    for (xo_entity *entity = xo_precise_from(first); entity != NULL;  \
         entity = xo_precise_from(entity->next))
#define XO_EACH_PRECISE(entity, object) XO_EACH_PRECISE_FROM(entity, xo_find(object))

/* The object's whole image is due, in every recording that follows it. */
static inline void
xo_touch(PyObject *object)
{
    for (xo_entity *entity = xo_find(object); entity != NULL; entity = entity->next) {
        xo_mark_dirty(object, entity);
    }
}

/* The object's __dict__ is in the program's hands. (hooks_attributes.c) */
void xo_dict_handed_out(PyObject *object);
/* Whether all attributes that are set in the type's objects are seen. */
bool xo_hooks_attributes_of(const PyTypeObject *type);
/* Lets them be seen, also of a type that is younger than the recording. */
void xo_watch_attributes(PyTypeObject *type);
/* Lets the __dict__ of this type's objects tell when it is handed out or replaced. */
void xo_patch_dict_getset(PyTypeObject *type);

/* Whether the object held so many items before the change at hand, as far as recorded. If not, C code has changed it
 * past its slots and methods, or is in the middle of it: its image is due instead. */
static inline bool
xo_length_was(PyObject *object, xo_entity *entity, Py_ssize_t length)
{
    if (entity->length == (uint32_t)length) {
        return true;
    }
    xo_found_changed(object, entity);
    return false;
}

/* Differs when anything was recorded of the object meanwhile, or it became tracked. */
typedef uint64_t xo_stamp;

static inline xo_stamp
xo_stamp_from(const xo_entity *entity)
{
    xo_stamp stamp = xo_ended_count << 48; /* positions count bytes of a file */
    for (; entity != NULL; entity = entity->next) {
        stamp += entity->position;
    }
    return stamp;
}

/* Around a call that may run the program's code, which must see what C code has done to the object so far. */
typedef struct {
    PyObject *object;
    xo_stamp before;
    size_t operation;
    Py_ssize_t recorded_length; /* after xo_around_end: see xo_open_operation */
    bool is_open;
} xo_around;

/* `recorded_length`: of a list that only grows, else -1. Also of an object that the program's code may show to us midway. */
static inline void
xo_around_begin(xo_around *around, PyObject *object, Py_ssize_t recorded_length)
{
    const xo_entity *entity = xo_find(object);
    around->object = object;
    around->before = xo_stamp_from(entity);
    around->recorded_length = entity == NULL ? -1 : recorded_length;
    around->is_open = true;
    around->operation = xo_operation_begin(object, around->recorded_length);
}

static inline void
xo_around_close(xo_around *around)
{
    around->recorded_length = xo_operation_end(around->operation);
}

/* True when what the call itself has done is all there is to record; else the image is due. */
static inline bool
xo_around_end(xo_around *around)
{
    xo_around_close(around);
    if (xo_stamp_from(xo_find(around->object)) == around->before) {
        return true;
    }
    xo_touch(around->object);
    return false;
}

/* Around a call whose effect is written as a whole. */
typedef xo_around xo_whole;

static inline void
xo_whole_begin(xo_whole *whole, PyObject *object)
{
    xo_look_before(object);
    xo_around_begin(whole, object, -1);
}

static inline void
xo_whole_end(xo_whole *whole)
{
    xo_around_close(whole);
    xo_touch(whole->object); /* it may have become tracked meanwhile */
}

#endif
