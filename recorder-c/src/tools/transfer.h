/* A recording that is read and the one that is written from it. */
#ifndef XO_TRANSFER_H
#define XO_TRANSFER_H

#include "copier.h"
#include "execorder/tools.h"

typedef struct {
    const char *to;
    xo_reader *reader; /* owned */
    xo_writer *writer; /* owned */
    xo_copier copier;
    xo_tool_side *side;
} xo_transfer;

/* Opens the original. On failure nothing needs ending. */
xo_status xo_transfer_open(xo_transfer *transfer, const char *from, xo_tool_side *side);
/* Creates the copy; when it is of all steps, they keep their numbers. Whatever it answers, xo_transfer_end must follow. */
xo_status xo_transfer_create(xo_transfer *transfer, const char *to, const xo_copy_filter *filter, bool of_all);
/* Completes the copy, or removes it when `status` says that something went wrong; answers how it ended. */
xo_status xo_transfer_end(xo_transfer *transfer, xo_status status);

#endif
