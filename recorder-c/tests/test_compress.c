/* Compressed recordings tell what the others do. */
#include "codec.h"
#include "layout.h"
#include "model.h"
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

const xo_test compress_tests[] = {
    {"compressed recordings tell the same as others", compressed_recordings_tell_the_same},
    {"a compressed recording without footer is recovered", a_compressed_recording_without_footer_is_recovered},
    {"damage to compressed chunks is noticed", damage_to_compressed_chunks_is_noticed},
    {"a recording that was moved away is left alone", a_recording_that_was_moved_away_is_left_alone},
    {0},
};
