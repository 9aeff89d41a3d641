/* Every kind of value comes back as it was put. */
#include "program.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Binds a variable to what was just put and makes a step; answers that step. */
static uint64_t
step_of(test_program *program)
{
    xo_step_line(program->writer, 5);
    return program->writer->steps - 1;
}

static void
start_bind(test_program *program)
{
    program_refresh(program);
    xo_put_bind(program->writer, 0);
}

static void
integers_round_trip(void)
{
    static const int64_t numbers[] = {0, -1, -16, -17, 111, 112, 1000, -1000, INT32_MIN, INT64_MAX, INT64_MIN};
    test_program program;
    program_start(&program, "integers.xrec", 0, 1);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        start_bind(&program);
        xo_put_int(program.writer, numbers[i]);
        step_of(&program);
    }
    xo_reader *reader = program_finish(&program);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        xo_value value = variable_at(reader, i + 1, 0);
        CHECK(is_int(&value, numbers[i]));
    }
    xo_reader_close(reader);
}

static void
singletons_round_trip(void)
{
    test_program program;
    program_start(&program, "singletons.xrec", 0, 1);
    for (int tag = XO_TAG_UNBOUND; tag <= XO_TAG_NOT_IMPLEMENTED; tag++) {
        start_bind(&program);
        xo_put_tag(program.writer, (xo_tag)tag);
        step_of(&program);
    }
    xo_reader *reader = program_finish(&program);
    for (int tag = XO_TAG_UNBOUND; tag <= XO_TAG_NOT_IMPLEMENTED; tag++) {
        CHECK_EQUAL(tag, variable_at(reader, (uint64_t)tag + 1, 0).kind);
    }
    xo_reader_close(reader);
}

static void
floats_round_trip(void)
{
    const double numbers[] = {0.0, -0.0, 1.5, INFINITY, -INFINITY, NAN, 5e-324};
    test_program program;
    program_start(&program, "floats.xrec", 0, 1);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        start_bind(&program);
        xo_put_float(program.writer, numbers[i]);
        step_of(&program);
        start_bind(&program);
        xo_put_complex(program.writer, numbers[i], -numbers[i]);
        step_of(&program);
    }
    xo_reader *reader = program_finish(&program);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        xo_value value = variable_at(reader, 2 * i + 1, 0);
        CHECK(value.kind == XO_FLOAT && memcmp(&value.real, &numbers[i], 8) == 0);
        value = variable_at(reader, 2 * i + 2, 0);
        double negative = -numbers[i];
        CHECK(value.kind == XO_COMPLEX && memcmp(&value.imaginary, &negative, 8) == 0);
    }
    xo_reader_close(reader);
}

static void
texts_of_all_sizes_round_trip(void)
{
    static const size_t sizes[] = {0, 1, 31, 32, 33, 127, 128, 5000, 1000000};
    char *text = malloc(1000000);
    memset(text, 'x', 1000000);
    test_program program;
    program_start(&program, "texts.xrec", 0, 1);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        start_bind(&program);
        xo_put_str(program.writer, text, sizes[i]);
        step_of(&program);
        start_bind(&program);
        xo_put_bytes(program.writer, (const uint8_t *)text, sizes[i]);
        step_of(&program);
    }
    xo_reader *reader = program_finish(&program);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        xo_value value = variable_at(reader, 2 * i + 1, 0);
        CHECK(value.kind == XO_STR && value.size_bytes == sizes[i] && memcmp(value.bytes, text, sizes[i]) == 0);
        value = variable_at(reader, 2 * i + 2, 0);
        CHECK(value.kind == XO_BYTES && value.size_bytes == sizes[i] && memcmp(value.bytes, text, sizes[i]) == 0);
    }
    xo_reader_close(reader);
    free(text);
}

static void
references_reach_over_chunks(void)
{
    test_program program;
    program_start(&program, "references.xrec", 64, 1);
    start_bind(&program);
    xo_position text = xo_put_str(program.writer, "the text", 8);
    step_of(&program);
    start_bind(&program);
    xo_position bytes = xo_put_bytes(program.writer, (const uint8_t *)"\0\1", 2);
    step_of(&program);
    for (int i = 0; i < 50; i++) {
        program_line(&program, 6, i);
    }
    start_bind(&program);
    xo_put_text_ref(program.writer, XO_TAG_STR_REF, text);
    uint64_t first = step_of(&program);
    start_bind(&program);
    xo_put_text_ref(program.writer, XO_TAG_BYTES_REF, bytes);
    uint64_t second = step_of(&program);
    xo_reader *reader = program_finish(&program);
    xo_value value = variable_at(reader, first, 0);
    CHECK(is_text(&value, "the text"));
    value = variable_at(reader, second, 0);
    CHECK(value.kind == XO_BYTES && value.size_bytes == 2 && value.bytes[1] == 1);
    xo_reader_close(reader);
}

/* s += "x" again and again, read in an order that makes sharing hard. */
static void
grown_texts_are_put_together(void)
{
    enum { COUNT = 3000 };
    test_program program;
    char expected[COUNT + 10];
    program_start(&program, "grown.xrec", 1000, 1);
    start_bind(&program);
    xo_position position = xo_put_str(program.writer, "start", 5);
    step_of(&program);
    size_t size = 5;
    memcpy(expected, "start", 5);
    for (int i = 0; i < COUNT; i++) {
        char next = (char)('a' + i % 26);
        start_bind(&program);
        position = xo_put_str_grown(program.writer, position, &next, 1);
        step_of(&program);
        expected[size++] = next;
    }
    xo_reader *reader = program_finish(&program);
    for (int pass = 0; pass < 3; pass++) {
        for (int i = 0; i <= COUNT; i += 7) {
            uint64_t step = pass == 1 ? (uint64_t)(COUNT - i) : (uint64_t)i;
            xo_value value = variable_at(reader, step + 1, 0);
            CHECK_EQUAL(5 + step, value.size_bytes);
            CHECK(memcmp(value.bytes, expected, (size_t)value.size_bytes) == 0);
        }
    }
    xo_reader_close(reader);
}

static void
two_texts_can_grow_from_one(void)
{
    test_program program;
    program_start(&program, "branches.xrec", 0, 3);
    start_bind(&program);
    xo_position root = xo_put_str(program.writer, "root", 4);
    uint64_t first = step_of(&program);
    start_bind(&program);
    xo_position stem = xo_put_str_grown(program.writer, root, "-stem", 5);
    uint64_t second = step_of(&program);
    start_bind(&program);
    xo_put_str_grown(program.writer, stem, "-left", 5);
    uint64_t third = step_of(&program);
    start_bind(&program);
    xo_put_str_grown(program.writer, stem, "-right", 6);
    uint64_t fourth = step_of(&program);
    xo_reader *reader = program_finish(&program);
    xo_value left = variable_at(reader, third, 0);
    xo_value right = variable_at(reader, fourth, 0);
    xo_value middle = variable_at(reader, second, 0);
    xo_value value = variable_at(reader, first, 0);
    CHECK(is_text(&left, "root-stem-left") && is_text(&right, "root-stem-right"));
    CHECK(is_text(&middle, "root-stem") && is_text(&value, "root"));
    xo_reader_close(reader);
}

static void
a_text_larger_than_the_window_fits(void)
{
    size_t size = 40u * 1024 * 1024;
    uint8_t *bytes = calloc(size, 1);
    CHECK(bytes != NULL);
    bytes[size - 1] = 7;
    test_program program;
    program_start(&program, "huge.xrec", 0, 2);
    start_bind(&program);
    xo_put_bytes(program.writer, bytes, size);
    uint64_t step = step_of(&program);
    program_line(&program, 3, 9);
    xo_reader *reader = program_finish(&program);
    xo_value value = variable_at(reader, step, 0);
    CHECK(value.kind == XO_BYTES && value.size_bytes == size && value.bytes[size - 1] == 7);
    value = variable_at(reader, step + 1, 0);
    CHECK(is_int(&value, 9));
    xo_reader_close(reader);
    free(bytes);
}

static void
many_variables_keep_their_places(void)
{
    test_program program;
    program_start(&program, "variables.xrec", 0, 60);
    for (uint32_t slot = 0; slot < 60; slot++) {
        xo_put_bind(program.writer, slot);
        xo_put_int(program.writer, slot * 10);
        step_of(&program);
    }
    xo_reader *reader = program_finish(&program);
    for (uint32_t slot = 0; slot < 60; slot++) {
        xo_value before = variable_at(reader, slot, slot);
        xo_value after = variable_at(reader, 60, slot);
        CHECK(before.kind == XO_UNBOUND && is_int(&after, slot * 10));
    }
    xo_reader_close(reader);
}

const xo_test values_tests[] = {
    {"integers round trip", integers_round_trip},
    {"None, True, Ellipsis and the like round trip", singletons_round_trip},
    {"floats and complex numbers round trip by their bits", floats_round_trip},
    {"texts and bytes of all sizes round trip", texts_of_all_sizes_round_trip},
    {"references to texts reach over chunks", references_reach_over_chunks},
    {"texts that grew are put together", grown_texts_are_put_together},
    {"two texts can grow from one", two_texts_can_grow_from_one},
    {"a value larger than the mapped window fits", a_text_larger_than_the_window_fits},
    {"sixty variables keep their places", many_variables_keep_their_places},
    {0},
};
