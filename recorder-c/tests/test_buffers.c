/* Memory in C: its bytes, changes inside it, and views of it. */
#include "program.h"

#include <stdlib.h>
#include <string.h>

static xo_position
begin_buffer(test_program *program, xo_entity *entity, uint32_t flags, uint64_t item_bytes, const char *format)
{
    xo_position start = xo_record_begin(program->writer, XO_OP_IMAGE, entity);
    xo_put_varint(program->writer, 0);
    xo_put_tag(program->writer, (xo_tag)XO_KIND_BUFFER);
    xo_put_varint(program->writer, flags);
    xo_put_varint(program->writer, item_bytes);
    xo_put_sized(program->writer, format, strlen(format));
    return start;
}

static void
end_buffer(test_program *program, xo_entity *entity, xo_position start)
{
    xo_put_tag(program->writer, (xo_tag)XO_ATTRS_NONE);
    xo_record_end(program->writer, entity, start, true);
}

static xo_entity *
new_bytes(test_program *program, const char *format, uint64_t item_bytes, const void *bytes, size_t size)
{
    xo_entity *entity = xo_writer_new_entity(program->writer);
    xo_position start = begin_buffer(program, entity, 0, item_bytes, format);
    xo_put_varint(program->writer, 0);
    xo_put_sized(program->writer, bytes, size);
    end_buffer(program, entity, start);
    return entity;
}

static void
splice(test_program *program, xo_entity *entity, uint64_t start, uint64_t removed, const char *bytes)
{
    xo_position position = xo_record_begin(program->writer, XO_OP_BYTES_SPLICE, entity);
    xo_put_varint(program->writer, start);
    xo_put_varint(program->writer, removed);
    xo_put_sized(program->writer, bytes, strlen(bytes));
    xo_record_end(program->writer, entity, position, false);
}

static uint64_t
step(test_program *program)
{
    xo_step_line(program->writer, 5);
    return program->writer->steps - 1;
}

static bool
holds(xo_reader *reader, uint64_t at, uint64_t object, const char *bytes)
{
    xo_contents *contents;
    if (xo_reader_contents(reader, at, object, &contents) != XO_OK) {
        return false;
    }
    bool same = contents->kind == XO_KIND_BUFFER && contents->item_count == strlen(bytes)
                && contents->buffer.size_bytes == strlen(bytes)
                && memcmp(contents->buffer.bytes, bytes, strlen(bytes)) == 0;
    xo_contents_free(contents);
    return same;
}

static void
bytes_that_come_and_go_are_replayed(void)
{
    test_program program;
    program_start(&program, "buffers.xrec", 0, 1);
    xo_entity *entity = new_bytes(&program, "B", 1, "abc", 3);
    uint64_t number = entity->number, first = step(&program);
    splice(&program, entity, 3, 0, "def");
    splice(&program, entity, 0, 2, "");
    uint64_t second = step(&program);
    splice(&program, entity, 1, 1, "XYZ");
    splice(&program, entity, 0, 0, "12");
    splice(&program, entity, 7, 1, "");
    uint64_t third = step(&program);
    xo_reader *reader = program_finish(&program);
    CHECK(holds(reader, first, number, "abc"));
    CHECK(holds(reader, second, number, "cdef"));
    CHECK(holds(reader, third, number, "12cXYZe"));
    xo_change *changes;
    size_t count;
    CHECK_EQUAL(XO_OK, xo_reader_history(reader, third, number, 3, &changes, &count));
    CHECK(count == 3 && changes[0].key.integer == 7 && changes[0].removed == 1 && changes[0].value.size_bytes == 0);
    CHECK(changes[2].key.integer == 1 && changes[2].value.size_bytes == 3);
    free(changes);
    xo_reader_close(reader);
}

static void
random_splices_are_replayed(void)
{
    test_program program;
    char now[4096] = "";
    size_t size = 0;
    uint32_t random = 12345;
    program_start(&program, "splices.xrec", 0, 1);
    xo_entity *entity = new_bytes(&program, "B", 1, "", 0);
    uint64_t number = entity->number;
    for (int i = 0; i < 3000; i++) {
        random = random * 1664525u + 1013904223u;
        size_t start = (random >> 8) % (size + 1);
        start = random % 3 == 0 ? 0 : random % 3 == 1 ? size : start;
        size_t removed = (random >> 20) % 5 % (size - start + 1);
        char added[] = "uvwxyz";
        added[size > 2000 ? 0 : (random >> 12) % 7] = 0;
        splice(&program, entity, start, removed, added);
        memmove(now + start + strlen(added), now + start + removed, size - start - removed);
        memcpy(now + start, added, strlen(added));
        size = size - removed + strlen(added);
    }
    now[size] = 0;
    uint64_t last = step(&program);
    xo_reader *reader = program_finish(&program);
    CHECK(holds(reader, last, number, now));
    xo_reader_close(reader);
}

/* A view of 2 × 3 bytes, the columns backwards, of the memory "0123456789". */
static xo_entity *
new_view(test_program *program, uint64_t storage, int64_t offset)
{
    xo_entity *view = xo_writer_new_entity(program->writer);
    xo_position start = begin_buffer(program, view, XO_BUFFER_VIEW | XO_BUFFER_READ_ONLY, 1, "B");
    static const int64_t strides[] = {4, -1};
    xo_put_varint(program->writer, 3);
    xo_put_varint(program->writer, 2);
    xo_put_varint(program->writer, 3);
    for (int i = 0; i < 2; i++) {
        xo_put_varint(program->writer, xo_zigzag(strides[i]));
    }
    xo_put_varint(program->writer, xo_zigzag(offset));
    xo_put_varint(program->writer, storage);
    end_buffer(program, view, start);
    return view;
}

static void
a_view_shows_the_memory_of_another(void)
{
    test_program program;
    static const char expected[] = "210654";
    program_start(&program, "views.xrec", 0, 1);
    xo_entity *entity = new_bytes(&program, "B", 1, "0123456789", 10);
    uint64_t view = new_view(&program, entity->number, 2)->number;
    uint64_t outside = new_view(&program, entity->number, 1)->number;
    uint64_t first = step(&program);
    splice(&program, entity, 5, 1, "!");
    uint64_t second = step(&program);
    xo_reader *reader = program_finish(&program);
    xo_contents *contents;
    xo_value value;
    CHECK_EQUAL(XO_OK, xo_reader_contents(reader, first, view, &contents));
    CHECK(contents->item_count == 6 && contents->buffer.dimensions == 2 && !contents->unknown);
    for (uint64_t i = 0; i < 6; i++) {
        CHECK_EQUAL(XO_OK, xo_contents_element(contents, i, &value));
        CHECK(value.kind == XO_INT && value.integer == expected[i]);
    }
    xo_contents_free(contents);
    CHECK_EQUAL(XO_OK, xo_reader_contents(reader, second, view, &contents));
    CHECK(xo_contents_element(contents, 4, &value) == XO_OK && value.integer == '!');
    xo_contents_free(contents);
    CHECK_EQUAL(XO_OK, xo_reader_contents(reader, second, outside, &contents));
    CHECK(contents->unknown && contents->item_count == 0);
    xo_contents_free(contents);
    xo_reader_close(reader);
}

static void
elements_have_the_values_of_their_format(void)
{
    static const struct {
        const char *format;
        uint64_t item_bytes;
        const char *bytes;
        xo_value_kind kind;
        double number;
    } cases[] = {
        {"b", 1, "\xff", XO_INT, -1},
        {"B", 1, "\xff", XO_INT, 255},
        {">i2", 2, "\x01\x02", XO_INT, 258},
        {"<i4", 4, "\xfe\xff\xff\xff", XO_INT, -2},
        {"<u8", 8, "\xff\xff\xff\xff\xff\xff\xff\xff", XO_BIGINT, 0},
        {"<f2", 2, "\x00\x3e", XO_FLOAT, 1.5},
        {"<f2", 2, "\x01\x00", XO_FLOAT, 1.0 / 16777216},
        {"f", 4, "\x00\x00\xc0\x3f", XO_FLOAT, 1.5},
        {">f8", 8, "\xbf\xf8\0\0\0\0\0\0", XO_FLOAT, -1.5},
        {"|b1", 1, "\x01", XO_TRUE, 0},
        {"<c8", 8, "\x00\x00\xc0\x3f\0\0\0\0", XO_COMPLEX, 1.5},
        {"<U2", 8, "\xe4\0\0\0\0\0\0\0", XO_STR, 2},
        {"|S4", 4, "ab\0\0", XO_BYTES, 2},
        {"c", 1, "\0", XO_BYTES, 1},
        {"|V3", 3, "abc", XO_BYTES, 3},
        {"<f16", 16, "0123456789abcdef", XO_BYTES, 16},
    };
    test_program program;
    program_start(&program, "elements.xrec", 0, 1);
    uint64_t first = program.writer->last_object + 1;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        new_bytes(&program, cases[i].format, cases[i].item_bytes, cases[i].bytes, (size_t)cases[i].item_bytes);
    }
    uint64_t at = step(&program);
    xo_reader *reader = program_finish(&program);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xo_contents *contents;
        xo_value value;
        CHECK_EQUAL(XO_OK, xo_reader_contents(reader, at, first + i, &contents));
        CHECK_EQUAL(XO_OK, xo_contents_element(contents, 0, &value));
        CHECK_EQUAL(cases[i].kind, value.kind);
        bool sized = value.kind == XO_STR || value.kind == XO_BYTES;
        double number = value.kind == XO_INT ? (double)value.integer : sized ? (double)value.size_bytes : value.real;
        CHECK(value.kind == XO_TRUE || value.kind == XO_BIGINT || number == cases[i].number);
        xo_contents_free(contents);
    }
    xo_reader_close(reader);
}

static void
memory_may_hold_objects(void)
{
    test_program program;
    program_start(&program, "object_memory.xrec", 0, 1);
    xo_entity *entity = xo_writer_new_entity(program.writer);
    xo_position start = begin_buffer(&program, entity, XO_BUFFER_VALUES, 8, "|O");
    xo_put_varint(program.writer, 0);
    xo_put_varint(program.writer, 2);
    xo_put_int(program.writer, 1);
    xo_put_int(program.writer, 2);
    end_buffer(&program, entity, start);
    uint64_t number = entity->number, first = step(&program);
    start = xo_record_begin(program.writer, XO_OP_LIST_SET, entity);
    xo_put_varint(program.writer, 1);
    xo_put_int(program.writer, 7);
    xo_record_end(program.writer, entity, start, false);
    uint64_t second = step(&program);
    xo_reader *reader = program_finish(&program);
    for (uint64_t at = first; at <= second; at++) {
        xo_contents *contents;
        xo_value value;
        CHECK_EQUAL(XO_OK, xo_reader_contents(reader, at, number, &contents));
        CHECK(contents->item_count == 2 && contents->buffer.bytes == NULL);
        CHECK_EQUAL(XO_OK, xo_contents_element(contents, 1, &value));
        CHECK(is_int(&value, at == first ? 2 : 7));
        xo_contents_free(contents);
    }
    xo_reader_close(reader);
}

static uint64_t
writer_of(xo_reader *reader, uint64_t at, uint64_t object, int64_t index)
{
    xo_slot slot = {.kind = XO_SLOT_ITEM, .owner = object, .key = {.kind = XO_INT, .integer = index}};
    xo_write write;
    return xo_reader_last_write(reader, at, &slot, &write) == XO_OK ? write.step : UINT64_MAX;
}

static void
who_wrote_an_element_is_known_through_views_as_well(void)
{
    test_program program;
    program_start(&program, "element_writers.xrec", 0, 1);
    xo_entity *entity = new_bytes(&program, "B", 1, "0123456789", 10);
    uint64_t number = entity->number, view = new_view(&program, number, 2)->number;
    uint64_t first = step(&program);
    splice(&program, entity, 5, 1, "!");
    uint64_t second = step(&program);
    splice(&program, entity, 0, 4, "?123");
    uint64_t third = step(&program);
    xo_reader *reader = program_finish(&program);
    CHECK_EQUAL(first, writer_of(reader, third, number, 2)); /* written along with its neighbours, but the same */
    CHECK_EQUAL(second, writer_of(reader, third, number, 5));
    CHECK_EQUAL(third, writer_of(reader, third, number, 0));
    CHECK_EQUAL(first, writer_of(reader, third, number, 9));
    CHECK_EQUAL(second, writer_of(reader, third, view, 4)); /* byte 5 */
    CHECK_EQUAL(third, writer_of(reader, third, view, 2)); /* byte 0 */
    CHECK_EQUAL(first, writer_of(reader, third, view, 1));
    xo_reader_close(reader);
}

const xo_test buffers_tests[] = {
    {"bytes that come and go are replayed", bytes_that_come_and_go_are_replayed},
    {"random splices are replayed", random_splices_are_replayed},
    {"a view shows the memory of another", a_view_shows_the_memory_of_another},
    {"elements have the values of their format", elements_have_the_values_of_their_format},
    {"who wrote an element is known, through views as well", who_wrote_an_element_is_known_through_views_as_well},
    {"memory may hold objects", memory_may_hold_objects},
    {0},
};
