/* The gap of a recording that is compressed while it grows, as readers find it. */
#include "files.h"
#include "layout.h"
#include "model.h"
#include "program.h"
#include "reader_private.h"

#include <stdlib.h>
#include <string.h>

static test_model model;

/* A recording that was cut off, with a gap of some bytes behind its second chunk. The caller frees it. */
static uint8_t *
with_a_gap(size_t gap, size_t *size)
{
    const char *path = test_path("gap.xrec");
    model_start(&model, path, 700, 700);
    model_run(&model, 300);
    xo_reader *reader = open_recording(path);
    CHECK(reader->chunks.count > 5);
    size_t at = (size_t)reader->chunks.items[2].offset, used = (size_t)(reader->scan_offset + 20000);
    xo_reader_close(reader);
    uint8_t *whole = read_whole_file(path, size);
    used = used < *size ? used : *size;
    uint8_t *bytes = calloc(1, used + gap);
    CHECK(bytes != NULL);
    memcpy(bytes, whole, at);
    memset(bytes + at, 0x55, gap);
    memcpy(bytes + at + gap, whole + at, used - at);
    xo_gap_store(&(xo_gap){at, at + gap}, bytes + XO_GAP_OFFSET);
    free(whole);
    *size = used + gap;
    return bytes;
}

static void
a_gap_is_passed_over(void)
{
    for (size_t gap = 0; gap < 3000; gap += 1000) {
        size_t size;
        uint8_t *bytes = with_a_gap(gap, &size);
        const char *path = test_path("gap2.xrec");
        write_whole_file(path, bytes, size);
        xo_reader *reader = open_recording(path);
        xo_info info;
        xo_reader_info(reader, &info);
        CHECK(!info.complete && info.damaged_bytes == 0);
        CHECK_EQUAL(model.steps.count, info.steps);
        model_check_steps(&model, reader, 0, 7);
        xo_reader_close(reader);
        model_free(&model);
        free(bytes);
    }
}

/* Wherever it leads: an answer or a status, and no step that isn't there. */
static void
a_gap_that_leads_astray_is_damage(void)
{
    size_t size;
    uint8_t *bytes = with_a_gap(96, &size);
    const uint64_t places[] = {0, 8, 4096, 4104, 5000, 5008, size - 8, size, size + 8, UINT64_MAX - 7, UINT64_MAX / 2 + 1};
    enum { PLACES = sizeof places / sizeof *places };
    const char *path = test_path("astray.xrec");
    for (int i = 0; i < PLACES * PLACES; i++) {
        xo_reader *reader;
        xo_gap_store(&(xo_gap){places[i / PLACES], places[i % PLACES]}, bytes + XO_GAP_OFFSET);
        write_whole_file(path, bytes, size);
        xo_status status = xo_reader_open(path, &reader);
        set_context("from %llu to %llu: %s", (unsigned long long)places[i / PLACES], (unsigned long long)places[i % PLACES],
                    xo_status_text(status));
        CHECK(status == XO_OK || status == XO_CORRUPT);
        if (status == XO_OK) {
            xo_info info;
            xo_reader_info(reader, &info);
            CHECK(info.steps <= model.steps.count);
            (void)read_everything(reader, 20);
            xo_reader_rest(reader);
            (void)xo_reader_refresh(reader, NULL);
            (void)read_everything(reader, 20);
            xo_reader_close(reader);
        }
    }
    model_free(&model);
    free(bytes);
}

const xo_test gap_tests[] = {
    {"a gap is passed over", a_gap_is_passed_over},
    {"a gap that leads astray is damage and no more", a_gap_that_leads_astray_is_damage},
    {0},
};
