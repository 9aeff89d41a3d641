/* Which code runs in which thread, as one goes through the records of a recording. */
#ifndef XO_CODE_STACKS_H
#define XO_CODE_STACKS_H

#include "reader_private.h"

typedef struct {
    XO_MARKS(uint32_t) codes; /* innermost last */
} xo_code_stack;

typedef struct {
    xo_reader *reader;               /* borrowed */
    XO_MARKS(xo_code_stack) threads; /* by number */
    xo_code_stack *current;          /* NULL: none yet */
} xo_code_stacks;

/* What runs where the recording begins: nothing, but for one whose oldest part was given up. Whatever it answers,
 * xo_code_stacks_free must follow. */
xo_status xo_code_stacks_start(xo_code_stacks *stacks, xo_reader *reader);
void xo_code_stacks_free(xo_code_stacks *stacks);
/* A THREAD record; XO_CORRUPT when there is no such thread. */
xo_status xo_code_stacks_switch(xo_code_stacks *stacks, uint64_t thread);
/* A frame of the current thread is entered, and left. XO_CORRUPT when there is none. */
xo_status xo_code_stacks_push(xo_code_stacks *stacks, uint32_t code);
xo_status xo_code_stacks_pop(xo_code_stacks *stacks);
/* The code of the current thread's innermost frame; 0: none. */
uint32_t xo_code_stacks_top(const xo_code_stacks *stacks);

#endif
