/* Recordings of every version of the format stay readable. Those in recordings/ were written by that version's writer. */
#include "program.h"

#include <stdlib.h>
#include <string.h>

/* Number 1 is a list, number 2 a dict; every step binds variable 0, every tenth appends, every hundredth prints and
 * binds variable 1 to a text that stands in the dict's image. */
static void
version_1_is_read(void)
{
    xo_reader *reader = open_recording(XO_RECORDINGS "/version-1.xrec");
    static const char text[] = "a text that is written once and referred to";
    xo_info info;
    xo_reader_info(reader, &info);
    CHECK(info.complete && info.format_version == 1 && info.steps == 1502 && info.chunks > 64);
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
    xo_reader_close(reader);
}

const xo_test versions_tests[] = {
    {"a recording of version 1 is read", version_1_is_read},
    {0},
};
