#include "check.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

void
xo_check_problem(xo_checker *checker, const char *format, ...)
{
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    checker->report->problems++;
    if (checker->tell != NULL) {
        checker->tell(checker->context, text);
    }
}

static xo_status
check_chunk(xo_checker *checker)
{
    xo_log_chunk *chunk;
    memset(checker->steps, 0, sizeof checker->steps);
    xo_number_map_free(&checker->in_chunk);
    xo_status status = xo_chunk_load_records(checker->reader, checker->chunk, &chunk);
    if (status == XO_OK && (status = xo_check_records(checker, chunk)) == XO_OK) {
        status = xo_check_tables(checker, chunk);
    }
    checker->report->chunks++;
    if (status == XO_CORRUPT) {
        xo_check_problem(checker, "chunk %" PRIu64 ": it is damaged", checker->chunk + 1);
        return XO_OK;
    }
    return status;
}

static void
check_ends(xo_checker *checker)
{
    const xo_reader *reader = checker->reader;
    if (reader->header.complete && !reader->from_footer) {
        xo_check_problem(checker, "the table at the end of the file is damaged");
    }
    if (reader->damaged_bytes > 0) {
        xo_check_problem(checker, "%" PRIu64 " bytes at the end can't be read", reader->damaged_bytes);
    }
    if (checker->report->problems > 0) {
        return;
    }
    if (checker->files != reader->files.count || checker->codes != reader->codes.count
        || checker->threads != reader->threads.count || checker->outputs != reader->output_count) {
        xo_check_problem(checker, "not all definitions and outputs can be reached");
    }
}

xo_status
xo_check(const char *path, xo_check_tell tell, void *context, xo_check_report *out)
{
    xo_checker checker = {.report = out, .tell = tell, .context = context};
    *out = (xo_check_report){0};
    xo_status status = xo_reader_open(path, &checker.reader);
    if (status != XO_OK) {
        return status;
    }
    checker.outputs = checker.reader->header.base.output_count;
    out->complete = checker.reader->finished;
    out->steps = checker.reader->steps;
    out->unread_bytes = checker.reader->damaged_bytes;
    for (; checker.chunk < checker.reader->chunks.count && status == XO_OK; checker.chunk++) {
        status = check_chunk(&checker);
    }
    if (status == XO_OK) {
        check_ends(&checker);
    }
    xo_number_map_free(&checker.newest);
    xo_number_map_free(&checker.in_chunk);
    xo_number_map_free(&checker.in_group);
    xo_reader_close(checker.reader);
    return status;
}
