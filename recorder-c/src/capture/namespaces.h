/* hooks_namespaces.c */
#ifndef EXECORDER_NAMESPACES_H
#define EXECORDER_NAMESPACES_H

#include "hooks.h"

/* Whether instances of a type written in C have room for nothing but a dict of attributes, and no ways of their own to
 * change it: types.SimpleNamespace, ast.AST. */
bool xo_is_namespace_type(const PyTypeObject *type);

#endif
