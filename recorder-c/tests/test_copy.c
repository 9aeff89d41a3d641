/* Copies of recordings: what they tell is what the original told. */
#include "model.h"

#include "compare.h"
#include "execorder/tools.h"
#include "files.h"
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static test_model model;

static void
record(uint64_t seed, uint64_t chunk_bytes, size_t steps, char path[600])
{
    snprintf(path, 600, "%s", test_path("original.xrec"));
    model_start(&model, path, seed, chunk_bytes);
    model_run(&model, steps);
    CHECK_OK(model_close_writer(&model));
}

static void
a_copy_tells_the_same(void)
{
    for (uint64_t seed = 40; seed < 48; seed++) {
        char path[600];
        record(seed, seed % 2 ? 300 : 20000, 1500, path);
        set_context("seed %d", (int)seed);
        const char *copy = test_path("copy.xrec");
        CHECK_OK(xo_compact(path, copy, NULL));
        xo_reader *reader = open_recording(copy);
        xo_info info;
        xo_reader_info(reader, &info);
        CHECK(info.complete);
        CHECK_EQUAL(model.steps.count, info.steps);
        model_check_steps(&model, reader, 0, 7);
        model_check_outputs(&model, reader);
        xo_reader_close(reader);
        model_free(&model);
    }
}

static void
a_copy_of_a_copy_is_the_copy(void)
{
    char path[600], copy[600];
    size_t size, copy_size;
    record(50, 500, 800, path);
    snprintf(copy, sizeof copy, "%s", test_path("copy.xrec"));
    CHECK_OK(xo_compact(path, copy, NULL));
    CHECK_OK(xo_compact(copy, path, NULL));
    uint8_t *first = read_whole_file(path, &size);
    uint8_t *second = read_whole_file(copy, &copy_size);
    CHECK_EQUAL(size, copy_size);
    CHECK(memcmp(first, second, size) == 0);
    free(first);
    free(second);
    model_free(&model);
}

static void
check_part(const char *path, uint64_t first, uint64_t last)
{
    const char *part = test_path("part.xrec");
    xo_info info;
    set_context("steps %d to %d", (int)first, (int)last);
    CHECK_OK(xo_trim(path, part, first, last, NULL));
    xo_reader *whole = open_recording(path);
    xo_reader *reader = open_recording(part);
    xo_reader_info(reader, &info);
    CHECK(info.complete);
    CHECK_EQUAL(last - first + 1, info.steps);
    uint64_t every = 1 + info.steps / 20;
    for (uint64_t step = 0; step < info.steps; step += every) {
        compare_steps(&model, whole, first + step, reader, step);
    }
    compare_steps(&model, whole, last, reader, info.steps - 1);
    xo_reader_close(reader);
    xo_reader_close(whole);
}

static void
a_part_tells_the_same_of_its_steps(void)
{
    for (uint64_t seed = 60; seed < 66; seed++) {
        char path[600];
        record(seed, seed % 2 ? 300 : 20000, 600, path);
        for (uint64_t first = 0; first < 600; first += 1 + model_random(&model, 40)) {
            check_part(path, first, first + model_random(&model, 600 - first));
        }
        model_free(&model);
    }
}

static void
a_part_that_is_not_there_is_refused(void)
{
    char path[600];
    const char *part = test_path("never.xrec");
    record(70, 0, 50, path);
    CHECK_STATUS(XO_NOT_FOUND, xo_trim(path, part, 5, 50, NULL));
    CHECK_STATUS(XO_NOT_FOUND, xo_trim(path, part, 6, 5, NULL));
    CHECK(fopen(part, "rb") == NULL);
    model_free(&model);
}

const xo_test copy_tests[] = {
    {"a copy tells what the original tells", a_copy_tells_the_same},
    {"a copy of a copy is the copy, byte for byte", a_copy_of_a_copy_is_the_copy},
    {"a part tells the same of its steps", a_part_tells_the_same_of_its_steps},
    {"a part that isn't there is refused", a_part_that_is_not_there_is_refused},
    {0},
};
