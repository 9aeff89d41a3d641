/* The arguments of last_write. */
#ifndef EXECORDER_BINDING_SLOT_H
#define EXECORDER_BINDING_SLOT_H

#include "state.h"

typedef struct {
    xo_slot slot;
    PyObject *bytes; /* owned: what the slot's key borrows; NULL when it borrows nothing */
} slot_arguments;

/* Parses (n, kind, owner, key). False with an exception set; otherwise the caller clears *out. */
bool slot_parse(const binding_state *state, PyObject *args, unsigned long long *n, slot_arguments *out);
void slot_clear(slot_arguments *arguments);

#endif
