/* The example in FORMAT.md is what the writer writes. */
#include "layout.h"
#include "program.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* x = [5] and x.append(7), as a recorder would tell it. */
static void
write_example(const char *path)
{
    static const int32_t lines[] = {1, 2};
    static const char *const names[] = {"x"};
    static const uint8_t flags[] = {0};
    xo_writer *writer;
    CHECK_OK(xo_writer_create(path, NULL, &writer));
    xo_code_definition definition = {
        .name = "<module>",
        .qualname = "<module>",
        .file = xo_writer_define_file(writer, "a.py", "x = [5]\nx.append(7)\n", 20),
        .first_line = 1,
        .min_line = 1,
        .max_line = 2,
        .lines = lines,
        .line_count = 2,
        .flags = XO_CODE_MODULE,
        .variable_count = 1,
        .variable_names = names,
        .variable_flags = flags,
    };
    uint32_t code = xo_writer_define_code(writer, &definition);
    xo_writer_switch_thread(writer, xo_writer_define_thread(writer, 1, "main"));
    xo_enter_begin(writer, 0, code, 1, 0, 0, 1);
    xo_put_tag(writer, XO_TAG_UNBOUND);
    xo_frame_end(writer);
    xo_step(writer, XO_OP_CALL);
    xo_step_line(writer, 1);
    xo_entity *list = xo_writer_new_entity(writer);
    xo_position start = xo_record_begin(writer, XO_OP_IMAGE, list);
    xo_put_varint(writer, 0);
    xo_reserve(writer, 1);
    xo_put_raw(writer, XO_KIND_LIST);
    xo_put_varint(writer, 1);
    xo_put_int(writer, 5);
    xo_reserve(writer, 1);
    xo_put_raw(writer, XO_ATTRS_NONE);
    xo_record_end(writer, list, start, true);
    xo_put_bind(writer, 0);
    xo_put_object(writer, list->number);
    xo_step_line(writer, 2);
    start = xo_record_begin(writer, XO_OP_LIST_APPEND, list);
    xo_put_int(writer, 7);
    xo_record_end(writer, list, start, false);
    xo_put_op(writer, XO_OP_RESULT);
    xo_put_tag(writer, XO_TAG_NONE);
    xo_step(writer, XO_OP_RETURN);
    xo_leave(writer);
    CHECK_OK(xo_writer_close(writer));
}

static size_t
parse_bytes(const char *text, const char *limit, uint8_t *out, size_t size)
{
    while (text < limit && isxdigit((unsigned char)text[0]) && isxdigit((unsigned char)text[1])) {
        out[size++] = (uint8_t)strtoul((char[]){text[0], text[1], 0}, NULL, 16);
        text += text[2] == ' ' ? 3 : 2;
    }
    return size;
}

/* The bytes of the block that follows "```hex": an offset, a colon, bytes, two spaces, a remark. */
static size_t
example_in_document(uint8_t *out, size_t room)
{
    size_t size, count = 0;
    char *text = (char *)read_whole_file(XO_FORMAT_DOCUMENT, &size);
    text[size] = '\0';
    char *line = strstr(text, "```hex\n");
    char *end = line == NULL ? NULL : strstr(line + 7, "```");
    CHECK(line != NULL && end != NULL);
    for (line = strchr(line, '\n') + 1; line < end; line = strchr(line, '\n') + 1) {
        char *bytes = strstr(line, ": ");
        CHECK(bytes != NULL && strtoul(line, NULL, 16) == XO_PAGE_BYTES + count && count + 64 < room);
        count = parse_bytes(bytes + 2, end, out, count);
    }
    free(text);
    return count;
}

static void
the_example_is_what_is_written(void)
{
    static uint8_t expected[2048];
    size_t size;
    const char *path = test_path("example.xrec");
    write_example(path);
    uint8_t *bytes = read_whole_file(path, &size);
    size_t expected_size = example_in_document(expected, sizeof expected);
    CHECK_EQUAL(size - XO_PAGE_BYTES, expected_size);
    for (size_t i = 0; i < expected_size; i++) {
        set_context("byte 0x%x", (unsigned)(XO_PAGE_BYTES + i));
        CHECK_EQUAL(expected[i], bytes[XO_PAGE_BYTES + i]);
    }
    free(bytes);
}

static void
the_example_reads_as_told(void)
{
    const char *path = test_path("example2.xrec");
    write_example(path);
    xo_reader *reader = open_recording(path);
    xo_step_view step;
    CHECK_OK(xo_reader_step(reader, 3, &step));
    CHECK(step.kind == XO_STEP_RETURN && step.line == 2);
    xo_contents *contents = contents_at(reader, 2, 1);
    CHECK(contents->item_count == 1 && is_int(&contents->items[0].value, 5));
    xo_contents_free(contents);
    contents = contents_at(reader, 3, 1);
    CHECK(contents->item_count == 2 && is_int(&contents->items[1].value, 7));
    xo_contents_free(contents);
    xo_reader_close(reader);
}

const xo_test format_tests[] = {
    {"the example in FORMAT.md is what the writer writes", the_example_is_what_is_written},
    {"the example in FORMAT.md reads as it tells", the_example_reads_as_told},
    {0},
};
