/* A reader follows a writer. */
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

static test_model model;

static void
follow(uint64_t seed, uint64_t chunk_bytes)
{
    const char *path = test_path("live.xrec");
    bool grew;
    xo_info info;
    model_start(&model, path, seed, chunk_bytes);
    xo_reader *reader = open_recording(path);
    for (int round = 0; round < 60; round++) {
        uint64_t before = model.steps.count;
        model_run(&model, 1 + (size_t)model_random(&model, 60));
        CHECK_OK(xo_reader_refresh(reader, &grew));
        CHECK(grew);
        xo_reader_info(reader, &info);
        CHECK(!info.complete);
        CHECK_EQUAL(model.steps.count, info.steps);
        model_check_steps(&model, reader, before, 5);
        model_check_step(&model, reader, model_random(&model, model.steps.count));
    }
    CHECK_OK(model_close_writer(&model));
    CHECK_OK(xo_reader_refresh(reader, &grew));
    xo_reader_info(reader, &info);
    CHECK(info.complete);
    model_check_steps(&model, reader, 3, 29);
    model_check_outputs(&model, reader);
    CHECK_OK(xo_reader_refresh(reader, &grew));
    CHECK(!grew);
    xo_reader_close(reader);
    model_free(&model);
}

static void
a_reader_follows_a_writer(void)
{
    for (uint64_t seed = 1; seed <= 6; seed++) {
        follow(seed, seed == 6 ? 1 : 200 * seed);
    }
    follow(7, 0);
}

/* More than the reader had mapped when it opened; what it lent before stays readable. */
static void
borrowed_texts_outlive_growth(void)
{
    test_program program;
    char text[1000];
    memset(text, 'q', sizeof text);
    program_start(&program, "growth.xrec", 0, 1);
    program_refresh(&program);
    xo_put_bind(program.writer, 0);
    xo_put_str(program.writer, "borrowed, and longer than a short text is", 41);
    xo_step_line(program.writer, 2);
    xo_reader *reader = open_recording(program.path);
    xo_value borrowed = variable_at(reader, 1, 0);
    for (int i = 0; i < 60000; i++) {
        program_refresh(&program);
        xo_put_bind(program.writer, 0);
        xo_put_str(program.writer, text, sizeof text);
        xo_step_line(program.writer, 3);
        if (i % 1000 == 0) {
            CHECK_OK(xo_reader_refresh(reader, NULL));
            xo_value value = variable_at(reader, (uint64_t)i + 2, 0);
            CHECK(value.size_bytes == sizeof text && value.bytes[999] == 'q');
        }
    }
    CHECK(is_text(&borrowed, "borrowed, and longer than a short text is"));
    CHECK_OK(xo_writer_close(program.writer));
    CHECK_OK(xo_reader_refresh(reader, NULL));
    CHECK(is_text(&borrowed, "borrowed, and longer than a short text is"));
    xo_reader_close(reader);
}

/* The writer in another process, as fast as it can; steps never go back, and each one tells what it must. */
static void
a_reader_follows_another_process(void)
{
    char path[600];
    snprintf(path, sizeof path, "%s", test_path("other.xrec"));
    unlink(path);
    pid_t child = fork();
    if (child == 0) {
        test_program program;
        program_start(&program, "other.xrec", 2000, 1);
        for (int i = 0; i < 300000; i++) {
            program_line(&program, 1 + i % 99, i);
        }
        _exit(xo_writer_close(program.writer) == XO_OK ? 0 : 1);
    }
    xo_reader *reader = NULL;
    while (reader == NULL) {
        (void)xo_reader_open(path, &reader);
    }
    xo_info info = {0};
    uint64_t before = 0;
    int ended = -1;
    bool is_over = false; /* one that died never completes its file */
    while (!info.complete && !is_over) {
        is_over = waitpid(child, &ended, WNOHANG) == child;
        CHECK_OK(xo_reader_refresh(reader, NULL));
        xo_reader_info(reader, &info);
        CHECK(info.steps >= before);
        if (info.steps > before && info.steps > 1) {
            xo_value value = variable_at(reader, info.steps - 1, 0);
            CHECK(is_int(&value, (int64_t)info.steps - 2));
        }
        before = info.steps;
    }
    CHECK((is_over || waitpid(child, &ended, 0) == child) && ended == 0);
    CHECK_EQUAL(300001, info.steps);
    xo_reader_close(reader);
}

const xo_test live_tests[] = {
    {"a reader follows a writer", a_reader_follows_a_writer},
    {"borrowed texts outlive the recording's growth", borrowed_texts_outlive_growth},
    {"a reader follows a writer in another process", a_reader_follows_another_process},
    {0},
};
