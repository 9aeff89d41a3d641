/* What is known of each code object: kept in the code's own extra slot, so it ends with it. */
#include "events.h"
#include "hooks.h"

#include <stdlib.h>

static Py_ssize_t extra_index = -1;
static xo_code *first_code;

static inline xo_code **
latest_at(const PyCodeObject *python_code)
{
    enum { LATEST = 64 };
    static xo_code *latest[LATEST]; /* those that were asked for last, by address */
    return &latest[((uintptr_t)python_code >> 6) % LATEST];
}

static void
free_code(void *extra)
{
    xo_code *code = extra;
    if (code == NULL) {
        return;
    }
    if (code == *latest_at(code->code)) {
        *latest_at(code->code) = NULL;
    }
    if (code->previous != NULL) {
        code->previous->next = code->next;
    } else {
        first_code = code->next;
    }
    if (code->next != NULL) {
        code->next->previous = code->previous;
    }
    while (code->uses != NULL) {
        xo_code_use *use = code->uses;
        code->uses = use->next;
        free(use);
    }
    free(code->lines);
    free(code->stores);
    free(code->loops);
    free(code->item_writes);
    free(code);
}

int
xo_codes_init(void)
{
    if (extra_index < 0) {
        extra_index = xo_request_code_extra(free_code);
    }
    if (extra_index < 0) {
        PyErr_SetString(PyExc_RuntimeError, "this interpreter has no room left to attach data to code objects");
        return -1;
    }
    return 0;
}

xo_code *
xo_codes_first(void)
{
    return first_code;
}

static xo_code *
attach(PyCodeObject *python_code)
{
    xo_greenlets_find(); /* what loads them is code that runs for the first time */
    xo_coverage_find();
    xo_unpickling_find();
    xo_code *code = calloc(1, sizeof *code);
    if (code == NULL || xo_code_set_extra((PyObject *)python_code, extra_index, code) < 0) {
        free(code);
        PyErr_NoMemory();
        return NULL;
    }
    code->code = python_code;
    code->next = first_code;
    if (first_code != NULL) {
        first_code->previous = code;
    }
    first_code = code;
    return code;
}

xo_code *
xo_code_of(PyCodeObject *python_code)
{
    xo_code **latest = latest_at(python_code);
    if (XO_LIKELY(*latest != NULL && (*latest)->code == python_code)) {
        return *latest;
    }
    void *extra = NULL;
    bool known = xo_code_get_extra((PyObject *)python_code, extra_index, &extra) == 0 && extra != NULL;
    xo_code *code = known ? extra : attach(python_code);
    bool lacks_item_writes = XO_HAS_MONITORING && code != NULL && code->item_writes == NULL;
    if (lacks_item_writes && xo_code_find_item_writes(code) < 0) {
        return NULL;
    }
    return *latest = code;
}

static xo_code_use *
add_use(xo_recorder *recorder, xo_code *code)
{
    xo_code_use *use = calloc(1, sizeof *use);
    if (use == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    use->recorder = recorder;
    use->next = code->uses;
    code->uses = use;
    code->looked_at = 0;
    return use;
}

/* The first event of recorded code: what its steps will speak of. */
static int
define(xo_recorder *recorder, xo_code *code, xo_code_use *use)
{
    if ((!code->analysed && xo_code_analyse(code) < 0) || xo_code_define(recorder, code, use) < 0) {
        return -1;
    }
    xo_codes_apply_breakpoints(recorder, code);
    code->looked_at = 0;
    return 0;
}

xo_code_use *
xo_code_use_in(xo_recorder *recorder, xo_code *code)
{
    xo_code_use *use = xo_code_find_use(recorder, code);
    if (use == NULL) {
        use = add_use(recorder, code);
        if (use == NULL) {
            return NULL;
        }
        use->recorded = xo_code_is_wanted(recorder, code->code);
    }
    return use->recorded && use->number == 0 && define(recorder, code, use) < 0 ? NULL : use;
}

/* The recording ends. */
void
xo_codes_forget(const xo_recorder *recorder)
{
    for (xo_code *code = first_code; code != NULL; code = code->next) {
        for (xo_code_use **link = &code->uses; *link != NULL;) {
            xo_code_use *use = *link;
            if (use->recorder == recorder) {
                *link = use->next;
                free(use);
            } else {
                link = &use->next;
            }
        }
    }
}

static int
give_constants(xo_recorder *recorder, PyCodeObject *python_code)
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(python_code->co_consts); i++) {
        PyObject *constant = PyTuple_GET_ITEM(python_code->co_consts, i);
        if (PyCode_Check(constant) && xo_code_give(recorder, (PyCodeObject *)constant, NULL) < 0) {
            return -1;
        }
    }
    return 0;
}

int
xo_code_give(xo_recorder *recorder, PyCodeObject *python_code, PyObject *source)
{
    xo_code *code = xo_code_of(python_code);
    xo_code_use *use = code == NULL ? NULL : xo_code_find_use(recorder, code);
    if (code == NULL || (use == NULL && (use = add_use(recorder, code)) == NULL)) {
        return -1;
    }
    use->given = use->recorded = true;
    code->looked_at = 0;
    if (source != NULL && PyDict_SetItem(recorder->sources, python_code->co_filename, source) < 0) {
        return -1;
    }
    return give_constants(recorder, python_code);
}
