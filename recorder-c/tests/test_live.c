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

/* Another process records, as fast as it can: step n + 1 binds n. */
static pid_t
start_writer(const char *path, int steps)
{
    unlink(path);
    pid_t child = fork();
    if (child == 0) {
        test_program program;
        program_start(&program, "other.xrec", 2000, 1);
        for (int i = 0; i < steps; i++) {
            program_line(&program, 1 + i % 99, i);
        }
        _exit(xo_writer_close(program.writer) == XO_OK ? 0 : 1);
    }
    return child;
}

static void
check_step(xo_reader *reader, uint64_t step)
{
    if (step > 0) {
        xo_value value = variable_at(reader, step, 0);
        CHECK(is_int(&value, (int64_t)step - 1));
    }
}

/* Steps never go back, and the newest tells what it must. */
static void
look_again(xo_reader *reader, xo_info *info)
{
    uint64_t before = info->steps;
    CHECK_OK(xo_reader_refresh(reader, NULL));
    xo_reader_info(reader, info);
    CHECK(info->steps >= before);
    if (info->steps > before) {
        check_step(reader, info->steps - 1);
    }
}

static void
a_reader_follows_another_process(void)
{
    char path[600];
    snprintf(path, sizeof path, "%s", test_path("other.xrec"));
    pid_t child = start_writer(path, 300000);
    xo_reader *reader = NULL;
    while (reader == NULL) {
        (void)xo_reader_open(path, &reader);
    }
    xo_info info = {0};
    int ended = -1;
    bool is_over = false; /* one that died never completes its file */
    while (!info.complete && !is_over) {
        is_over = waitpid(child, &ended, WNOHANG) == child;
        look_again(reader, &info);
    }
    CHECK((is_over || waitpid(child, &ended, 0) == child) && ended == 0);
    CHECK_EQUAL(300001, info.steps);
    xo_reader_close(reader);
}

/* One stays open and looks again now and then, the other opens the file anew each time. */
static void
two_readers_look_at_random_moments(void)
{
    enum { MOMENTS = 100, STEPS = 2000000 };
    char path[600];
    uint64_t random = 11;
    snprintf(path, sizeof path, "%s", test_path("other.xrec"));
    pid_t child = start_writer(path, STEPS);
    xo_reader *stays = NULL, *other;
    while (stays == NULL) {
        (void)xo_reader_open(path, &stays);
    }
    xo_info info = {0}, fresh;
    for (int moment = 0; moment < MOMENTS; moment++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        usleep((useconds_t)(random >> 33) % 2000);
        look_again(stays, &info);
        CHECK_OK(xo_reader_open(path, &other));
        xo_reader_info(other, &fresh);
        CHECK(fresh.steps >= info.steps);
        for (uint64_t part = 1; part <= 4 && fresh.steps > 0; part++) {
            check_step(other, (fresh.steps - 1) / 4 * part);
        }
        xo_reader_close(other);
        if (info.steps > 0) {
            check_step(stays, (random >> 20) % info.steps);
        }
    }
    int ended;
    CHECK(waitpid(child, &ended, 0) == child && ended == 0);
    look_again(stays, &info);
    CHECK(info.complete && info.steps == STEPS + 1);
    xo_reader_close(stays);
}

const xo_test live_tests[] = {
    {"a reader follows a writer", a_reader_follows_a_writer},
    {"borrowed texts outlive the recording's growth", borrowed_texts_outlive_growth},
    {"a reader follows a writer in another process", a_reader_follows_another_process},
    {"two readers look at a growing file at random moments", two_readers_look_at_random_moments},
    {0},
};
