/* finalizers.c: objects that run code while they are freed. */
#ifndef EXECORDER_FINALIZERS_H
#define EXECORDER_FINALIZERS_H

#include "capture.h"

/* An object whose deallocator runs; on the stack of the one who runs it. */
typedef struct xo_dying {
    PyObject *object;
    bool is_held;
    struct xo_dying *older, *newer;
} xo_dying;

extern xo_dying *xo_newest_dying;

/* A recording has met the object: if it is about to be freed, it is held until its deallocator has come back. */
void xo_hold_dying(PyObject *object);
/* Runs the deallocator, by `end`, and frees the object again if it was held. */
void xo_end_finalized(PyObject *object, PyTypeObject *owner, void (*end)(PyObject *, PyTypeObject *));
/* Takes the place in the deallocators of all types that need it, and of those in a module. -1 with an exception set */
int xo_watch_finalizers(void);
void xo_watch_finalizers_in(PyObject *module);

#endif
