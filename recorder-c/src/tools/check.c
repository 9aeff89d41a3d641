#include "check.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

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
        status = xo_check_tables(checker);
    }
    checker->report->chunks++;
    if (status == XO_CORRUPT) {
        xo_check_problem(checker, "chunk %" PRIu64 ": it is damaged", checker->chunk + 1);
        return XO_OK;
    }
    return status;
}

/* The footer's copies of the definitions are those of the chunks. */
static xo_status
check_copies(xo_checker *checker)
{
    xo_reader *reader = checker->reader;
    const xo_buffer *expected = &checker->definitions;
    uint8_t *copies;
    size_t size;
    if (!reader->from_footer || reader->definition_copies.size == 0) {
        return XO_OK;
    }
    xo_status status = expected->failed ? XO_NO_MEMORY : xo_definition_copies_read(reader, &copies, &size);
    if (status != XO_OK) {
        return status;
    }
    if (size != expected->size || (size > 0 && memcmp(copies, expected->bytes, size) != 0)) {
        xo_check_problem(checker, "the table at the end of the file has other definitions than the chunks");
    }
    free(copies);
    return XO_OK;
}

static xo_status
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
        return XO_OK;
    }
    if (checker->files != reader->files.count || checker->codes != reader->codes.count
        || checker->threads != reader->threads.count || checker->outputs != reader->output_count) {
        xo_check_problem(checker, "not all definitions and outputs can be reached");
    }
    return check_copies(checker);
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
    out->ended_early = checker.reader->header.ended_early;
    out->steps = checker.reader->steps;
    out->unread_bytes = checker.reader->damaged_bytes;
    for (; checker.chunk < checker.reader->chunks.count && status == XO_OK; checker.chunk++) {
        status = check_chunk(&checker);
    }
    if (status == XO_OK) {
        status = check_ends(&checker);
    }
    xo_number_map_free(&checker.newest);
    xo_number_map_free(&checker.in_chunk);
    xo_number_map_free(&checker.in_group);
    xo_written_slots_free(&checker.written);
    xo_buffer_free(&checker.definitions);
    xo_reader_close(checker.reader);
    return status;
}
