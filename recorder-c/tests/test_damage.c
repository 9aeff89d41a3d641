/* Cut off and changed files: every answer is a status, never a crash, and what is told is right or refused. */
#include "model.h"

#include "files.h"
#include "layout.h"
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static test_model model;

static uint8_t *
record(uint64_t seed, uint64_t chunk_bytes, size_t steps, bool complete, size_t *size)
{
    char path[600];
    snprintf(path, sizeof path, "%s", test_path("whole.xrec"));
    model_start(&model, path, seed, chunk_bytes);
    model_run(&model, steps);
    if (complete) {
        CHECK_OK(model_close_writer(&model));
    }
    uint8_t *bytes = read_whole_file(path, size);
    return bytes;
}

/* Opens these bytes as a recording; NULL when they are refused. */
static xo_reader *
open_bytes(const uint8_t *bytes, size_t size)
{
    xo_reader *reader;
    const char *path = test_path("damaged.xrec");
    write_whole_file(path, bytes, size);
    xo_status status = xo_reader_open(path, &reader);
    CHECK(status == XO_OK || status == XO_CORRUPT || status == XO_NOT_A_RECORDING || status == XO_TOO_NEW
          || status == XO_NO_CODEC);
    CHECK((status == XO_OK) == (reader != NULL));
    return reader;
}

/* All that a cut off file still tells must be what was. */
static void
check_truncation(const uint8_t *bytes, size_t size, size_t whole)
{
    xo_info info;
    set_context("cut at %d", (int)size);
    xo_reader *reader = open_bytes(bytes, size);
    CHECK((reader != NULL) == (size >= XO_PAGE_BYTES));
    if (reader == NULL) {
        return;
    }
    xo_reader_info(reader, &info);
    CHECK(!info.complete || whole - size < XO_CHUNK_ALIGNMENT);
    CHECK(info.steps <= model.steps.count);
    uint64_t every = info.steps < 4 ? 1 : info.steps / 4;
    for (uint64_t step = 0; step < info.steps; step += every) {
        model_check_step(&model, reader, step);
    }
    xo_reader_close(reader);
}

static void
every_truncation_is_survived(void)
{
    size_t size;
    uint8_t *bytes = record(5, 400, 250, true, &size);
    for (size_t cut = 0; cut < size; cut++) {
        check_truncation(bytes, cut, size);
    }
    free(bytes);
    model_free(&model);
}

/* As file systems leave them that write in such pieces. */
static void
files_cut_to_a_power_of_two_are_survived(void)
{
    size_t size;
    uint8_t *bytes = record(8, 0, 60000, true, &size);
    CHECK(size > (size_t)1 << 20);
    for (size_t cut = XO_PAGE_BYTES; cut < size; cut *= 2) {
        check_truncation(bytes, cut - 1, size);
        check_truncation(bytes, cut, size);
        check_truncation(bytes, cut + 1, size);
    }
    free(bytes);
    model_free(&model);
}

static void
truncations_of_an_open_recording_are_survived(void)
{
    size_t size;
    uint8_t *bytes = record(6, 0, 250, false, &size);
    while (size > 0 && bytes[size - 1] == 0) {
        size--;
    }
    for (size_t cut = XO_PAGE_BYTES; cut < size; cut += 3) {
        check_truncation(bytes, cut, size);
    }
    free(bytes);
    model_free(&model);
}

/* One flipped byte: the checksums see it, and what is still told is right. */
static void
check_flip(uint8_t *bytes, size_t size, size_t at, uint8_t with)
{
    xo_info info;
    bytes[at] ^= with;
    set_context("byte %d ^ %d", (int)at, with);
    xo_reader *reader = open_bytes(bytes, size);
    if (reader != NULL) {
        xo_step_view view;
        xo_reader_info(reader, &info);
        CHECK(info.steps <= model.steps.count);
        for (uint64_t step = 0; step < info.steps; step += 1 + info.steps / 4) {
            if (xo_reader_step(reader, step, &view) == XO_OK) {
                CHECK_EQUAL(model.steps.items[step].kind, view.kind);
                CHECK_EQUAL(model.steps.items[step].thread, view.thread);
            }
        }
        (void)read_everything(reader, 1 + info.steps / 3);
    }
    xo_reader_close(reader);
    bytes[at] ^= with;
}

static void
flipped_bytes_are_noticed(void)
{
    size_t size;
    uint8_t *bytes = record(7, 500, 300, true, &size);
    for (int i = 0; i < 20000; i++) {
        size_t at = (size_t)model_random(&model, 4) ? XO_PAGE_BYTES + (size_t)model_random(&model, size - XO_PAGE_BYTES)
                                                    : (size_t)model_random(&model, 100);
        check_flip(bytes, size, at, (uint8_t)(1u << model_random(&model, 8)));
    }
    free(bytes);
    model_free(&model);
}

/* Several bytes changed, and the checksums made right again: what a hostile file does. */
static void
check_forgery(const uint8_t *bytes, size_t size, int changes)
{
    xo_info info;
    uint8_t *forged = malloc(size);
    memcpy(forged, bytes, size);
    for (int i = 0; i < changes; i++) {
        size_t at = XO_PAGE_BYTES + (size_t)model_random(&model, size - XO_PAGE_BYTES);
        static const uint8_t nasty[] = {0, 1, 0x7f, 0x80, 0xff, 0x0b, 0x0f, 0x20, 0x07, 0x12, 0x14};
        forged[at] = model_random(&model, 2) ? nasty[model_random(&model, sizeof nasty)]
                                             : (uint8_t)model_random(&model, 256);
    }
    repair_checksums(forged, size);
    xo_reader *reader = open_bytes(forged, size);
    if (reader != NULL) {
        xo_reader_info(reader, &info);
        (void)read_everything(reader, 1 + info.steps / 12);
        (void)xo_reader_refresh(reader, NULL);
    }
    xo_reader_close(reader);
    free(forged);
}

static void
forged_files_do_no_harm(void)
{
    for (uint64_t seed = 8; seed < 12; seed++) {
        size_t size;
        uint8_t *bytes = record(seed, seed % 2 ? 300 : 0, 300, seed < 10, &size);
        while (size > XO_PAGE_BYTES && bytes[size - 1] == 0) {
            size--;
        }
        for (int i = 0; i < 3000; i++) {
            set_context("seed %d, round %d", (int)seed, i);
            check_forgery(bytes, size, 1 + i % 6);
        }
        free(bytes);
        model_free(&model);
    }
}

/* Index blocks and the footer, forged as well. */
static void
forged_indexes_do_no_harm(void)
{
    size_t size;
    uint8_t *bytes = record(13, 1, 700, true, &size);
    for (int i = 0; i < 1500; i++) {
        set_context("round %d", i);
        check_forgery(bytes, size, 1 + i % 40);
    }
    free(bytes);
    model_free(&model);
}

static void
noise_behind_a_header_is_survived(void)
{
    size_t size;
    uint8_t *bytes = record(14, 300, 100, true, &size);
    for (int i = 0; i < 200; i++) {
        for (size_t at = XO_PAGE_BYTES; at < size; at++) {
            bytes[at] = (uint8_t)model_random(&model, 256);
        }
        xo_reader *reader = open_bytes(bytes, size);
        if (reader != NULL) {
            (void)read_everything(reader, 1);
        }
        xo_reader_close(reader);
    }
    free(bytes);
    model_free(&model);
}

const xo_test damage_tests[] = {
    {"every truncation is survived, and what is left is right", every_truncation_is_survived},
    {"files cut to a power of two are survived", files_cut_to_a_power_of_two_are_survived},
    {"truncations of an open recording are survived", truncations_of_an_open_recording_are_survived},
    {"flipped bytes are noticed", flipped_bytes_are_noticed},
    {"forged records do no harm", forged_files_do_no_harm},
    {"forged indexes do no harm", forged_indexes_do_no_harm},
    {"noise behind a right header is survived", noise_behind_a_header_is_survived},
    {0},
};
