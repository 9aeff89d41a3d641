/* Lines up to CPython 3.9: an event where a line's instructions start, or at a jump back.
 *
 * Every instruction has a line, but a jump into the middle of another line's instructions (the clean-up after
 * `except … as e`, which belongs to the line before it) is no event: the writes that it leads to are added to the line
 * that it comes from. */
#include "analysis.h"

#if !XO_HAS_CO_LINES

#include <stdlib.h>

typedef struct {
    int32_t from, to; /* the code units [from, to) may be left … */
    int32_t target;   /* … for this one, in the middle of another line */
} passage;

typedef struct {
    xo_analysis *work;
    passage *passages; /* owned */
    size_t count, capacity;
    int32_t units;
    int32_t *seen; /* owned; by code unit: start of the newest line that came to it */
} reach;

/* ---- the table ---- */

static void
fill_lines(xo_analysis *work, int32_t from, int32_t to, int32_t line)
{
    int32_t units = (int32_t)(work->size_bytes / 2);
    for (int32_t unit = from; unit < to && unit < units; unit++) {
        work->unit_lines[unit] = line;
    }
    if (from < to) {
        xo_code *code = work->code;
        code->min_line = line < code->min_line ? line : code->min_line;
        code->max_line = line > code->max_line ? line : code->max_line;
    }
}

/* An instruction with a long argument is run as one: no event comes where a line starts inside of it. */
static bool
is_inside(const xo_analysis *work, int32_t offset)
{
    return offset >= 2 && work->bytes[offset - 2] == EXTENDED_ARG;
}

int
xo_analysis_read_lines(xo_analysis *work)
{
    PyCodeObject *code = work->code->code;
    const uint8_t *entries = (const uint8_t *)PyBytes_AS_STRING(code->co_lnotab);
    Py_ssize_t size_bytes = PyBytes_GET_SIZE(code->co_lnotab);
    int32_t units = (int32_t)(work->size_bytes / 2), offset = 0, line = code->co_firstlineno;
    int32_t told = line; /* by the newest event */
    work->code->min_line = work->code->max_line = line;
    work->unit_starts = calloc((size_t)units + 1, 1);
    if (work->unit_starts == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    work->unit_starts[0] = 1;
    for (Py_ssize_t i = 0; i + 1 < size_bytes; i += 2) { /* bytes of code, at most 255, then lines up or down */
        int32_t next = offset + entries[i], difference = (int8_t)entries[i + 1];
        fill_lines(work, offset / 2, next / 2, told);
        offset = next;
        line += difference;
        if (difference != 0 && offset / 2 < units && !is_inside(work, offset)) {
            work->unit_starts[offset / 2] = 1;
            told = line;
        }
    }
    fill_lines(work, offset / 2, units, told);
    return 0;
}

/* ---- passages ---- */

static int32_t
end_of_line(const reach *found, int32_t unit)
{
    do {
        unit++;
    } while (unit < found->units && !found->work->unit_starts[unit]);
    return unit;
}

static int
add_passage(reach *found, int32_t from, int32_t to, int32_t target)
{
    if (target <= from || target >= found->units || found->work->unit_starts[target]) {
        return 0;
    }
    if (end_of_line(found, from) > target) { /* within one line */
        return 0;
    }
    if (found->count == found->capacity) {
        size_t capacity = found->capacity == 0 ? 32 : 2 * found->capacity;
        passage *passages = realloc(found->passages, capacity * sizeof *passages);
        if (passages == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        found->passages = passages;
        found->capacity = capacity;
    }
    found->passages[found->count++] = (passage){from, to, target};
    return 0;
}

/* Where a block's handler starts; any instruction of the block may lead there. */
static Py_ssize_t
handler_of(int opcode, Py_ssize_t offset, int argument)
{
    switch (opcode) {
    case SETUP_FINALLY:
    case SETUP_WITH:
    case SETUP_ASYNC_WITH:
#ifdef SETUP_EXCEPT
    case SETUP_EXCEPT:
#endif
#ifdef SETUP_LOOP
    case SETUP_LOOP:
#endif
        return offset + 2 + argument;
    default:
        return -1;
    }
}

static int
find_passages(reach *found)
{
    const uint8_t *bytes = found->work->bytes;
    int argument = 0;
    for (Py_ssize_t offset = 0; offset + 1 < found->work->size_bytes; offset += 2) {
        int opcode = bytes[offset];
        argument = (argument << 8) | bytes[offset + 1];
        if (opcode == EXTENDED_ARG) {
            continue;
        }
        int32_t unit = (int32_t)(offset / 2);
        int32_t target = (int32_t)(xo_jump_target(opcode, offset, argument) / 2);
        int32_t handler = (int32_t)(handler_of(opcode, offset, argument) / 2);
        if (add_passage(found, unit, unit + 1, target) < 0 || add_passage(found, unit, handler, handler) < 0) {
            return -1;
        }
        argument = 0;
    }
    return 0;
}

/* ---- what a line reaches ---- */

/* The writes of [from, to) may belong to `line`. */
static int
add_writes(reach *found, size_t count, int32_t line, int32_t from, int32_t to)
{
    for (size_t i = 0; i < count; i++) {
        xo_store store = found->work->stores[i].store;
        if (store.offset / 2 >= from && store.offset / 2 < to && xo_analysis_add(found->work, line, store) < 0) {
            return -1;
        }
    }
    return 0;
}

/* Follows the passages out of [from, to), which runs after the event at `start`; passages lead forwards only. */
static int
follow(reach *found, size_t count, int32_t start, int32_t from, int32_t to)
{
    for (size_t i = 0; i < found->count; i++) {
        const passage *way = &found->passages[i];
        if (way->from >= to || way->to <= from || found->seen[way->target] == start) {
            continue;
        }
        int32_t target = way->target, end = end_of_line(found, target);
        found->seen[target] = start;
        if (add_writes(found, count, found->work->unit_lines[start], target, end) < 0
            || follow(found, count, start, target, end) < 0) {
            return -1;
        }
    }
    return 0;
}

static int
follow_all(reach *found)
{
    size_t count = found->work->count;
    found->seen = malloc(sizeof(int32_t) * ((size_t)found->units + 1));
    if (found->seen == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    memset(found->seen, 0xff, sizeof(int32_t) * ((size_t)found->units + 1));
    for (int32_t start = 0, end; found->count != 0 && start < found->units; start = end) {
        end = end_of_line(found, start);
        if (follow(found, count, start, start, end) < 0) {
            return -1;
        }
    }
    return 0;
}

int
xo_analysis_spread(xo_analysis *work)
{
    reach found = {.work = work, .units = (int32_t)(work->size_bytes / 2)};
    int result = find_passages(&found) < 0 || follow_all(&found) < 0 ? -1 : 0;
    free(found.passages);
    free(found.seen);
    return result;
}

#endif
