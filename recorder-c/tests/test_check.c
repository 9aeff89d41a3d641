/* Checking finds nothing in a sound recording, and something in every damaged one. */
#include "model.h"

#include "execorder/tools.h"
#include "files.h"
#include "layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static test_model model;

static void
show(void *context, const char *problem)
{
    (void)context;
    printf("# %s\n", problem);
}

static void
a_sound_recording_has_no_problems(void)
{
    for (uint64_t seed = 80; seed < 86; seed++) {
        xo_check_report report;
        const char *path = test_path("sound.xrec");
        model_start(&model, path, seed, seed % 3 == 0 ? 1 : seed % 3 == 1 ? 300 : 0);
        model_run(&model, 700);
        if (seed < 84) {
            CHECK_OK(model_close_writer(&model));
        }
        set_context("seed %d", (int)seed);
        CHECK_OK(xo_check(path, show, NULL, &report));
        CHECK_EQUAL(0, report.problems);
        CHECK_EQUAL(seed < 84, report.complete);
        CHECK_EQUAL(model.steps.count, report.steps);
        model_free(&model);
    }
}

/* The zeros that fill the gaps between chunks and the rest of the header page mean nothing. */
static void
each_changed_byte_is_found(void)
{
    size_t size;
    const char *path = test_path("changed.xrec");
    size_t missed = 0;
    model_start(&model, path, 90, 400);
    model_run(&model, 200);
    CHECK_OK(model_close_writer(&model));
    uint8_t *bytes = read_whole_file(path, &size);
    for (size_t at = XO_PAGE_BYTES; at < size; at += 7) {
        xo_check_report report;
        bytes[at] ^= 0x10;
        write_whole_file(path, bytes, size);
        bytes[at] ^= 0x10;
        xo_status status = xo_check(path, NULL, NULL, &report);
        missed += status == XO_OK && report.problems == 0;
    }
    CHECK(missed < size / 7 / 40);
    free(bytes);
    model_free(&model);
}

/* With right checksums, too, as long as the change touches what can be known. */
static void
forged_recordings_are_checked_without_harm(void)
{
    size_t size;
    const char *path = test_path("forged.xrec");
    model_start(&model, path, 91, 400);
    model_run(&model, 300);
    CHECK_OK(model_close_writer(&model));
    uint8_t *bytes = read_whole_file(path, &size);
    uint8_t *forged = malloc(size);
    for (int round = 0; round < 400; round++) {
        xo_check_report report;
        xo_sizes sizes;
        xo_fidelity fidelity;
        memcpy(forged, bytes, size);
        for (int i = 0; i < 1 + round % 5; i++) {
            forged[XO_PAGE_BYTES + (size_t)model_random(&model, size - XO_PAGE_BYTES)] =
                (uint8_t)model_random(&model, 256);
        }
        repair_checksums(forged, size);
        write_whole_file(path, forged, size);
        set_context("round %d", round);
        xo_status status = xo_check(path, NULL, NULL, &report);
        CHECK(status == XO_OK || status == XO_CORRUPT || status == XO_TOO_NEW || status == XO_NO_MEMORY);
        (void)xo_sizes_read(path, &sizes);
        (void)xo_fidelity_read(path, &fidelity);
        xo_fidelity_free(&fidelity);
        (void)xo_compact(path, test_path("copy.xrec"), NULL);
        if (status == XO_OK && report.steps > 2) {
            (void)xo_trim(path, test_path("copy.xrec"), report.steps / 3, report.steps - 1, NULL);
        }
    }
    free(forged);
    free(bytes);
    model_free(&model);
}

const xo_test check_tests[] = {
    {"checking a sound recording finds nothing", a_sound_recording_has_no_problems},
    {"checking finds changed bytes", each_changed_byte_is_found},
    {"forged recordings are checked and copied without harm", forged_recordings_are_checked_without_harm},
    {0},
};
