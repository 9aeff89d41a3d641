/* LINES: several line steps in one record, as a later recorder may write them. */
#include "program.h"

#include <stdlib.h>

enum { GROUPS = 50, LINES_EACH = 4 };

/* Lines 2, 3, 4, 5, 2, …; the step on line 2 + j of group g has v0 = 10 * g + j, and v40 = that from line 4 on. */
static void
put_group(test_program *program, int group)
{
    xo_writer *writer = program->writer;
    xo_frame *frame = &writer->thread->frames[writer->thread->depth - 1];
    program_refresh(program);
    xo_reserve(writer, 1);
    xo_put_raw(writer, XO_OP_LINES);
    xo_put_varint(writer, LINES_EACH);
    for (int j = 0; j < LINES_EACH; j++) {
        int32_t line = 2 + j;
        xo_put_varint(writer, xo_zigzag(line - frame->line));
        frame->line = line;
        writer->visited[frame->place_origin + line] = 1;
        xo_put_varint(writer, j == 2 ? 2 : 1);
        xo_put_varint(writer, 0);
        xo_put_int(writer, 10 * group + j);
        if (j == 2) {
            xo_put_varint(writer, 40);
            xo_put_int(writer, 10 * group);
        }
    }
    writer->steps += LINES_EACH - 1;
    xo_step_end(writer);
}

static xo_reader *
record(const char *name)
{
    test_program program;
    program_start(&program, name, 300, 41);
    for (int group = 0; group < GROUPS; group++) {
        put_group(&program, group);
    }
    return program_finish(&program);
}

static void
each_line_is_a_step_of_its_own(void)
{
    xo_reader *reader = record("lines.xrec");
    xo_info info;
    xo_reader_info(reader, &info);
    CHECK_EQUAL(1 + GROUPS * LINES_EACH, info.steps);
    for (int i = 0; i < GROUPS * LINES_EACH; i++) {
        xo_step_view view;
        CHECK_OK(xo_reader_step(reader, (uint64_t)i + 1, &view));
        CHECK(view.kind == XO_STEP_LINE && view.line == 2 + i % LINES_EACH);
        xo_value value = variable_at(reader, (uint64_t)i + 1, 0);
        CHECK(is_int(&value, 10 * (i / LINES_EACH) + i % LINES_EACH));
        int group = i / LINES_EACH - (i % LINES_EACH < 2);
        value = variable_at(reader, (uint64_t)i + 1, 40);
        CHECK(group < 0 || value.kind == XO_UNBOUND || is_int(&value, 10 * group));
    }
    xo_reader_close(reader);
}

static void
searches_see_each_line(void)
{
    xo_reader *reader = record("lines2.xrec");
    uint64_t visits[] = {(uint64_t)1 << 32 | 4};
    xo_filter filter = {.max_depth = UINT32_MAX, .visits = visits, .visit_count = 1};
    int64_t at = -1;
    for (int group = 0; group < GROUPS; group++) {
        uint64_t step;
        CHECK_OK(xo_reader_find(reader, at, true, &filter, NULL, &step));
        CHECK_EQUAL(1 + LINES_EACH * group + 2, step);
        at = (int64_t)step;
    }
    uint64_t step;
    CHECK_STATUS(XO_NOT_FOUND, xo_reader_find(reader, at, true, &filter, NULL, &step));
    CHECK_OK(xo_reader_find(reader, at, false, &filter, NULL, &step));
    CHECK_EQUAL(at - LINES_EACH, step);
    xo_reader_close(reader);
}

const xo_test lines_tests[] = {
    {"each line of a LINES record is a step of its own", each_line_is_a_step_of_its_own},
    {"searches see each line of a LINES record", searches_see_each_line},
    {0},
};
