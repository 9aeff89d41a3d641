/* A loop's variables are bound in its line, but not at the visit of that line which ends the loop: where the frame has got
 * to tells. */
#include "analysis.h"

#include <stdlib.h>

enum { MOST_LOOPS = 255 };

/* Where FOR_ITER leads to when nothing is left. */
static Py_ssize_t
loop_exit(Py_ssize_t offset, int argument)
{
    Py_ssize_t unit = PY_VERSION_HEX >= 0x030A0000 ? 2 : 1;
    Py_ssize_t caches = PY_VERSION_HEX >= 0x030C0000 ? 1 : 0;
    return offset + 2 + 2 * caches + unit * argument;
}

/* Instructions that only take apart and bind what the loop gives. */
static bool
only_binds(int opcode)
{
    switch (opcode) {
#ifdef CACHE
    case CACHE:
#endif
    case NOP:
    case EXTENDED_ARG:
    case UNPACK_SEQUENCE:
    case UNPACK_EX:
    case STORE_FAST:
    case STORE_DEREF:
    case STORE_NAME:
    case STORE_GLOBAL:
#ifdef STORE_FAST_STORE_FAST
    case STORE_FAST_STORE_FAST:
#endif
        return true;
    default:
        return false;
    }
}

/* Whether the loop's line does nothing but bind, and its body has lines of its own: then an event comes between the two. */
static bool
is_plain(const xo_analysis *work, Py_ssize_t from, Py_ssize_t to)
{
    int32_t line = work->unit_lines[from / 2];
    bool has_body = false;
    for (Py_ssize_t at = from + 2; at < to && at + 1 < work->size_bytes; at += 2) {
        int32_t here = work->unit_lines[at / 2];
        has_body = has_body || (here >= 0 && here != line);
        if ((here == line || (here < 0 && !has_body)) && !only_binds(work->bytes[at])) {
            return false;
        }
    }
    return line >= 0 && has_body;
}

/* -1 with an exception set. */
static int
add_loop(xo_analysis *work, size_t *count, Py_ssize_t from, Py_ssize_t to)
{
    xo_loop *loops = realloc(work->code->loops, (*count + 1) * sizeof *loops);
    if (loops == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    work->code->loops = loops;
    loops[(*count)++] = (xo_loop){(int32_t)from, (int32_t)to};
    int32_t line = work->unit_lines[from / 2];
    for (size_t i = 0; i < work->count; i++) {
        xo_line_store *found = &work->stores[i];
        if (found->line == line && found->store.offset > from && found->store.offset < to) {
            found->store.loop = (uint8_t)*count;
        }
    }
    return 0;
}

int
xo_analysis_find_loops(xo_analysis *work)
{
    size_t count = 0;
    int argument = 0;
    for (Py_ssize_t offset = 0; offset + 1 < work->size_bytes && count < MOST_LOOPS; offset += 2) {
        int opcode = work->bytes[offset];
        argument = (argument << 8) | work->bytes[offset + 1];
        if (opcode == EXTENDED_ARG) {
            continue;
        }
        Py_ssize_t exit = loop_exit(offset, argument);
        if (opcode == FOR_ITER && is_plain(work, offset, exit) && add_loop(work, &count, offset, exit) < 0) {
            return -1;
        }
        argument = 0;
    }
    return 0;
}
