/* Before 3.12: C functions that write into dicts by the C API. From then on watchers see it. */
#include "changes.h"
#include "recorded_names.h"

#if XO_HAS_DICT_WATCHERS

int
xo_hook_dict_functions(void)
{
    return 0;
}

#else

/* ---- weak dictionaries: a value has ended ---- */

static PyCFunction remove_dead_weakref;

static PyObject *
hook_remove_dead_weakref(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    bool is_dict = count == 2 && PyDict_Check(arguments[0]);
    Py_ssize_t size = is_dict ? PyDict_GET_SIZE(arguments[0]) : 0;
    PyObject *result = XO_FAST(remove_dead_weakref)(module, arguments, count);
    if (result == NULL || PyDict_GET_SIZE(arguments[0]) == size) {
        return result;
    }
    if (xo_key_is_plain(arguments[1])) {
        xo_log_dict_delete(arguments[0], arguments[1]);
    } else {
        xo_touch(arguments[0]);
    }
    return result;
}

/* ---- warnings: each module has a __warningregistry__ ---- */

static PyCFunction warn, warn_explicit;

static void
registry_changed(PyObject *globals)
{
    PyObject *name = globals == NULL || xo_find(globals) == NULL ? NULL : PyUnicode_FromString("__warningregistry__");
    PyObject *registry = name == NULL ? NULL : PyDict_GetItem(globals, name);
    if (registry != NULL && xo_find(registry) == NULL) {
        xo_log_dict_set(globals, name, registry);
    } else if (registry != NULL) {
        xo_touch(registry);
    }
    Py_XDECREF(name);
}

/* Which caller is warned for depends on `stacklevel`. */
static void
registries_changed(void)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    const PyObject *last = NULL;
    for (const xo_iframe *frame = xo_current_iframe(PyThreadState_Get()); frame != NULL; frame = xo_iframe_back(frame)) {
        if (frame->f_globals != last) {
            last = frame->f_globals;
            registry_changed(frame->f_globals);
        }
    }
    PyErr_Restore(type, value, traceback);
}

static PyObject *
hook_warn(PyObject *module, PyObject *const *arguments, Py_ssize_t count, PyObject *names)
{
    PyObject *result = XO_FAST_KEYWORDS(warn)(module, arguments, count, names);
    registries_changed();
    return result;
}

static PyObject *
hook_warn_explicit(PyObject *module, PyObject *arguments, PyObject *names)
{
    PyObject *registry = PyTuple_GET_SIZE(arguments) > 5 ? PyTuple_GET_ITEM(arguments, 5) : NULL;
    if (registry == NULL && names != NULL) {
        registry = PyDict_GetItemString(names, "registry");
    }
    PyObject *result = ((PyCFunctionWithKeywords)(void (*)(void))warn_explicit)(module, arguments, names);
    if (registry != NULL) {
        xo_touch(registry);
    }
    return result;
}

/* ---- exec and eval: they put __builtins__ into the globals that have none ---- */

static PyCFunction run_exec, run_eval;

/* The dict that will get them; NULL: none that is recorded. */
static PyObject *
to_be_completed(PyObject *const *arguments, Py_ssize_t count)
{
    PyObject *globals = count > 1 && PyDict_Check(arguments[1]) ? arguments[1] : NULL;
    if (globals == NULL || xo_find(globals) == NULL || PyDict_GetItemString(globals, "__builtins__") != NULL) {
        return NULL;
    }
    xo_look_before(globals);
    return globals;
}

/* Unless a frame that has run there has told of them. */
static void
completed(PyObject *globals)
{
    PyObject *name = globals == NULL ? NULL : PyUnicode_FromString("__builtins__");
    for (xo_entity *entity = name == NULL ? NULL : xo_find(globals); entity != NULL; entity = entity->next) {
        bool is_told = entity->user & XO_NAMESPACE ? xo_recorded_name_is_known(entity, name)
                                                   : entity->length == xo_low_version(globals);
        if (!is_told) {
            xo_mark_dirty(globals, entity);
        }
    }
    Py_XDECREF(name);
}

static PyObject *
run(PyCFunction original, PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    PyObject *globals = to_be_completed(arguments, count);
    PyObject *result = XO_FAST(original)(module, arguments, count);
    completed(globals);
    return result;
}

static PyObject *
hook_exec(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    return run(run_exec, module, arguments, count);
}

/* Since 3.11. */
static PyObject *
hook_exec_with_names(PyObject *module, PyObject *const *arguments, Py_ssize_t count, PyObject *names)
{
    PyObject *globals = to_be_completed(arguments, count);
    PyObject *result = XO_FAST_KEYWORDS(run_exec)(module, arguments, count, names);
    completed(globals);
    return result;
}

static PyObject *
hook_eval(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    return run(run_eval, module, arguments, count);
}

static int
patch_exec(void)
{
    bool has_names = xo_function_flags("builtins", "exec") != METH_FASTCALL;
    return has_names ? xo_patch_function("builtins", "exec", METH_FASTCALL | METH_KEYWORDS,
                                         XO_AS_FUNCTION(hook_exec_with_names), &run_exec)
                     : xo_patch_function("builtins", "exec", METH_FASTCALL, XO_AS_FUNCTION(hook_exec), &run_exec);
}

int
xo_hook_dict_functions(void)
{
    bool made = xo_patch_function("_weakref", "_remove_dead_weakref", METH_FASTCALL,
                                  XO_AS_FUNCTION(hook_remove_dead_weakref), &remove_dead_weakref) == 0
                && xo_patch_function("_warnings", "warn", METH_FASTCALL | METH_KEYWORDS, XO_AS_FUNCTION(hook_warn),
                                     &warn) == 0
                && patch_exec() == 0
                && xo_patch_function("builtins", "eval", METH_FASTCALL, XO_AS_FUNCTION(hook_eval), &run_eval) == 0
                && xo_patch_function("_warnings", "warn_explicit", METH_VARARGS | METH_KEYWORDS,
                                     XO_AS_FUNCTION(hook_warn_explicit), &warn_explicit) == 0;
    return made ? 0 : -1;
}

#endif
