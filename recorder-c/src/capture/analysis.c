/* Reads a code object's instructions once: which variables each line may write, and where.
 *
 * Between two events of a frame only instructions of one line run, so reading these variables at the second event
 * finds every binding; what runs without an event though it stands elsewhere is added to the lines it may run after. */
#include "analysis.h"

#include <stdlib.h>

int
xo_analysis_add(xo_analysis *work, int32_t line, xo_store store)
{
    if (work->count == work->capacity) {
        size_t capacity = work->capacity == 0 ? 32 : 2 * work->capacity;
        xo_line_store *stores = realloc(work->stores, capacity * sizeof *stores);
        if (stores == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        work->stores = stores;
        work->capacity = capacity;
    }
    work->stores[work->count++] = (xo_line_store){line, store};
    return 0;
}

static int
add_store(xo_analysis *work, Py_ssize_t offset, xo_store_kind kind, int index)
{
    xo_store store = {(int32_t)offset, (uint16_t)index, (uint8_t)kind, 0};
    return xo_analysis_add(work, work->unit_lines[offset / 2], store);
}

static xo_store_kind
name_store(const xo_analysis *work, Py_ssize_t offset)
{
#ifdef INPLACE_ADD
    if (offset >= 2 && (work->bytes[offset - 2] == INPLACE_ADD || work->bytes[offset - 2] == BINARY_ADD)) {
        return XO_STORE_SUM;
    }
#else
    (void)work;
    (void)offset;
#endif
    return XO_STORE_NAME;
}

static int
add_instruction(xo_analysis *work, Py_ssize_t offset, int opcode, int argument)
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
        return add_store(work, offset, XO_STORE_CELL, xo_code_cell_slot(work->code->code, argument));
#ifdef MAKE_CELL
    case MAKE_CELL: /* an inlined comprehension makes its cells midway */
        return add_store(work, offset, XO_STORE_FAST, argument);
#endif
    case STORE_NAME:
        return XO_HAS_DICT_WATCHERS ? 0 : add_store(work, offset, name_store(work, offset), argument);
    case STORE_GLOBAL:
        return XO_HAS_DICT_WATCHERS ? 0 : add_store(work, offset, XO_STORE_GLOBAL, argument);
    case DELETE_NAME:
        return XO_HAS_DICT_WATCHERS ? 0 : add_store(work, offset, XO_DELETE_NAME, argument);
    case DELETE_GLOBAL:
        return XO_HAS_DICT_WATCHERS ? 0 : add_store(work, offset, XO_DELETE_GLOBAL, argument);
    default:
        return 0;
    }
}

static xo_line *
line_at(const xo_analysis *work, Py_ssize_t offset)
{
    int32_t line = work->unit_lines[offset / 2];
    return line < 0 ? NULL : &work->code->lines[line - work->code->min_line];
}

/* A jump back without a line is behind several branches; it may stay on the line that it leads to. */
static void
note_instruction(xo_analysis *work, Py_ssize_t offset, int opcode, int argument)
{
    Py_ssize_t target = xo_jumps_back_to(opcode, offset, argument);
    xo_line *info = line_at(work, offset);
    xo_line *aim = target < 0 ? NULL : line_at(work, target);
    xo_line *loop = info != NULL ? info : aim;
    if (target >= 0 && loop != NULL) {
        bool stays = aim == NULL || aim == loop;
        loop->flags |= stays ? XO_LINE_LOOPS | XO_LINE_REPEATS : XO_LINE_LOOPS;
    }
    if (info != NULL && !xo_is_prefix(opcode)) {
        info->flags |= XO_LINE_HAS_CODE;
    }
}

static int
walk(xo_analysis *work)
{
    int argument = 0;
    Py_ssize_t start = 0; /* of the instruction with the prefixes of its argument: it may count as running from there */
    for (Py_ssize_t offset = 0; offset + 1 < work->size_bytes; offset += 2) {
        int opcode = work->bytes[offset];
        argument = (argument << 8) | work->bytes[offset + 1];
        if (opcode == EXTENDED_ARG) {
            continue;
        }
        note_instruction(work, offset, opcode, argument);
        if (add_instruction(work, start, opcode, argument) < 0) {
            return -1;
        }
        argument = 0;
        start = offset + 2;
    }
    return 0;
}

static bool
is_name(const xo_store *store)
{
    return store->kind == XO_STORE_NAME || store->kind == XO_STORE_SUM;
}

static bool
same_variable(const xo_store *a, const xo_store *b)
{
    bool same_kind = a->kind == b->kind || (is_name(a) && is_name(b));
    return same_kind && a->index == b->index;
}

static int
by_line_then_offset(const void *left, const void *right)
{
    const xo_line_store *a = left, *b = right;
    if (a->line != b->line) {
        return a->line < b->line ? -1 : 1;
    }
    return a->store.offset < b->store.offset ? -1 : a->store.offset > b->store.offset;
}

/* One that stands for the store already; NULL when there is none. */
static xo_store *
find_same(const xo_code *code, const xo_line *info, const xo_store *store)
{
    for (uint16_t i = 0; i < info->count; i++) {
        if (same_variable(&code->stores[info->first + i], store)) {
            return &code->stores[info->first + i];
        }
    }
    return NULL;
}

/* Moves the stores to the code, grouped by line; of several to one variable the first stays: a `finally` clause may be
 * there more than once, with all its loops. */
static int
keep_stores(xo_analysis *work)
{
    xo_code *code = work->code;
    if (work->count > 0) {
        qsort(work->stores, work->count, sizeof *work->stores, by_line_then_offset);
    }
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
        if (xo_is_in_dict(&work->stores[i].store)) {
            info->flags |= XO_LINE_BINDS_NAMES;
        }
        xo_store *same = find_same(code, info, &work->stores[i].store);
        if (same == NULL) {
            code->stores[kept++] = work->stores[i].store;
            info->count++;
            continue;
        }
        info->flags |= XO_LINE_REPEATS;
        if (work->stores[i].store.kind == XO_STORE_SUM) {
            same->kind = XO_STORE_SUM;
        }
        if (same->loop != work->stores[i].store.loop) {
            same->loop = 0;
        }
    }
    return 0;
}

static int
allocate(xo_analysis *work)
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
    code->slot_count = xo_code_slot_count(python_code);
    code->class_cell = code->class_dict_cell = -1;
    for (int i = code->slot_count - xo_code_free_count(python_code); i < code->slot_count; i++) {
        PyObject *name = xo_code_slot_name(python_code, i);
        if (PyUnicode_CompareWithASCIIString(name, "__class__") == 0) {
            code->class_cell = i;
        } else if (PyUnicode_CompareWithASCIIString(name, "__classdict__") == 0) {
            code->class_dict_cell = i;
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
    xo_analysis work = {.code = code,
                     .bytes = (const uint8_t *)PyBytes_AS_STRING(bytes),
                     .size_bytes = PyBytes_GET_SIZE(bytes)};
    int result = -1;
    describe(code);
    if (allocate(&work) < 0 || xo_analysis_read_lines(&work) < 0) {
        goto done;
    }
    code->lines = calloc((size_t)(code->max_line - code->min_line) + 1, sizeof(xo_line));
    if (code->lines == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    if (walk(&work) == 0 && xo_analysis_find_loops(&work) == 0 && xo_analysis_spread(&work) == 0 && keep_stores(&work) == 0) {
        code->analysed = true;
        result = 0;
    }

done:
    free(work.unit_lines);
    free(work.unit_starts);
    free(work.stores);
    Py_DECREF(bytes);
    return result;
}
