/* Tells the recording about files and code, and decides which code is recorded step by step. */
#include "redaction.h"

#include <stdlib.h>
#include <unistd.h>

bool
xo_code_is_wanted(xo_recorder *recorder, PyCodeObject *code)
{
    PyObject *file = code->co_filename;
    if (PyDict_GetItem(recorder->sources, file) != NULL) { /* of code that was handed to us */
        return true;
    }
    if (PyUnicode_GET_LENGTH(file) == 0 || PyUnicode_READ_CHAR(file, 0) == '<') {
        return false;
    }
    xo_verdict verdict = xo_rules_apply(recorder->rules, file);
    if (verdict != XO_NO_RULE) {
        return verdict == XO_INCLUDED;
    }
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(recorder->library); i++) {
        PyObject *prefix = PyTuple_GET_ITEM(recorder->library, i);
        if (PyUnicode_Tailmatch(file, prefix, 0, PY_SSIZE_T_MAX, -1) == 1) {
            return false;
        }
    }
    return true;
}

/* ---- files ---- */

static uint32_t
write_file(xo_recorder *recorder, PyObject *name, const char *path)
{
    PyObject *given = PyDict_GetItem(recorder->sources, name);
    Py_ssize_t given_bytes = 0;
    const char *given_text = given == NULL || given == Py_None ? NULL : PyUnicode_AsUTF8AndSize(given, &given_bytes);
    if (given_text != NULL) {
        return xo_put_source(recorder, path, given_text, (size_t)given_bytes);
    }
    PyErr_Clear();
    size_t size_bytes;
    char *source = xo_source_read(path, &size_bytes);
    uint32_t number = xo_put_source(recorder, path, source, size_bytes);
    free(source);
    return number;
}

/* The path to write for a file's name. Up to 3.8 the code of a script has the name as it was given, from the folder
 * where it was started. A new reference, NULL with an exception set. */
static PyObject *
path_of(PyObject *name)
{
    PyObject *path = PyUnicode_AsEncodedString(name, "utf-8", "surrogateescape");
    const char *text = path == NULL || !XO_SCRIPTS_ARE_RELATIVE ? "" : PyBytes_AS_STRING(path);
    char folder[4096];
    if (text[0] == 0 || text[0] == '/' || text[0] == '<' || access(text, R_OK) != 0
        || getcwd(folder, sizeof folder) == NULL) {
        return path;
    }
    PyObject *whole = PyBytes_FromFormat("%s/%s", folder, strncmp(text, "./", 2) == 0 ? text + 2 : text);
    Py_DECREF(path);
    return whole;
}

/* The number of a file, 0 with an exception set. */
static uint32_t
define_file(xo_recorder *recorder, PyObject *name)
{
    PyObject *known = PyDict_GetItem(recorder->files, name);
    if (known != NULL) {
        return (uint32_t)PyLong_AsUnsignedLong(known);
    }
    PyObject *path = path_of(name);
    if (path == NULL) {
        return 0;
    }
    uint32_t number = write_file(recorder, name, PyBytes_AS_STRING(path));
    Py_DECREF(path);
    PyObject *value = PyLong_FromUnsignedLong(number);
    if (value == NULL || PyDict_SetItem(recorder->files, name, value) < 0) {
        number = 0;
    }
    Py_XDECREF(value);
    return number;
}

/* ---- code ---- */

static int
argument_count(const PyCodeObject *code)
{
    return code->co_argcount + code->co_kwonlyargcount + ((code->co_flags & CO_VARARGS) != 0)
           + ((code->co_flags & CO_VARKEYWORDS) != 0);
}

/* How the argument in a slot is given: XO_VARIABLE_REST, XO_VARIABLE_BY_NAME, both or neither. */
static uint8_t
argument_flags(const PyCodeObject *code, int slot)
{
    int names = slot - code->co_argcount;
    int rest = names - code->co_kwonlyargcount;
    if (names < 0) {
        return 0;
    }
    if (rest < 0) {
        return XO_VARIABLE_BY_NAME;
    }
    return rest == 0 && (code->co_flags & CO_VARARGS) ? XO_VARIABLE_REST : XO_VARIABLE_REST | XO_VARIABLE_BY_NAME;
}

static uint32_t
code_flags(const xo_code *code)
{
    int flags = code->code->co_flags;
    uint32_t result = 0;
    if (code->in_dict) {
        bool is_module = PyUnicode_CompareWithASCIIString(code->code->co_name, "<module>") == 0;
        result |= is_module ? XO_CODE_MODULE : XO_CODE_CLASS;
    }
    result |= flags & CO_GENERATOR ? XO_CODE_GENERATOR : 0;
    result |= flags & (CO_COROUTINE | CO_ITERABLE_COROUTINE) ? XO_CODE_COROUTINE : 0;
    result |= flags & CO_ASYNC_GENERATOR ? XO_CODE_ASYNC_GENERATOR : 0;
    return result;
}

/* Fills `lines` with those that a line step can be at. */
static size_t
list_lines(const xo_code *code, int32_t *lines)
{
    size_t count = 0;
    for (int32_t line = code->min_line; line <= code->max_line; line++) {
        if (code->lines[line - code->min_line].flags & XO_LINE_HAS_CODE) {
            lines[count++] = line;
        }
    }
    return count;
}

static const char *
utf8(PyObject *text)
{
    const char *result = PyUnicode_AsUTF8(text);
    if (result == NULL) {
        PyErr_Clear();
        result = "?";
    }
    return result;
}

static uint32_t
write_code(xo_recorder *recorder, const xo_code *code, uint32_t file, const char **names, uint8_t *flags, int32_t *lines)
{
    PyCodeObject *python_code = code->code;
    int arguments = argument_count(python_code);
    for (int i = 0; i < code->slot_count; i++) {
        names[i] = utf8(xo_code_slot_name(python_code, i));
        flags[i] = xo_code_slot_flags(python_code, i, arguments);
        flags[i] |= i < arguments ? argument_flags(python_code, i) : 0;
    }
    xo_code_definition definition = {
        .name = utf8(python_code->co_name),
        .qualname = utf8(xo_code_qualname(python_code)),
        .file = file,
        .first_line = python_code->co_firstlineno,
        .min_line = code->min_line,
        .max_line = code->max_line,
        .lines = lines,
        .line_count = list_lines(code, lines),
        .flags = code_flags(code),
        .variable_count = (size_t)code->slot_count,
        .variable_names = names,
        .variable_flags = flags,
    };
    return xo_writer_define_code(recorder->writer, &definition);
}

int
xo_code_define(xo_recorder *recorder, const xo_code *code, xo_code_use *use)
{
    uint32_t file = define_file(recorder, code->code->co_filename);
    if (file == 0 && PyErr_Occurred()) {
        return -1;
    }
    size_t slots = (size_t)code->slot_count + 1;
    const char **names = calloc(slots, sizeof *names);
    uint8_t *flags = calloc(slots, 1);
    int32_t *lines = calloc((size_t)(code->max_line - code->min_line) + 1, sizeof *lines);
    int result = -1;
    if (names != NULL && flags != NULL && lines != NULL) {
        use->number = write_code(recorder, code, file, names, flags, lines);
        result = 0;
    } else {
        PyErr_NoMemory();
    }
    free(names);
    free(flags);
    free(lines);
    return result;
}
