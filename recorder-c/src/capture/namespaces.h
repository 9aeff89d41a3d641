/* hooks_namespaces.c */
#ifndef EXECORDER_NAMESPACES_H
#define EXECORDER_NAMESPACES_H

#include "hooks.h"

/* Whether it is types.SimpleNamespace itself. */
bool xo_is_namespace_type(const PyTypeObject *type);

#endif
