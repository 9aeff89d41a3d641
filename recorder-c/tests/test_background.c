/* Recordings that are compressed while they grow. */
#define _GNU_SOURCE
#include "codec.h"
#include "execorder/tools.h"
#include "layout.h"
#include "model.h"
#include "platform.h"
#include "program.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static test_model model;

static void
start(const char *path, uint64_t seed, uint64_t chunk_bytes)
{
    model_compress_from = 1;
    model_in_background = true;
    model_start(&model, path, seed, chunk_bytes);
    model_compress_from = 0;
    model_in_background = false;
}

/* Small ones have more around them than compression takes away. */
static void
check_whole(const char *path, bool small_chunks)
{
    xo_check_report report;
    xo_info info;
    xo_reader *reader = open_recording(path);
    xo_reader_info(reader, &info);
    CHECK(info.complete && info.damaged_bytes == 0);
    CHECK_EQUAL(model.steps.count, info.steps);
    CHECK(!xo_codec_is_there() || small_chunks || info.file_bytes < info.log_bytes);
    model_check_steps(&model, reader, 0, 17);
    model_check_outputs(&model, reader);
    xo_reader_close(reader);
    CHECK_OK(xo_check(path, NULL, NULL, &report));
    CHECK_EQUAL(0, report.problems);
}

static void
they_tell_the_same(void)
{
    const char *path = test_path("background.xrec");
    for (uint64_t seed = 500; seed < 508; seed++) {
        set_context("seed %d", (int)seed);
        start(path, seed, (uint64_t[]){100, 200, 400, 800, 1600, 3200, 20000, 0}[seed - 500]);
        for (int part = 0; part < 4; part++) {
            model_run(&model, 400);
            usleep(2000);
        }
        CHECK_OK(model_close_writer(&model));
        check_whole(path, seed < 506);
        model_free(&model);
    }
}

static uint64_t
bytes_on_disk(const char *path)
{
    struct stat about;
    CHECK(stat(path, &about) == 0);
    return (uint64_t)about.st_blocks * 512;
}

/* A step whose records take about 1000 bytes, and compressed a few. */
static void
put_text(test_program *program, int i)
{
    char text[1000];
    memset(text, 'a' + i % 20, sizeof text);
    program_refresh(program);
    xo_put_bind(program->writer, 0);
    xo_put_str(program->writer, text, sizeof text);
    xo_step_line(program->writer, 1 + i % 99);
}

static void
check_texts(xo_reader *reader, uint64_t steps)
{
    xo_info info;
    xo_reader_info(reader, &info);
    CHECK(info.damaged_bytes == 0);
    CHECK_EQUAL(steps, info.steps);
    for (uint64_t step = 1; step < steps; step += 1 + steps / 300) {
        xo_value value = variable_at(reader, step, 0);
        CHECK(value.kind == XO_STR && value.size_bytes == 1000 && value.bytes[999] == 'a' + (step - 1) % 20);
    }
}

enum { TEXTS = 60000, MEBIBYTE = 1 << 20 };

/* Waits for the thread, at most ten seconds. */
static void
wait_until_small(const char *path, uint64_t most)
{
    for (int i = 0; i < 10000 && bytes_on_disk(path) > most; i++) {
        usleep(1000);
    }
}

static void
room_is_given_back_while_it_grows(void)
{
    test_program program;
    program_start_in_background(&program, "growing.xrec", 0, 1);
    for (int i = 0; i < TEXTS; i++) {
        put_text(&program, i);
    }
    wait_until_small(program.path, 24 * MEBIBYTE); /* it has asked for 8 MiB and more that it doesn't use yet */
    CHECK(!xo_codec_is_there() || bytes_on_disk(program.path) <= 24 * MEBIBYTE);
    xo_reader *reader = open_recording(program.path);
    check_texts(reader, TEXTS + 1);
    xo_reader_close(reader);
    reader = program_finish(&program);
    check_texts(reader, TEXTS + 1);
    CHECK(!xo_codec_is_there() || bytes_on_disk(program.path) < 2 * MEBIBYTE);
    xo_reader_close(reader);
}

/* What a reader that is open looks at is not taken away; others come and go. */
static void
readers_keep_what_they_read(void)
{
    test_program program;
    program_start_in_background(&program, "read.xrec", 0, 1);
    xo_reader *reader = NULL;
    for (int i = 0; i < TEXTS; i++) {
        put_text(&program, i);
        if (i == TEXTS / 3) {
            reader = open_recording(program.path);
        }
        if (i % (TEXTS / 20) == TEXTS / 40) {
            xo_reader *other = open_recording(program.path);
            check_texts(other, (uint64_t)i + 2);
            xo_reader_close(other);
            if (reader != NULL) {
                CHECK_OK(xo_reader_refresh(reader, NULL));
                check_texts(reader, (uint64_t)i + 2);
            }
        }
    }
    xo_reader *last = program_finish(&program);
    CHECK_OK(xo_reader_refresh(reader, NULL));
    check_texts(reader, TEXTS + 1);
    check_texts(last, TEXTS + 1);
    CHECK(!xo_codec_is_there() || bytes_on_disk(program.path) < 2 * MEBIBYTE);
    xo_reader_close(reader);
    xo_reader_close(last);
}

/* Between its looks, a reader lets the writer go on; the last of them is followed by some batches. */
static void
readers_that_rest_hold_up_nothing(void)
{
    test_program program;
    program_start_in_background(&program, "rests.xrec", 0, 1);
    xo_reader *reader = open_recording(program.path);
    for (int i = 0; i < TEXTS; i++) {
        if (i % 977 == 0 && i < TEXTS - TEXTS / 6) {
            CHECK_OK(xo_reader_refresh(reader, NULL));
            check_texts(reader, (uint64_t)i + 1);
            xo_reader_rest(reader);
            CHECK(xo_reader_rests(reader));
        }
        put_text(&program, i);
    }
    wait_until_small(program.path, 24 * MEBIBYTE);
    CHECK(!xo_codec_is_there() || bytes_on_disk(program.path) <= 24 * MEBIBYTE);
    xo_reader *last = program_finish(&program);
    CHECK(bytes_on_disk(program.path) < 2 * MEBIBYTE || !xo_codec_is_there());
    CHECK_OK(xo_reader_refresh(reader, NULL));
    check_texts(reader, TEXTS + 1);
    CHECK(!xo_reader_rests(reader));
    xo_reader_close(reader);
    xo_reader_close(last);
}

/* Each look finds some chunks where they were, some moved, the last one grown, closed or moved. */
static void
resting_readers_follow_what_is_moved(void)
{
    const char *path = test_path("followed.xrec");
    for (uint64_t seed = 600; seed < 606; seed++) {
        set_context("seed %d", (int)seed);
        start(path, seed, 300 << (seed % 4));
        xo_reader *reader = open_recording(path);
        for (int round = 0; round < 60; round++) {
            xo_reader_rest(reader);
            model_run(&model, 1 + (size_t)model_random(&model, round % 10 == 9 ? 900 : 60));
            usleep(round % 3 == 0 ? 3000 : 0);
            CHECK_OK(xo_reader_refresh(reader, NULL));
            xo_info info;
            xo_reader_info(reader, &info);
            CHECK_EQUAL(model.steps.count, info.steps);
            model_check_step(&model, reader, model_random(&model, model.steps.count));
            model_check_step(&model, reader, model.steps.count - 1);
        }
        model_check_steps(&model, reader, 0, 37);
        xo_reader_rest(reader);
        CHECK_OK(model_close_writer(&model));
        CHECK_OK(xo_reader_refresh(reader, NULL));
        model_check_steps(&model, reader, 0, 37);
        model_check_outputs(&model, reader);
        xo_reader_close(reader);
        model_free(&model);
    }
}

/* Records in a child that is killed at some moment; *steps counts what it has recorded. */
static void
kill_after(useconds_t patience, const char *name)
{
    volatile int *steps = mmap(NULL, sizeof *steps, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(steps != MAP_FAILED);
    char path[600];
    snprintf(path, sizeof path, "%s", test_path(name));
    pid_t child = fork();
    if (child == 0) {
        test_program program;
        program_start_in_background(&program, name, 2000, 1);
        for (int i = 0;; i++) {
            put_text(&program, i);
            *steps = i + 1;
        }
    }
    while (*steps == 0) {
        usleep(100);
    }
    usleep(patience);
    kill(child, SIGKILL);
    CHECK(waitpid(child, NULL, 0) == child);
    xo_info info;
    xo_reader *reader = open_recording(path);
    xo_reader_info(reader, &info);
    CHECK(!info.complete && info.steps > (uint64_t)*steps && info.steps <= (uint64_t)*steps + 2);
    check_texts(reader, info.steps);
    xo_reader_close(reader);
    munmap((void *)steps, sizeof *steps);
}

static void
a_kill_loses_nothing(void)
{
    uint64_t random = 5;
    for (int i = 0; i < 100; i++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        set_context("kill %d", i);
        kill_after((useconds_t)((random >> 33) % 30000), "killed-background.xrec");
    }
}

/* The process has one thread when it forks; the child lets go, the parent goes on. */
static void
forks_find_no_thread(void)
{
    test_program program;
    program_start_in_background(&program, "forks.xrec", 2000, 1);
    for (int i = 0; i < TEXTS / 4; i++) {
        put_text(&program, i);
        if (i % (TEXTS / 40) == 7) {
            pid_t child = fork();
            if (child == 0) {
                xo_writer_abandon(program.writer);
                test_program own;
                program_start_in_background(&own, "child.xrec", 2000, 1);
                for (int k = 0; k < 300; k++) {
                    put_text(&own, k);
                }
                _exit(xo_writer_close(own.writer) == XO_OK ? 0 : 1);
            }
            int ended;
            CHECK(child > 0 && waitpid(child, &ended, 0) == child && ended == 0);
            xo_reader *reader = open_recording(test_path("child.xrec"));
            check_texts(reader, 301);
            xo_reader_close(reader);
        }
    }
    xo_reader *reader = program_finish(&program);
    check_texts(reader, TEXTS / 4 + 1);
    xo_reader_close(reader);
}

/* One record is larger than the gap ever gets, and can't be compressed. */
static void
a_chunk_that_finds_no_room_stays(void)
{
    test_program program;
    size_t size = 3 * MEBIBYTE;
    char *noise = malloc(size);
    uint64_t random = 3;
    CHECK(noise != NULL);
    for (size_t i = 0; i < size; i++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        noise[i] = (char)(random >> 57); /* 7 bits: text */
    }
    program_start_in_background(&program, "noise.xrec", 0, 1);
    for (int i = 0; i < 3000; i++) {
        put_text(&program, i);
        if (i == 100) {
            program_refresh(&program);
            xo_put_bind(program.writer, 0);
            xo_put_str(program.writer, noise, size);
            xo_step_line(program.writer, 5);
            put_text(&program, i);
        }
    }
    xo_reader *reader = program_finish(&program);
    xo_info info;
    xo_reader_info(reader, &info);
    CHECK(info.complete && info.steps == 3003 && info.damaged_bytes == 0);
    xo_value value = variable_at(reader, 102, 0);
    CHECK(value.size_bytes == size && memcmp(value.bytes, noise, size) == 0);
    CHECK(!xo_codec_is_there() || info.file_bytes < 4 * MEBIBYTE);
    xo_reader_close(reader);
    free(noise);
}

static void
a_removed_one_comes_back(void)
{
    test_program program;
    program_start_in_background(&program, "gone.xrec", 2000, 1);
    for (int i = 0; i < 5000; i++) {
        put_text(&program, i);
    }
    CHECK(unlink(program.path) == 0);
    for (int i = 5000; i < 6000; i++) {
        put_text(&program, i);
    }
    xo_reader *reader = program_finish(&program);
    check_texts(reader, 6001);
    xo_reader_close(reader);
}

/* One too short to be compressed has no gap in the end. */
static void
short_ones_are_as_short(void)
{
    test_program program;
    xo_writer_options options = {.compress_from = MEBIBYTE, .in_background = true};
    const char *path = test_path("short.xrec");
    CHECK_OK(xo_writer_create(path, &options, &program.writer));
    xo_writer_note(program.writer, "key", "text");
    CHECK_OK(xo_writer_close(program.writer));
    xo_info info;
    xo_reader *reader = open_recording(path);
    xo_reader_info(reader, &info);
    CHECK(info.complete && info.file_bytes < 8192);
    xo_reader_close(reader);
}

const xo_test background_tests[] = {
    {"compressed while they grow, recordings tell the same", they_tell_the_same},
    {"the room of what was compressed is given back while the recording grows", room_is_given_back_while_it_grows},
    {"readers of a recording that is compressed while it grows keep what they read", readers_keep_what_they_read},
    {"readers that rest hold up nothing", readers_that_rest_hold_up_nothing},
    {"readers that rest follow what is moved meanwhile", resting_readers_follow_what_is_moved},
    {"a kill loses nothing of a recording that is compressed while it grows", a_kill_loses_nothing},
    {"a process forks without the thread that compresses", forks_find_no_thread},
    {"a chunk that finds no room in the gap stays until the end", a_chunk_that_finds_no_room_stays},
    {"a recording that was removed while it was compressed comes back", a_removed_one_comes_back},
    {"a recording too short to be compressed has no gap in the end", short_ones_are_as_short},
    {0},
};
