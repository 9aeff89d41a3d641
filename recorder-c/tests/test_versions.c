/* Recordings of every version of the format stay readable. Those in recordings/ were written by that version's writer. */
#include "execorder/tools.h"

#include "codec.h"
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Without filters, who wrote a slot is found by looking at everything. */
static void
check_writers(xo_reader *reader)
{
    xo_write write;
    xo_slot slot = {XO_SLOT_ITEM, 1, {.kind = XO_INT, .integer = 3}};
    CHECK_OK(xo_reader_last_write(reader, 1400, &slot, &write));
    CHECK(is_int(&write.value, 30) && write.step == 31 && write.op == XO_OP_LIST_APPEND);
    slot = (xo_slot){XO_SLOT_VARIABLE, 1, {.kind = XO_STR, .bytes = (const uint8_t *)"v1", .size_bytes = 2}};
    CHECK_OK(xo_reader_last_write(reader, 1050, &slot, &write));
    CHECK_EQUAL(1001, write.step);
}

/* Number 1 is a list, number 2 a dict; every step binds variable 0, every tenth appends, every hundredth prints and
 * binds variable 1 to a text that stands in the dict's image. */
static void
check_recording(const char *path, uint32_t version)
{
    xo_reader *reader = open_recording(path);
    static const char text[] = "a text that is written once and referred to";
    xo_info info;
    xo_reader_info(reader, &info);
    CHECK(info.complete && info.format_version == version && info.steps == 1502 && info.chunks > 64);
    for (uint64_t step = 1; step <= 1500; step += 37) {
        xo_step_view view;
        set_context("step %llu", (unsigned long long)step);
        CHECK_OK(xo_reader_step(reader, step, &view));
        CHECK_EQUAL(1 + (step - 1) % 99, view.line);
        xo_value number = variable_at(reader, step, 0);
        xo_value bound = variable_at(reader, (step - 1) / 100 * 100 + 1, 1);
        CHECK(is_int(&number, (int64_t)step - 1) && is_text(&bound, text));
        xo_contents *list = contents_at(reader, step, 1);
        CHECK_EQUAL((step - 1) / 10 + 1, list->item_count);
        CHECK(is_int(&list->items[list->item_count - 1].value, (int64_t)(step - 1) / 10 * 10));
        xo_contents_free(list);
        xo_contents *dict = contents_at(reader, step, 2);
        CHECK(dict->item_count == 1 && is_text(&dict->items[0].value, text));
        xo_contents_free(dict);
    }
    xo_output_view *outputs;
    size_t count;
    CHECK_OK(xo_reader_output(reader, 0, 100, &outputs, &count));
    CHECK(count == 15 && outputs[14].stream == 1 && outputs[14].size_bytes == 8);
    free(outputs);
    uint64_t visits[] = {(uint64_t)1 << 32 | 7};
    xo_filter filter = {.max_depth = UINT32_MAX, .visits = visits, .visit_count = 1};
    uint64_t found;
    CHECK_OK(xo_reader_find(reader, 1000, true, &filter, NULL, &found));
    CHECK_EQUAL(1096, found);
    check_writers(reader);
    xo_reader_close(reader);
}

static void
check_soundness(const char *path)
{
    xo_check_report report;
    CHECK_OK(xo_check(path, NULL, NULL, &report));
    CHECK_EQUAL(0, report.problems);
}

static void
version_1_is_read(void)
{
    check_recording(XO_RECORDINGS "/version-1.xrec", 1);
    check_soundness(XO_RECORDINGS "/version-1.xrec");
}

static void
version_2_is_read(void)
{
    check_recording(XO_RECORDINGS "/version-2.xrec", 2);
    check_soundness(XO_RECORDINGS "/version-2.xrec");
}

/* Those since version 3 are compressed. */
static int
newest_readable(void)
{
    return xo_codec_is_there() ? XO_FORMAT_VERSION : 2;
}

static void
check_compressed(const char *path, uint32_t version)
{
    if (newest_readable() < (int)version) {
        xo_reader *reader = open_recording(path);
        xo_step_view view;
        CHECK_STATUS(XO_NO_CODEC, xo_reader_step(reader, 1, &view));
        xo_reader_close(reader);
        return;
    }
    check_recording(path, version);
    check_soundness(path);
}

static void
version_3_is_read(void)
{
    check_compressed(XO_RECORDINGS "/version-3.xrec", 3);
}

static void
version_4_is_read(void)
{
    check_compressed(XO_RECORDINGS "/version-4.xrec", 4);
}

static void
version_5_is_read(void)
{
    check_compressed(XO_RECORDINGS "/version-5.xrec", 5);
}

/* What a copy says of slots is what the original's records say. */
static void
copies_of_older_versions_are_of_this_one(void)
{
    const char *copy = test_path("newer.xrec");
    for (int version = 1; version <= newest_readable(); version++) {
        char original[600];
        snprintf(original, sizeof original, XO_RECORDINGS "/version-%d.xrec", version);
        CHECK_OK(xo_compact(original, copy, NULL));
        check_recording(copy, XO_FORMAT_VERSION);
        check_soundness(copy);
    }
}

const xo_test versions_tests[] = {
    {"a recording of version 1 is read", version_1_is_read},
    {"a recording of version 2 is read", version_2_is_read},
    {"a recording of version 3 is read", version_3_is_read},
    {"a recording of version 4 is read", version_4_is_read},
    {"a recording of version 5 is read", version_5_is_read},
    {"copies of older versions are of this one", copies_of_older_versions_are_of_this_one},
    {0},
};
