/* A program that dies loses nothing that was recorded. */
#define _GNU_SOURCE
#include "model.h"

#include "files.h"
#include "program.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Records in a child that ends without closing, and here just the same; what the file tells must be all of it. */
static void
check_death(uint64_t seed, uint64_t chunk_bytes, bool by_signal)
{
    static test_model model;
    char path[600];
    snprintf(path, sizeof path, "%s", test_path("killed.xrec"));
    const char *shadow = test_path("shadow.xrec");
    size_t steps = 500 + (size_t)seed * 37;
    pid_t child = fork();
    if (child == 0) {
        model_start(&model, path, seed, chunk_bytes);
        model_run(&model, steps);
        if (by_signal) {
            kill(getpid(), SIGKILL);
        }
        _exit(0);
    }
    int ended;
    CHECK(child > 0 && waitpid(child, &ended, 0) == child);
    model_start(&model, shadow, seed, chunk_bytes);
    model_run(&model, steps);
    CHECK_OK(model_close_writer(&model));
    xo_reader *reader = open_recording(path);
    xo_info info;
    xo_reader_info(reader, &info);
    set_context("seed %llu", (unsigned long long)seed);
    CHECK(!info.complete && info.damaged_bytes == 0);
    CHECK_EQUAL(steps, info.steps);
    model_check_steps(&model, reader, 0, 31);
    model_check_steps(&model, reader, steps - 5, 1);
    model_check_outputs(&model, reader);
    xo_reader_close(reader);
    model_free(&model);
}

static void
nothing_is_lost_by_a_kill(void)
{
    for (uint64_t seed = 1; seed <= 10; seed++) {
        check_death(seed, 300 * seed, seed % 2);
    }
    check_death(11, 0, true);
    check_death(12, 1, true);
}

/* The child of a fork lets go of the writer; the parent's file isn't changed by that. */
static void
an_abandoned_writer_changes_nothing(void)
{
    test_program program;
    program_start(&program, "forked.xrec", 500, 1);
    for (int i = 0; i < 100; i++) {
        program_line(&program, 1, i);
    }
    pid_t child = fork();
    if (child == 0) {
        xo_writer_abandon(program.writer);
        _exit(0);
    }
    int ended;
    CHECK(child > 0 && waitpid(child, &ended, 0) == child && ended == 0);
    for (int i = 100; i < 200; i++) {
        program_line(&program, 1, i);
    }
    xo_reader *reader = program_finish(&program);
    xo_value value = variable_at(reader, 200, 0);
    CHECK(is_int(&value, 199));
    xo_reader_close(reader);
}

/* More than any room that it could have, a large text, and generations when it is bounded. */
static void
write_much(xo_writer *writer, test_program *program)
{
    static char text[300000];
    memset(text, 'x', sizeof text);
    for (int i = 0; i < 400000; i++) {
        program_line(program, 1 + i % 90, i);
    }
    program_refresh(program);
    xo_put_bind(writer, 0);
    xo_put_str(writer, text, sizeof text);
    xo_step_line(writer, 5);
}

/* What runs in the child of a fork before the writer is let go reaches the parent's file by no way. */
static void
what_a_child_writes_is_thrown_away(void)
{
    for (int kind = 0; kind < 3; kind++) {
        test_program program;
        int ended;
        if (kind == 0) {
            program_start(&program, "thrown.xrec", 0, 1);
        } else if (kind == 1) {
            program_start_in_background(&program, "thrown.xrec", 2000, 1);
        } else {
            program_start_bounded(&program, "thrown.xrec", 1 << 20, 1);
        }
        for (int i = 0; i < 5000; i++) {
            program_line(&program, 1, i);
        }
        pid_t child = fork();
        if (child == 0) {
            xo_writer_throw_away(program.writer);
            write_much(program.writer, &program);
            if (program.writer->generation_due) {
                xo_writer_generation_begin(program.writer);
                xo_writer_generation_end(program.writer);
            }
            _exit(xo_writer_close(program.writer) == XO_OK ? 0 : 1);
        }
        CHECK(child > 0 && waitpid(child, &ended, 0) == child && ended == 0);
        for (int i = 5000; i < 6000; i++) {
            program_line(&program, 1, i);
        }
        xo_reader *reader = program_finish(&program);
        xo_info info;
        xo_reader_info(reader, &info);
        CHECK(info.complete && info.steps == 6001 && info.damaged_bytes == 0);
        xo_value value = variable_at(reader, 6000, 0);
        CHECK(is_int(&value, 5999));
        xo_reader_close(reader);
    }
}

static void
an_abandoned_recording_is_incomplete_but_whole(void)
{
    test_program program;
    xo_info info;
    program_start(&program, "abandoned.xrec", 500, 1);
    for (int i = 0; i < 1000; i++) {
        program_line(&program, 1, i);
    }
    xo_writer_abandon(program.writer);
    xo_reader *reader = open_recording(program.path);
    xo_reader_info(reader, &info);
    CHECK(!info.complete && info.steps == 1001);
    xo_value value = variable_at(reader, 1000, 0);
    CHECK(is_int(&value, 999));
    bool grew = true;
    CHECK_OK(xo_reader_refresh(reader, &grew));
    CHECK(!grew);
    xo_reader_close(reader);
}

const xo_test recovery_tests[] = {
    {"nothing is lost when the program is killed", nothing_is_lost_by_a_kill},
    {"the child of a fork abandons the writer without harm", an_abandoned_writer_changes_nothing},
    {"what the child of a fork writes is thrown away", what_a_child_writes_is_thrown_away},
    {"an abandoned recording is incomplete but whole", an_abandoned_recording_is_incomplete_but_whole},
    {0},
};
