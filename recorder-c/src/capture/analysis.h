/* What the parts of the analysis share: analysis.c reads the instructions, lines_table.c or lines_lnotab.c the lines. */
#ifndef EXECORDER_ANALYSIS_H
#define EXECORDER_ANALYSIS_H

#include "capture.h"

typedef struct {
    int32_t line; /* -1: none */
    xo_store store;
} xo_line_store;

typedef struct {
    xo_code *code;
    const uint8_t *bytes; /* borrowed: opcode and argument in turn */
    Py_ssize_t size_bytes;
    int32_t *unit_lines;  /* owned; by code unit; -1: no line */
    uint8_t *unit_starts; /* owned; by code unit: whether coming to it is a line event; up to 3.9 only */
    xo_line_store *stores;   /* owned */
    size_t count, capacity;
} xo_analysis;

/* -1 with an exception set, all of them. */

/* A write of `line` by the instruction at `offset`. */
int xo_analysis_add(xo_analysis *work, int32_t line, xo_store store);
/* Fills unit_lines, unit_starts and the code's range of lines. */
int xo_analysis_read_lines(xo_analysis *work);
/* Tells which writes are those of a loop's own variables. */
int xo_analysis_find_loops(xo_analysis *work);
/* Adds to each line the writes that happen after its event though they stand elsewhere. */
int xo_analysis_spread(xo_analysis *work);

#endif
