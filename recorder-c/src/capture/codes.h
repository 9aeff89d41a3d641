/* What is known of code objects: which of their lines are recorded, and what these may write. */
#ifndef EXECORDER_CODES_H
#define EXECORDER_CODES_H

#include "compat.h"

typedef enum {
    XO_STORE_FAST,   /* index: the slot */
    XO_STORE_CELL,   /* index: the slot of a cell whose content is written */
    /* in dicts: */
    XO_STORE_NAME,   /* index: of co_names, in the frame's locals */
    XO_STORE_SUM,    /* likewise, of what an addition gives: up to 3.10, a text's name may be taken out of the dict meanwhile */
    XO_STORE_GLOBAL, /* index: of co_names, in the frame's globals */
    XO_STORE_NAMES,  /* any name in the frame's locals */
    XO_DELETE_NAME,  /* like XO_STORE_NAME; the same line may put it in again, at the end */
    XO_DELETE_GLOBAL,
} xo_store_kind;

typedef struct {
    int32_t offset; /* of the instruction, bytes */
    uint16_t index;
    uint8_t kind;
    uint8_t loop; /* it binds what this loop of the code gives: index + 1; 0: no loop, or not known */
} xo_store;

static inline bool
xo_is_in_dict(const xo_store *store)
{
    return store->kind >= XO_STORE_NAME;
}
static inline bool
xo_is_global(const xo_store *store)
{
    return store->kind == XO_STORE_GLOBAL || store->kind == XO_DELETE_GLOBAL;
}
static inline bool
xo_is_deletion(const xo_store *store)
{
    return store->kind == XO_DELETE_NAME || store->kind == XO_DELETE_GLOBAL;
}

/* A `for`: where its FOR_ITER stands, and where that leads to when nothing is left. In between, its variables are bound. */
typedef struct {
    int32_t from, to;
} xo_loop;

enum {
    XO_LINE_LOOPS = 1,      /* jumps back: any store may have run */
    XO_LINE_BREAKPOINT = 2,
    XO_LINE_HAS_CODE = 4,   /* a line step can be here */
    XO_LINE_REPEATS = 8,    /* may store more than once to a variable before the next step */
    XO_LINE_BINDS_NAMES = 16, /* in dicts, or deletes them there */
};

typedef struct {
    uint32_t first;
    uint16_t count;
    uint16_t flags;
} xo_line;

typedef struct xo_recorder xo_recorder;

/* What one recording knows of a code object. */
typedef struct xo_code_use {
    struct xo_code_use *next;
    xo_recorder *recorder;
    uint32_t number; /* of the recording; 0: not defined */
    bool recorded;   /* step by step */
    bool given;      /* handed to record_code: recorded whatever its file */
} xo_code_use;

/* Whether code binds names that live in a dict. */
enum { XO_NAME_STORES_UNKNOWN, XO_NO_NAME_STORES, XO_NAME_STORES };

typedef struct xo_code {
    struct xo_code *next, *previous; /* all codes known to this process */
    PyCodeObject *code;              /* borrowed: this struct ends with it */
    xo_code_use *uses;               /* owned; one for each recording that has met it */
    int events;                      /* of sys.monitoring that are on in it */
    uint64_t looked_at;              /* xo_epoch when that was decided; 0: to be decided anew */
    bool analysed;
    bool suspends;                   /* a generator or coroutine */
    bool in_dict;                    /* names live in a dict (module, class body, exec) */
    bool writes_items;               /* holds STORE_SUBSCR */
    uint8_t name_stores;             /* XO_NAME_STORES…; of library code, where dicts have no watchers */
    int32_t min_line, max_line;
    xo_line *lines;                  /* owned; by line - min_line */
    xo_store *stores;                /* owned */
    xo_loop *loops;                  /* owned; the first 255 at most */
    uint8_t *item_writes;            /* owned; bit per code unit that is STORE_SUBSCR */
    int slot_count;
    int class_cell;                  /* slot of a free variable named __class__, or -1 */
    int class_dict_cell;             /* likewise of __classdict__ */
} xo_code;

/* Of one in a dict that binds or deletes one name. Borrowed. */
static inline PyObject *
xo_stored_name(const xo_code *code, const xo_store *store)
{
    return PyTuple_GET_ITEM(code->code->co_names, store->index);
}

/* The first line for those that the code doesn't have: its table of lines may be anything. */
static inline int32_t
xo_code_line(const xo_code *code, int32_t told)
{
    return told < code->min_line || told > code->max_line ? code->code->co_firstlineno : told;
}

/* codes.c */
int xo_codes_init(void);
/* NULL with an exception set. */
xo_code *xo_code_of(PyCodeObject *code);
/* Made, and the code defined when it is recorded, at the first call. NULL with an exception set. */
xo_code_use *xo_code_use_in(xo_recorder *recorder, xo_code *code);
/* NULL when the recording has not met the code. */
static inline xo_code_use *
xo_code_find_use(const xo_recorder *recorder, const xo_code *code)
{
    xo_code_use *use = code->uses;
    while (use != NULL && use->recorder != recorder) {
        use = use->next;
    }
    return use;
}
int xo_code_give(xo_recorder *recorder, PyCodeObject *code, PyObject *source);
xo_code *xo_codes_first(void);
void xo_codes_forget(const xo_recorder *recorder);
/* marks.c: sets the breakpoint marks of a code's lines anew */
void xo_codes_apply_breakpoints(xo_recorder *recorder, xo_code *code);
/* analysis.c: -1 with an exception set */
int xo_code_find_item_writes(xo_code *code);
int xo_code_analyse(xo_code *code);
/* definitions.c: -1 with an exception set */
int xo_code_define(xo_recorder *recorder, const xo_code *code, xo_code_use *use);
/* The file's text, in UTF-8 whatever it is written in; NULL when it can't be read. Freed with free(). */
char *xo_source_read(const char *path, size_t *size_bytes);
bool xo_code_is_wanted(xo_recorder *recorder, PyCodeObject *code);

#endif
