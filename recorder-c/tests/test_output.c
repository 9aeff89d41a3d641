/* What was printed, and when. */
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
check_piece(const xo_output_view *piece, int number)
{
    char text[16];
    snprintf(text, sizeof text, "line %d\n", number);
    CHECK_EQUAL(number + 1, piece->step);
    CHECK_EQUAL(1 + number % 2, piece->stream);
    CHECK(piece->size_bytes == strlen(text) && memcmp(piece->text, text, strlen(text)) == 0);
}

static void
output_is_kept_in_order(void)
{
    test_program program;
    char text[16];
    program_start(&program, "output.xrec", 200, 1);
    for (int i = 0; i < 300; i++) {
        program_line(&program, 1, i);
        snprintf(text, sizeof text, "line %d\n", i);
        xo_writer_output(program.writer, 1 + i % 2, text, strlen(text));
    }
    xo_reader *reader = program_finish(&program);
    xo_output_view *pieces;
    size_t count;
    for (uint64_t first = 0; first < 300; first += 37) {
        CHECK_OK(xo_reader_output(reader, first, 20, &pieces, &count));
        CHECK_EQUAL(first + 20 > 300 ? 300 - first : 20, count);
        for (size_t i = 0; i < count; i++) {
            check_piece(&pieces[i], (int)(first + i));
        }
        free(pieces);
    }
    CHECK_OK(xo_reader_output(reader, 300, 20, &pieces, &count));
    CHECK_EQUAL(0, count);
    free(pieces);
    xo_reader_close(reader);
}

/* Printed before the first step, and after the last. */
static void
output_at_the_ends_is_kept(void)
{
    xo_writer *writer;
    xo_output_view *pieces;
    size_t count;
    const char *path = test_path("ends.xrec");
    CHECK_OK(xo_writer_create(path, NULL, &writer));
    xo_writer_output(writer, 2, "only", 4);
    CHECK_OK(xo_writer_close(writer));
    xo_reader *reader = open_recording(path);
    CHECK_OK(xo_reader_output(reader, 0, 20, &pieces, &count));
    CHECK(count == 1 && pieces[0].step == 0 && pieces[0].stream == 2);
    free(pieces);
    xo_reader_close(reader);
}

const xo_test output_tests[] = {
    {"output is kept in order and read from anywhere", output_is_kept_in_order},
    {"output before the first step is kept", output_at_the_ends_is_kept},
    {0},
};
