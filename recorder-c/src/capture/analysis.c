/* Reads a code object's instructions once: which variables each line may write, and where.
 *
 * Between two events of a frame only instructions of one line run, so reading these variables at the second event
 * finds every binding. Instructions without a line (the clean-up after `except … as e`) run after any line of the
 * block that they close; their writes are added to all lines since the variable was bound. */
#include "capture.h"

#include <stdlib.h>

typedef struct {
    int32_t line; /* -1: none */
    xo_store store;
} line_store;

typedef struct {
    xo_code *code;
    const uint8_t *bytes; /* borrowed: opcode and argument in turn */
    Py_ssize_t size_bytes;
    int32_t *unit_lines;  /* owned; by code unit */
    line_store *stores;   /* owned */
    size_t count, capacity;
} analysis;

static int
add_store(analysis *work, Py_ssize_t offset, xo_store_kind kind, int index)
{
    if (work->count == work->capacity) {
        size_t capacity = work->capacity == 0 ? 32 : 2 * work->capacity;
        line_store *stores = realloc(work->stores, capacity * sizeof *stores);
        if (stores == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        work->stores = stores;
        work->capacity = capacity;
    }
    xo_store store = {(int32_t)offset, (uint16_t)index, (uint8_t)kind};
    work->stores[work->count++] = (line_store){work->unit_lines[offset / 2], store};
    return 0;
}

static int
add_instruction(analysis *work, Py_ssize_t offset, int opcode, int argument)
{
    switch (opcode) {
    case STORE_FAST:
    case DELETE_FAST:
#ifdef LOAD_FAST_AND_CLEAR
    case LOAD_FAST_AND_CLEAR:
#endif
        return add_store(work, offset, XO_STORE_FAST, argument);
#if !XO_HAS_DICT_WATCHERS
    case SETUP_ANNOTATIONS:
    case IMPORT_STAR:
        return add_store(work, offset, XO_STORE_NAMES, 0);
#endif
#ifdef STORE_FAST_STORE_FAST
    case STORE_FAST_STORE_FAST:
        return add_store(work, offset, XO_STORE_FAST, argument >> 4) < 0
                       || add_store(work, offset, XO_STORE_FAST, argument & 15) < 0
                   ? -1
                   : 0;
    case STORE_FAST_LOAD_FAST:
        return add_store(work, offset, XO_STORE_FAST, argument >> 4);
#endif
    case STORE_DEREF:
    case DELETE_DEREF:
        return add_store(work, offset, XO_STORE_CELL, argument);
    case MAKE_CELL: /* an inlined comprehension makes its cells midway */
        return add_store(work, offset, XO_STORE_FAST, argument);
    case STORE_NAME:
    case DELETE_NAME:
        return XO_HAS_DICT_WATCHERS ? 0 : add_store(work, offset, XO_STORE_NAME, argument);
    case STORE_GLOBAL:
    case DELETE_GLOBAL:
        return XO_HAS_DICT_WATCHERS ? 0 : add_store(work, offset, XO_STORE_GLOBAL, argument);
    default:
        return 0;
    }
}

static bool
jumps_back(int opcode)
{
    switch (opcode) {
    case JUMP_BACKWARD:
    case JUMP_BACKWARD_NO_INTERRUPT:
#ifdef POP_JUMP_BACKWARD_IF_TRUE
    case POP_JUMP_BACKWARD_IF_TRUE:
    case POP_JUMP_BACKWARD_IF_FALSE:
    case POP_JUMP_BACKWARD_IF_NONE:
    case POP_JUMP_BACKWARD_IF_NOT_NONE:
#endif
        return true;
    default:
        return false;
    }
}

/* What runs before a function's first line. */
static bool
is_prefix(int opcode)
{
    return opcode == RESUME || opcode == MAKE_CELL || opcode == COPY_FREE_VARS || opcode == RETURN_GENERATOR
           || opcode == CACHE;
}

static void
note_instruction(analysis *work, Py_ssize_t offset, int opcode)
{
    int32_t line = work->unit_lines[offset / 2];
    if (line < 0) {
        return;
    }
    xo_line *info = &work->code->lines[line - work->code->min_line];
    info->flags |= jumps_back(opcode) ? XO_LINE_LOOPS : 0;
    info->flags |= is_prefix(opcode) ? 0 : XO_LINE_HAS_CODE;
}

static int
walk(analysis *work)
{
    int argument = 0;
    for (Py_ssize_t offset = 0; offset + 1 < work->size_bytes; offset += 2) {
        int opcode = work->bytes[offset];
        argument = (argument << 8) | work->bytes[offset + 1];
        if (opcode == EXTENDED_ARG) {
            continue;
        }
        note_instruction(work, offset, opcode);
        if (add_instruction(work, offset, opcode, argument) < 0) {
            return -1;
        }
        argument = 0;
    }
    return 0;
}

static bool
same_variable(const xo_store *a, const xo_store *b)
{
    return a->kind == b->kind && a->index == b->index;
}

/* The offset from which a write without a line may have been reached: where the variable was bound last. */
static int32_t
reach_of(const analysis *work, size_t stray)
{
    for (size_t i = stray; i-- > 0;) {
        if (work->stores[i].line >= 0 && same_variable(&work->stores[i].store, &work->stores[stray].store)) {
            return work->stores[i].store.offset;
        }
    }
    return 0;
}

static int
spread_stray(analysis *work, size_t stray)
{
    xo_store store = work->stores[stray].store;
    int32_t previous = -1;
    for (int32_t unit = reach_of(work, stray) / 2; unit < store.offset / 2; unit++) {
        int32_t line = work->unit_lines[unit];
        if (line >= 0 && line != previous) {
            if (add_store(work, store.offset, (xo_store_kind)store.kind, store.index) < 0) {
                return -1;
            }
            work->stores[work->count - 1].line = line;
            previous = line;
        }
    }
    return 0;
}

static int
spread_strays(analysis *work)
{
    size_t count = work->count;
    for (size_t i = 0; i < count; i++) {
        if (work->stores[i].line < 0 && spread_stray(work, i) < 0) {
            return -1;
        }
    }
    return 0;
}

static int
by_line_then_offset(const void *left, const void *right)
{
    const line_store *a = left, *b = right;
    if (a->line != b->line) {
        return a->line < b->line ? -1 : 1;
    }
    return a->store.offset < b->store.offset ? -1 : a->store.offset > b->store.offset;
}

static bool
is_repeated(const xo_code *code, const xo_line *info, const xo_store *store)
{
    for (uint16_t i = 0; i < info->count; i++) {
        if (same_variable(&code->stores[info->first + i], store)) {
            return true;
        }
    }
    return false;
}

/* Moves the stores to the code, grouped by line; of several to one variable the first stays. */
static int
keep_stores(analysis *work)
{
    xo_code *code = work->code;
    qsort(work->stores, work->count, sizeof *work->stores, by_line_then_offset);
    code->stores = calloc(work->count + 1, sizeof(xo_store));
    if (code->stores == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    uint32_t kept = 0;
    for (size_t i = 0; i < work->count; i++) {
        if (work->stores[i].line < 0) {
            continue;
        }
        xo_line *info = &code->lines[work->stores[i].line - code->min_line];
        if (info->count == 0) {
            info->first = kept;
        }
        if (!is_repeated(code, info, &work->stores[i].store)) {
            code->stores[kept++] = work->stores[i].store;
            info->count++;
        }
    }
    return 0;
}

static int
read_range(analysis *work, PyObject *range)
{
    long start = PyLong_AsLong(PyTuple_GET_ITEM(range, 0));
    long end = PyLong_AsLong(PyTuple_GET_ITEM(range, 1));
    PyObject *line = PyTuple_GET_ITEM(range, 2);
    int32_t number = line == Py_None ? -1 : (int32_t)PyLong_AsLong(line);
    xo_code *code = work->code;
    for (long offset = start; offset < end && offset < work->size_bytes; offset += 2) {
        work->unit_lines[offset / 2] = number;
    }
    if (number >= 0) {
        code->min_line = number < code->min_line ? number : code->min_line;
        code->max_line = number > code->max_line ? number : code->max_line;
    }
    return 0;
}

static int
read_lines(analysis *work)
{
    work->code->min_line = work->code->max_line = work->code->code->co_firstlineno;
    PyObject *ranges = PyObject_CallMethod((PyObject *)work->code->code, "co_lines", NULL);
    PyObject *iterator = ranges == NULL ? NULL : PyObject_GetIter(ranges);
    Py_XDECREF(ranges);
    if (iterator == NULL) {
        return -1;
    }
    PyObject *range;
    while ((range = PyIter_Next(iterator)) != NULL) {
        read_range(work, range);
        Py_DECREF(range);
    }
    Py_DECREF(iterator);
    return PyErr_Occurred() ? -1 : 0;
}

static int
allocate(analysis *work)
{
    size_t units = (size_t)work->size_bytes / 2 + 1;
    work->unit_lines = malloc(units * sizeof(int32_t));
    if (work->unit_lines == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    memset(work->unit_lines, 0xff, units * sizeof(int32_t));
    return 0;
}

static void
describe(xo_code *code)
{
    PyCodeObject *python_code = code->code;
    code->suspends = python_code->co_flags & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR);
    code->in_dict = !(python_code->co_flags & CO_OPTIMIZED);
    code->slot_count = python_code->co_nlocalsplus;
    code->class_cell = -1;
    for (int i = python_code->co_nlocalsplus - python_code->co_nfreevars; i < python_code->co_nlocalsplus; i++) {
        PyObject *name = PyTuple_GET_ITEM(python_code->co_localsplusnames, i);
        if (PyUnicode_CompareWithASCIIString(name, "__class__") == 0) {
            code->class_cell = i;
        }
    }
}

/* Where items are stored: x[i] = y. */
int
xo_code_find_item_writes(xo_code *code)
{
    PyObject *bytes = PyCode_GetCode(code->code);
    if (bytes == NULL) {
        return -1;
    }
    const uint8_t *units = (const uint8_t *)PyBytes_AS_STRING(bytes);
    Py_ssize_t size_bytes = PyBytes_GET_SIZE(bytes);
    code->item_writes = calloc((size_t)size_bytes / 16 + 1, 1);
    for (Py_ssize_t offset = 0; code->item_writes != NULL && offset + 1 < size_bytes; offset += 2) {
        if (units[offset] == STORE_SUBSCR) {
            code->writes_items = true;
            code->item_writes[offset / 16] |= (uint8_t)(1 << (offset / 2 % 8));
        }
    }
    Py_DECREF(bytes);
    if (code->item_writes == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    return 0;
}

int
xo_code_analyse(xo_code *code)
{
    PyObject *bytes = PyCode_GetCode(code->code);
    if (bytes == NULL) {
        return -1;
    }
    analysis work = {.code = code,
                     .bytes = (const uint8_t *)PyBytes_AS_STRING(bytes),
                     .size_bytes = PyBytes_GET_SIZE(bytes)};
    int result = -1;
    describe(code);
    if (allocate(&work) < 0 || read_lines(&work) < 0) {
        goto done;
    }
    code->lines = calloc((size_t)(code->max_line - code->min_line) + 1, sizeof(xo_line));
    if (code->lines == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    if (walk(&work) == 0 && spread_strays(&work) == 0 && keep_stores(&work) == 0) {
        code->analysed = true;
        result = 0;
    }

done:
    free(work.unit_lines);
    free(work.stores);
    Py_DECREF(bytes);
    return result;
}
