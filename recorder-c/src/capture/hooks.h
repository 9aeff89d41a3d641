/* How the interpreter's types and functions are patched, and the hooks that are put there. */
#ifndef EXECORDER_HOOKS_H
#define EXECORDER_HOOKS_H

#include "capture.h"

/* patches.c */
typedef void (*xo_type_visitor)(PyTypeObject *type);
/* Visits every type of the interpreter. -1 with an exception set. */
int xo_each_type(xo_type_visitor visit);
typedef struct {
    size_t suite;  /* offset of the suite's pointer in PyTypeObject; 0: the slot is in the type itself */
    size_t offset; /* of the slot in the suite or type */
    void *original;
    void *replacement;
} xo_slot_patch;
void xo_patch_slot(size_t suite, size_t offset, void *original, void *replacement);
/* -1 with an exception set when the method or function is not called in the way that `flags` (METH_…) say. */
int xo_patch_method(PyTypeObject *type, const char *name, int flags, PyCFunction replacement, PyCFunction *original);
typedef struct {
    const char *name; /* NULL ends a table */
    int flags;
    PyCFunction hook;
    PyCFunction *original;
} xo_method_patch;
int xo_patch_methods(PyTypeObject *type, const xo_method_patch *table);
int xo_patch_function(const char *module, const char *name, int flags, PyCFunction replacement,
                      PyCFunction *original);
/* How it is called; 0 when there is no such method, or no such function written in C. */
int xo_method_flags(PyTypeObject *type, const char *name);
int xo_function_flags(const char *module, const char *name);
/* NULL when this interpreter has no C version of it: its Python version is seen anyway. Definitions are static. */
PyMethodDef *xo_find_function(const char *module, const char *name);
int xo_patches_apply(void);
void xo_patches_restore(void);

/* hooking.c */
/* Steps and lines alone need no hooks in types. -1 with an exception set. */
int xo_hooks_install(xo_recorder *recorder);
/* Puts everything back as it was before the first recording. */
void xo_hooks_remove(void);
/* Waits until no other thread begins or ends a recording; they run meanwhile. Until it is left the collector does not run.
 * False when this thread is at it already, or no lock can be had: then there is nothing to leave. */
bool xo_turnstile_enter(void);
void xo_turnstile_leave(bool entered);
/* In the child of a fork, whose other threads are gone. */
void xo_turnstile_reset(void);

/* collector.c */
/* The collector runs finalizers and callbacks of the program, and lets other threads run. Answers whether it was on. */
bool xo_collector_pause(void);
void xo_collector_resume(void);

/* hooks: each registers its patches */
int xo_hook_lists(void);
int xo_hook_list_functions(void);
int xo_hook_dicts(void);
int xo_hook_sets(void);
int xo_hook_iterators(void);
int xo_hook_deques(void);
int xo_hook_partials(void);
int xo_hook_default_dicts(void);
int xo_hook_exceptions(void);
int xo_hook_reduce(void);
int xo_hook_namespaces(void);
int xo_hook_frame_locals(void);
int xo_hook_dict_functions(void);
int xo_hook_ordered_dicts(void);
int xo_hook_attributes(void);
int xo_hook_output(void);
int xo_hook_compiled_modules(void);
int xo_hook_processes(void);
void xo_unhook_lists(void);
void xo_unhook_iterators(void);
void xo_unhook_exceptions(void);
void xo_unhook_attributes(void);
void xo_unhook_dicts(void);
void xo_watch_dict(PyObject *dict);
void xo_unwatch_dict(PyObject *dict);
bool xo_key_is_plain(PyObject *key);
bool xo_new_key_is_plain(PyObject *key);
bool xo_hash_is_plain(PyObject *key);
/* set_lookup.c: whether the element with this hash is in the set: 1 or 0; -1 when only the program's code could tell. */
int xo_set_has(PyObject *set, PyObject *element, Py_hash_t hash);
void xo_note_key(xo_entity *entity, PyObject *key);
void xo_log_dict_set(PyObject *dict, PyObject *key, PyObject *value);
void xo_log_dict_delete(PyObject *dict, PyObject *key);

/* compiled_modules.c: says in the recording which packages have compiled code. */
void xo_note_compiled(xo_recorder *recorder);

/* unpickling.c */
extern size_t xo_unpickling_count;
void xo_hook_unpickling(void);
void xo_unhook_unpickling(void);
void xo_unpickling_find(void);
/* An object becomes tracked, or ends, while something is unpickled. */
void xo_unpickling_note(PyObject *object);
void xo_unpickling_forget(const PyObject *object);
/* What has grown meanwhile is written anew. */
void xo_unpickling_look(void);

#endif
