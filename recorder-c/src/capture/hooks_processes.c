/* Where the program starts other processes, and where it ends at once. What is to be done about it, the package says. */
#include "changes.h"

#include <string.h>

static PyCFunction fork_exec, spawn, spawn_by_name, replace, replace_with, exit_now;

/* The recording that wants to know: that of the whole process. */
static xo_recorder *
asker(void)
{
    xo_recorder *recorder = xo_recorder_find(0);
    return recorder != NULL && !recorder->scoped && recorder->on_process != NULL ? recorder : NULL;
}

/* Calls on_process(kind, first, second), which is ours: nothing of it is recorded, no error of it is the program's.
 * A new reference, or NULL when nobody has anything to say. */
static PyObject *
ask(const char *kind, PyObject *first, PyObject *second)
{
    xo_recorder *recorder = asker();
    xo_thread_state *thread = recorder == NULL ? NULL : xo_this_thread(recorder);
    if (thread == NULL) {
        return NULL;
    }
    PyObject *callable = Py_NewRef(recorder->on_process);
    xo_suspend(thread);
    PyObject *answer = PyObject_CallFunction(callable, "sOO", kind, first, second);
    xo_unsuspend(thread);
    Py_DECREF(callable);
    if (answer == NULL) {
        PyErr_Clear();
    } else if (answer == Py_None) {
        Py_CLEAR(answer);
    }
    return answer;
}

/* The words of the new process, or what the package makes of them. */
static PyObject *
words_of(PyObject *words, PyObject *programs)
{
    PyObject *answer = ask("spawn", words, programs);
    return answer == NULL ? Py_NewRef(words) : answer;
}

static PyObject *
tell(PyObject *result, bool is_followed)
{
    if (result != NULL && is_followed) {
        Py_XDECREF(ask("spawned", result, Py_None));
    }
    return result;
}

static PyObject *
fork_exec_fast(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    PyObject *copy[64];
    if (count < 2 || count > 64) {
        return XO_FAST(fork_exec)(module, arguments, count);
    }
    memcpy(copy, arguments, (size_t)count * sizeof *copy);
    copy[0] = words_of(arguments[0], arguments[1]);
    PyObject *result = XO_FAST(fork_exec)(module, copy, count);
    result = tell(result, copy[0] != arguments[0]);
    Py_DECREF(copy[0]);
    return result;
}

static PyObject *
fork_exec_tuple(PyObject *module, PyObject *arguments)
{
    if (PyTuple_GET_SIZE(arguments) < 2) {
        return fork_exec(module, arguments);
    }
    PyObject *words = words_of(PyTuple_GET_ITEM(arguments, 0), PyTuple_GET_ITEM(arguments, 1));
    PyObject *rest = PyTuple_GetSlice(arguments, 1, PyTuple_GET_SIZE(arguments));
    PyObject *first = PyTuple_Pack(1, words);
    PyObject *all = first == NULL || rest == NULL ? NULL : PySequence_Concat(first, rest);
    PyObject *result = all == NULL ? NULL : fork_exec(module, all);
    result = tell(result, words != PyTuple_GET_ITEM(arguments, 0));
    Py_DECREF(words);
    Py_XDECREF(rest);
    Py_XDECREF(first);
    Py_XDECREF(all);
    return result;
}

/* os.posix_spawn and os.posix_spawnp, which subprocess prefers since 3.13: (path, words, environment, *, …). */
static PyObject *
spawn_with(PyCFunction original, PyObject *module, PyObject *const *arguments, Py_ssize_t count, PyObject *names)
{
    PyObject *copy[32];
    Py_ssize_t all = count + (names == NULL ? 0 : PyTuple_GET_SIZE(names));
    bool is_usual = count >= 2 && all <= 32 && (PyList_CheckExact(arguments[1]) || PyTuple_CheckExact(arguments[1]));
    PyObject *programs = is_usual ? PyTuple_Pack(1, arguments[0]) : NULL;
    if (programs == NULL) {
        PyErr_Clear();
        return XO_FAST_KEYWORDS(original)(module, arguments, count, names);
    }
    memcpy(copy, arguments, (size_t)all * sizeof *copy);
    copy[1] = words_of(arguments[1], programs);
    PyObject *result = XO_FAST_KEYWORDS(original)(module, copy, count, names);
    result = tell(result, copy[1] != arguments[1]);
    Py_DECREF(copy[1]);
    Py_DECREF(programs);
    return result;
}

static PyObject *
spawn_fast(PyObject *module, PyObject *const *arguments, Py_ssize_t count, PyObject *names)
{
    return spawn_with(spawn, module, arguments, count, names);
}

static PyObject *
spawn_by_name_fast(PyObject *module, PyObject *const *arguments, Py_ssize_t count, PyObject *names)
{
    return spawn_with(spawn_by_name, module, arguments, count, names);
}

/* os.execv and os.execve: the program of this process ends here, and another takes its place. When that fails after all,
 * the error is the program's, and the recording has ended. */
static PyObject *
replace_fast(PyObject *module, PyObject *const *arguments, Py_ssize_t count)
{
    PyObject *words = count == 2 ? ask("exec", arguments[1], arguments[0]) : NULL;
    PyObject *const copy[] = {count == 2 ? arguments[0] : NULL, words};
    PyObject *result = XO_FAST(replace)(module, words == NULL ? arguments : copy, count);
    Py_XDECREF(words);
    return result;
}

static PyObject *
replace_with_fast(PyObject *module, PyObject *const *arguments, Py_ssize_t count, PyObject *names)
{
    PyObject *words = count == 3 ? ask("exec", arguments[1], arguments[0]) : NULL;
    PyObject *const copy[] = {count == 3 ? arguments[0] : NULL, words, count == 3 ? arguments[2] : NULL};
    PyObject *result = XO_FAST_KEYWORDS(replace_with)(module, words == NULL ? arguments : copy, count, names);
    Py_XDECREF(words);
    return result;
}

/* os._exit: the recording is completed before. */
static PyObject *
exit_now_fast(PyObject *module, PyObject *const *arguments, Py_ssize_t count, PyObject *names)
{
    Py_XDECREF(ask("exit", Py_None, Py_None));
    return XO_FAST_KEYWORDS(exit_now)(module, arguments, count, names);
}

/* Versions and systems without the function, or with another form of it, start such processes unrecorded. */
static int
patch_if_known(const char *name, int flags, PyCFunction replacement, PyCFunction *original)
{
    return xo_function_flags("posix", name) == flags ? xo_patch_function("posix", name, flags, replacement, original) : 0;
}

int
xo_hook_processes(void)
{
    bool is_fast = xo_function_flags("_posixsubprocess", "fork_exec") == METH_FASTCALL;
    if (xo_patch_function("_posixsubprocess", "fork_exec", is_fast ? METH_FASTCALL : METH_VARARGS,
                          is_fast ? XO_AS_FUNCTION(fork_exec_fast) : fork_exec_tuple, &fork_exec) < 0) {
        return -1;
    }
    const int flags = METH_FASTCALL | METH_KEYWORDS;
    if (patch_if_known("posix_spawn", flags, XO_AS_FUNCTION(spawn_fast), &spawn) < 0
        || patch_if_known("posix_spawnp", flags, XO_AS_FUNCTION(spawn_by_name_fast), &spawn_by_name) < 0
        || patch_if_known("execv", METH_FASTCALL, XO_AS_FUNCTION(replace_fast), &replace) < 0
        || patch_if_known("execve", flags, XO_AS_FUNCTION(replace_with_fast), &replace_with) < 0) {
        return -1;
    }
    return xo_patch_function("posix", "_exit", flags, XO_AS_FUNCTION(exit_now_fast), &exit_now);
}
