/* Compressed recordings tell what the others do. */
#define _GNU_SOURCE
#include "codec.h"
#include "execorder/tools.h"
#include "layout.h"
#include "model.h"
#include "program.h"
#include "reader_private.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static test_model model;

static void
record(const char *path, uint64_t seed, uint64_t chunk_bytes, uint64_t compress_from)
{
    model_compress_from = compress_from;
    model_start(&model, path, seed, chunk_bytes);
    model_run(&model, 1500);
    CHECK_OK(model_close_writer(&model));
    model_compress_from = 0;
}

static void
compressed_recordings_tell_the_same(void)
{
    const char *path = test_path("compressed.xrec");
    for (uint64_t seed = 70; seed < 76; seed++) {
        set_context("seed %d", (int)seed);
        record(path, seed, seed % 2 ? 2000 : 20000, 1);
        xo_reader *reader = open_recording(path);
        xo_info info;
        xo_reader_info(reader, &info);
        CHECK(info.complete && info.damaged_bytes == 0);
        CHECK_EQUAL(model.steps.count, info.steps);
        CHECK(!xo_codec_is_there() || info.file_bytes < info.log_bytes);
        model_check_steps(&model, reader, 0, 7);
        model_check_outputs(&model, reader);
        CHECK(read_everything(reader, 97));
        xo_reader_close(reader);
        model_free(&model);
    }
}

/* Without its footer the chunks are looked for. */
static void
a_compressed_recording_without_footer_is_recovered(void)
{
    size_t size;
    const char *path = test_path("compressed.xrec");
    record(path, 77, 2000, 1);
    uint8_t *bytes = read_whole_file(path, &size);
    write_whole_file(path, bytes, size - 20);
    xo_reader *reader = open_recording(path);
    xo_info info;
    xo_reader_info(reader, &info);
    CHECK(!info.complete);
    CHECK_EQUAL(model.steps.count, info.steps);
    model_check_steps(&model, reader, 3, 31);
    xo_reader_close(reader);
    model_free(&model);
    free(bytes);
}

/* Every byte, one after the other: an answer or a status, never more. */
static void
damage_to_compressed_chunks_is_noticed(void)
{
    size_t size;
    const char *path = test_path("compressed.xrec");
    record(path, 78, 2000, 1);
    uint8_t *bytes = read_whole_file(path, &size);
    for (size_t at = XO_PAGE_BYTES; at < size; at += 1 + size / 150) {
        xo_reader *reader;
        bytes[at] ^= 0x10;
        if (at % 2 == 0) { /* the damage gets past the checksums */
            repair_checksums(bytes, size);
        }
        write_whole_file(path, bytes, size);
        if (xo_reader_open(path, &reader) == XO_OK) {
            (void)read_everything(reader, 50);
            xo_reader_close(reader);
        }
        bytes[at] ^= 0x10;
        repair_checksums(bytes, size);
    }
    model_free(&model);
    free(bytes);
}

static void
a_recording_that_was_moved_away_is_left_alone(void)
{
    test_program program;
    const char *path = test_path("moved-away.xrec");
    program_start(&program, "moving.xrec", 0, 1);
    program_line(&program, 3, 1);
    CHECK(rename(program.path, path) == 0);
    CHECK_OK(xo_writer_close(program.writer));
    xo_reader *reader;
    CHECK_STATUS(XO_IO, xo_reader_open(program.path, &reader));
    reader = open_recording(path);
    xo_reader_close(reader);
}

static void
a_recording_that_was_removed_is_written_once_more(void)
{
    for (int steps = 1; steps < 100000; steps += 50000) {
        test_program program;
        program_start_packed(&program, "removed.xrec", 200, 1);
        for (int i = 0; i < steps; i++) {
            program_line(&program, 3, 1);
        }
        CHECK(unlink(program.path) == 0);
        CHECK_OK(xo_writer_close(program.writer));
        xo_reader *reader = open_recording(program.path);
        xo_info info;
        xo_reader_info(reader, &info);
        CHECK(info.complete && info.steps >= (uint64_t)steps);
        xo_reader_close(reader);
    }
}

enum { NOTES = 300 };

/* A recording with a note in each chunk, as clocks leave them. */
static xo_reader *
record_notes(test_program *program)
{
    program_start_packed(program, "notes.xrec", 200, 1);
    for (int i = 0; i < NOTES; i++) {
        char key[32];
        snprintf(key, sizeof key, "clock.%d", i);
        xo_writer_note(program->writer, key, "then");
        for (int line = 0; line < 60; line++) {
            program_line(program, 1 + line, i);
        }
    }
    return program_finish(program);
}

static size_t
chunks_looked_at(const xo_reader *reader)
{
    size_t count = 0;
    for (size_t i = 0; i < reader->chunks.count; i++) {
        count += reader->chunks.items[i].loaded;
    }
    return count;
}

static void
opening_looks_at_no_chunk(void)
{
    test_program program;
    xo_reader *reader = record_notes(&program);
    CHECK(reader->chunks.count >= NOTES);
    CHECK_EQUAL(0, chunks_looked_at(reader));
    CHECK_EQUAL(1, reader->files.count);
    CHECK_EQUAL(1, reader->threads.count);
    for (int i = 0; i < NOTES; i++) {
        char key[32];
        const char *text;
        size_t size;
        snprintf(key, sizeof key, "clock.%d", i);
        CHECK_OK(xo_reader_note(reader, key, &text, &size));
        CHECK_EQUAL(4, size);
    }
    xo_reader_close(reader);
}

/* The footer ends with its copies of the definitions. */
static void
other_definitions_in_the_footer_are_found(void)
{
    test_program program;
    size_t size;
    xo_check_report report;
    xo_reader *reader = record_notes(&program);
    const char *path = program.path;
    CHECK(reader->definition_copies.size > 64);
    CHECK_OK(xo_check(path, NULL, NULL, &report));
    CHECK_EQUAL(0, report.problems);
    xo_reader_close(reader);

    uint8_t *bytes = read_whole_file(path, &size);
    for (size_t from_end = 8; from_end < 64; from_end += 5) {
        bytes[size - from_end] ^= 0x01;
        repair_checksums(bytes, size);
        write_whole_file(path, bytes, size);
        bytes[size - from_end] ^= 0x01;
        xo_status status = xo_check(path, NULL, NULL, &report);
        CHECK(status != XO_OK || report.problems > 0);
    }
    free(bytes);
}

static size_t
files_beside(const char *path)
{
    char folder[512];
    size_t count = 0;
    snprintf(folder, sizeof folder, "%s", path);
    *strrchr(folder, '/') = '\0';
    DIR *open_folder = opendir(folder);
    CHECK(open_folder != NULL);
    for (struct dirent *entry; (entry = readdir(open_folder)) != NULL;) {
        count += strstr(entry->d_name, "interrupted") != NULL;
    }
    closedir(open_folder);
    return count;
}

static void
record_interrupted(test_program *program)
{
    program_start_packed(program, "interrupted.xrec", 2000, 1);
    for (int i = 0; i < 100000; i++) {
        program_line(program, 1 + i % 90, i);
    }
}

/* Ends the recording in a process that is killed after so many microseconds, 0: never. Says how many it took. */
static uint64_t
end_elsewhere(test_program *program, uint64_t patience_us)
{
    uint64_t start = xo_steady_clock_ns();
    pid_t child = fork();
    if (child == 0) {
        (void)xo_writer_close(program->writer);
        _exit(0);
    }
    if (patience_us > 0) {
        usleep((useconds_t)patience_us);
        kill(child, SIGKILL);
    }
    CHECK(waitpid(child, NULL, 0) == child);
    xo_writer_abandon(program->writer);
    return (xo_steady_clock_ns() - start) / 1000;
}

static void
a_kill_while_packing_leaves_one_whole_recording(void)
{
    enum { KILLS = 20 };
    test_program program;
    record_interrupted(&program);
    uint64_t usual = end_elsewhere(&program, 0);
    for (uint64_t i = 1; i <= KILLS; i++) {
        xo_info info;
        record_interrupted(&program);
        uint64_t steps = program.writer->steps;
        end_elsewhere(&program, usual * i / KILLS + 1);
        CHECK_EQUAL(1, files_beside(program.path));
        xo_reader *reader = open_recording(program.path);
        xo_reader_info(reader, &info);
        CHECK_EQUAL(steps, info.steps);
        xo_reader_close(reader);
    }
}

const xo_test compress_tests[] = {
    {"a kill while packing leaves one whole recording, and nothing else", a_kill_while_packing_leaves_one_whole_recording},
    {"opening a packed recording looks at no chunk", opening_looks_at_no_chunk},
    {"other definitions in the footer are found", other_definitions_in_the_footer_are_found},
    {"compressed recordings tell the same as others", compressed_recordings_tell_the_same},
    {"a compressed recording without footer is recovered", a_compressed_recording_without_footer_is_recovered},
    {"damage to compressed chunks is noticed", damage_to_compressed_chunks_is_noticed},
    {"a recording that was removed is written once more", a_recording_that_was_removed_is_written_once_more},
    {"a recording that was moved away is left alone", a_recording_that_was_moved_away_is_left_alone},
    {0},
};
