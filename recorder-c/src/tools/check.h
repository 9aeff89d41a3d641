/* Verifying a recording from end to end. */
#ifndef XO_CHECK_H
#define XO_CHECK_H

#include "definitions.h"
#include "execorder/tools.h"
#include "reader_private.h"
#include "walk.h"
#include "written_slots.h"

typedef struct {
    xo_reader *reader;  /* borrowed */
    xo_check_report *report;
    xo_check_tell tell;
    void *context;

    const uint8_t *log; /* of the chunk being looked at */
    uint64_t position;
    uint64_t chunk;
    uint64_t definition, output; /* positions of the newest so far */
    uint64_t files, codes, threads, outputs;
    xo_buffer definitions;       /* those so far, as the footer has them */
    uint64_t steps[8];           /* in the chunk, by xo_step_kind */
    xo_number_map newest;        /* position of each object's newest record so far */
    xo_number_map in_chunk;      /* of those with a record in this chunk */
    xo_number_map in_group;      /* of those with a record in this group of chunks */
    xo_written_slots written;    /* of the chunk */
} xo_checker;

/* One more problem, as in printf. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void xo_check_problem(xo_checker *checker, const char *format, ...);

/* check_records.c: all records of the chunk. */
xo_status xo_check_records(xo_checker *checker, const xo_log_chunk *chunk);
/* check_tables.c: start table, summary, index blocks against what the records say. */
xo_status xo_check_tables(xo_checker *checker);
/* check_images.c: what images without news say. */
xo_status xo_check_images(xo_checker *checker);
/* check_slots.c: the filters of the chunk and of its group. */
xo_status xo_check_slots(xo_checker *checker);

#endif
