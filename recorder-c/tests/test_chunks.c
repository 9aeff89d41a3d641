/* Chunks turn, and nothing shows it. */
#include "layout.h"
#include "program.h"

#include <stdlib.h>
#include <string.h>

static void
chunks_turn_at_their_soft_size(void)
{
    test_program program;
    xo_info info;
    program_start(&program, "turning.xrec", 1000, 1);
    for (int i = 0; i < 10000; i++) {
        program_line(&program, 1 + i % 99, i);
    }
    xo_reader *reader = program_finish(&program);
    xo_reader_info(reader, &info);
    CHECK(info.complete && info.steps == 10001 && info.damaged_bytes == 0);
    CHECK(info.chunks > info.log_bytes / 1100 && info.chunks < info.log_bytes / 900 + 2);
    CHECK_EQUAL(1, info.threads);
    CHECK_EQUAL(1, info.codes);
    CHECK_EQUAL(1, info.frames);
    for (uint64_t step = 1; step < 10001; step += 13) {
        xo_step_view view;
        xo_value value = variable_at(reader, step, 0);
        CHECK_OK(xo_reader_step(reader, step, &view));
        CHECK(is_int(&value, (int64_t)step - 1));
        CHECK_EQUAL(1 + (step - 1) % 99, view.line);
    }
    xo_step_view view;
    CHECK_STATUS(XO_NOT_FOUND, xo_reader_step(reader, 10001, &view));
    xo_reader_close(reader);
}

/* Frames below the top aren't written again in every chunk; their variables come from where they last were. */
static void
outer_frames_are_read_from_older_chunks(void)
{
    test_program program;
    program_start(&program, "outer.xrec", 256, 1);
    uint32_t inner = program_code(&program, "inner", 2, 0);
    program_line(&program, 5, 1234);
    program_enter(&program, inner, 2);
    for (int i = 0; i < 2000; i++) {
        program_line(&program, 1 + i % 50, i);
    }
    program_return(&program);
    program.variables = 1;
    program_line(&program, 6, 4321);
    uint64_t last = program.writer->steps - 1;
    xo_reader *reader = program_finish(&program);
    for (uint64_t step = 2; step < last - 1; step += 17) {
        xo_frame_view *frames;
        xo_value *values, result;
        size_t count;
        CHECK_OK(xo_reader_stack(reader, step, 1, &frames, &count));
        CHECK(count == 2 && frames[1].line == 5 && frames[1].depth == 0 && frames[0].depth == 1);
        CHECK_OK(xo_reader_variables(reader, step, 1, frames[1].frame, &values, &count, &result));
        CHECK(count == 1 && is_int(&values[0], 1234) && result.kind == XO_UNBOUND);
        free(values);
        free(frames);
    }
    xo_value value = variable_at(reader, last, 0);
    CHECK(is_int(&value, 4321));
    xo_reader_close(reader);
}

/* A stack of a thousand frames makes a large start table, and that a large chunk. */
static void
deep_stacks_get_large_chunks(void)
{
    test_program program;
    xo_info info;
    program_start(&program, "deep.xrec", 256, 1);
    uint32_t code = program_code(&program, "deep", 1, 0);
    for (int i = 0; i < 1000; i++) {
        program_enter(&program, code, 1);
    }
    for (int i = 0; i < 20000; i++) {
        program_line(&program, 1 + i % 50, i);
    }
    xo_reader *reader = program_finish(&program);
    xo_reader_info(reader, &info);
    CHECK(info.index_bytes < info.log_bytes / 2);
    xo_frame_view *frames;
    size_t count;
    CHECK_OK(xo_reader_stack(reader, info.steps - 1, 1, &frames, &count));
    CHECK_EQUAL(1001, count);
    CHECK_EQUAL(1, frames[1000].frame);
    CHECK_EQUAL(1001, frames[0].frame);
    free(frames);
    xo_reader_close(reader);
}

static void
an_empty_recording_is_complete(void)
{
    xo_writer *writer;
    xo_info info;
    const char *path = test_path("empty.xrec");
    CHECK_OK(xo_writer_create(path, NULL, &writer));
    CHECK_OK(xo_writer_close(writer));
    xo_reader *reader = open_recording(path);
    xo_reader_info(reader, &info);
    CHECK(info.complete && info.steps == 0 && info.objects == 0);
    xo_step_view view;
    xo_filter filter = {.max_depth = UINT32_MAX};
    uint64_t step;
    CHECK_STATUS(XO_NOT_FOUND, xo_reader_step(reader, 0, &view));
    CHECK_STATUS(XO_NOT_FOUND, xo_reader_find(reader, -1, true, &filter, NULL, &step));
    xo_reader_close(reader);
    CHECK_OK(xo_writer_close(NULL));
    xo_reader_close(NULL);
}

static void
definitions_and_notes_are_kept(void)
{
    test_program program;
    program_start(&program, "definitions.xrec", 128, 1);
    xo_file_view file;
    xo_code_view code;
    xo_thread_view thread;
    const char *text;
    size_t size;
    for (int i = 0; i < 100; i++) {
        uint32_t number = program_code(&program, "late", 3, XO_CODE_GENERATOR);
        CHECK_EQUAL(i + 2, number);
        program_line(&program, 1, i);
    }
    CHECK_EQUAL(2, xo_writer_define_file(program.writer, "other.py", NULL, 0));
    xo_writer_note(program.writer, "python", "3.14");
    xo_reader *reader = program_finish(&program);
    CHECK_OK(xo_reader_file(reader, 1, &file));
    CHECK(strcmp(file.path, "main.py") == 0 && file.source_bytes == 6 && memcmp(file.source, "x = 1\n", 6) == 0);
    CHECK_OK(xo_reader_file(reader, 2, &file));
    CHECK(strcmp(file.path, "other.py") == 0 && file.source == NULL);
    CHECK_STATUS(XO_NOT_FOUND, xo_reader_file(reader, 3, &file));
    CHECK_STATUS(XO_NOT_FOUND, xo_reader_file(reader, 0, &file));
    CHECK_OK(xo_reader_code(reader, 101, &code));
    CHECK(strcmp(code.name, "late") == 0 && code.flags == XO_CODE_GENERATOR && code.variable_count == 3);
    CHECK(strcmp(code.variable_names[2], "v2") == 0 && code.variable_flags[1] == XO_VARIABLE_CELL);
    CHECK(code.line_count == 4 && code.lines[3] == 99 && code.file == 1);
    CHECK_STATUS(XO_NOT_FOUND, xo_reader_code(reader, 102, &code));
    CHECK_OK(xo_reader_thread(reader, 0, 1, &thread));
    CHECK(strcmp(thread.name, "MainThread") == 0 && thread.system_id == 77 && thread.alive);
    CHECK_STATUS(XO_NOT_FOUND, xo_reader_thread(reader, 0, 2, &thread));
    CHECK_OK(xo_reader_note(reader, "python", &text, &size));
    CHECK(strcmp(text, "3.14") == 0 && size == 4);
    CHECK_STATUS(XO_NOT_FOUND, xo_reader_note(reader, "pytho", &text, &size));
    xo_reader_close(reader);
}

/* Millions of changes without a step: the caller turns chunks itself, and some have no step at all. */
static void
chunks_without_steps_are_passed_over(void)
{
    test_program program;
    program_start(&program, "stepless.xrec", 256, 1);
    for (int i = 0; i < 2000; i++) {
        xo_writer_output(program.writer, 1, "some text", 9);
        if (program.writer->cursor >= program.writer->chunk_full) {
            xo_writer_turn_chunk(program.writer);
        }
    }
    program_line(&program, 5, 9);
    xo_reader *reader = program_finish(&program);
    xo_step_view view;
    xo_value value = variable_at(reader, 1, 0);
    CHECK(is_int(&value, 9));
    CHECK_OK(xo_reader_step(reader, 0, &view));
    CHECK_EQUAL(XO_STEP_CALL, view.kind);
    xo_reader_close(reader);
}

static void
an_old_file_is_replaced_and_its_reader_lives_on(void)
{
    test_program program;
    program_start(&program, "replaced.xrec", 0, 1);
    program_line(&program, 5, 1);
    xo_reader *old = program_finish(&program);
    program_start(&program, "replaced.xrec", 0, 1);
    xo_value value = variable_at(old, 1, 0);
    CHECK(is_int(&value, 1));
    program_line(&program, 5, 2);
    xo_reader *new = program_finish(&program);
    value = variable_at(new, 1, 0);
    CHECK(is_int(&value, 2));
    value = variable_at(old, 1, 0);
    CHECK(is_int(&value, 1));
    xo_reader_close(old);
    xo_reader_close(new);
}

const xo_test chunks_tests[] = {
    {"chunks turn at their soft size and steps don't notice", chunks_turn_at_their_soft_size},
    {"variables of outer frames are read from older chunks", outer_frames_are_read_from_older_chunks},
    {"deep stacks get large chunks", deep_stacks_get_large_chunks},
    {"an empty recording is complete", an_empty_recording_is_complete},
    {"definitions and notes are kept, also those of later chunks", definitions_and_notes_are_kept},
    {"chunks without steps are passed over", chunks_without_steps_are_passed_over},
    {"an old file is replaced and its reader lives on", an_old_file_is_replaced_and_its_reader_lives_on},
    {0},
};
