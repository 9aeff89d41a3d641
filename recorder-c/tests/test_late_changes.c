/* Notes of changes that were seen later than they happened: what is recorded of the object counts as unknown in between. */
#include "program.h"

#include <stdio.h>

static xo_entity *
new_list(test_program *program, int64_t item)
{
    xo_entity *entity = xo_writer_new_entity(program->writer);
    xo_position start = xo_record_begin(program->writer, XO_OP_IMAGE, entity);
    xo_put_varint(program->writer, 0);
    xo_reserve(program->writer, 1);
    xo_put_raw(program->writer, XO_KIND_LIST);
    xo_put_varint(program->writer, 1);
    xo_put_int(program->writer, item);
    xo_reserve(program->writer, 1);
    xo_put_raw(program->writer, XO_ATTRS_NONE);
    xo_record_end(program->writer, entity, start, true);
    return entity;
}

static void
put_byte(test_program *program, int byte)
{
    xo_reserve(program->writer, 1);
    xo_put_raw(program->writer, (uint8_t)byte);
}

/* A dict of one attribute, n, and an object that has it there; answers the dict's number, the object's is the next. */
static uint64_t
new_object(test_program *program)
{
    xo_writer *writer = program->writer;
    xo_entity *dict = xo_writer_new_entity(writer);
    xo_position start = xo_record_begin(writer, XO_OP_IMAGE, dict);
    xo_put_varint(writer, 0);
    put_byte(program, XO_KIND_DICT);
    xo_put_varint(writer, 1);
    (void)xo_put_str(writer, "n", 1);
    xo_put_int(writer, 5);
    put_byte(program, XO_ATTRS_NONE);
    xo_record_end(writer, dict, start, true);
    xo_entity *object = xo_writer_new_entity(writer);
    start = xo_record_begin(writer, XO_OP_IMAGE, object);
    xo_put_varint(writer, 0);
    put_byte(program, XO_KIND_INSTANCE);
    put_byte(program, XO_ATTRS_BOTH);
    xo_put_varint(writer, 0);
    xo_put_varint(writer, dict->number);
    xo_record_end(writer, object, start, true);
    return dict->number;
}

static void
note_late(test_program *program, int number, uint64_t object, uint64_t since, uint64_t found)
{
    char key[32], text[96];
    snprintf(key, sizeof key, "late.%d", number);
    snprintf(text, sizeof text, "%llu %llu %llu", (unsigned long long)object, (unsigned long long)since,
             (unsigned long long)found);
    xo_writer_note(program->writer, key, text);
}

/* Whether the list is known at the step; 0, or since when it is not. */
static uint64_t
unknown_since(xo_reader *reader, uint64_t step, uint64_t object)
{
    xo_contents *contents = contents_at(reader, step, object);
    CHECK(contents != NULL && contents->unknown == (contents->unknown_since != 0)
          && contents->item_count == !contents->unknown);
    uint64_t since = contents == NULL ? UINT64_MAX : contents->unknown_since;
    xo_contents_free(contents);
    return since;
}

static void
an_object_is_unknown_between_its_last_comparison_and_the_change_that_was_found(void)
{
    test_program program;
    program_start(&program, "late.xrec", 0, 1);
    uint64_t first = new_list(&program, 1)->number, second = new_list(&program, 2)->number;
    for (int line = 1; line < 20; line++) {
        if (line == 9) {
            note_late(&program, 1, second, 3, 9);
            note_late(&program, 2, first, 5, 6);
        }
        program_line(&program, line, line);
    }
    note_late(&program, 3, second, 12, 20);
    xo_writer_note(program.writer, "late.4", "7 x");
    xo_writer_note(program.writer, "later.1", "1 1 20");
    xo_reader *reader = program_finish(&program);
    static const uint64_t wanted[20] = {[3] = 3, 3, 3, 3, 3, 3, 0, 0, 0, 12, 12, 12, 12, 12, 12, 12, 12};
    for (uint64_t step = 1; step < 20; step++) {
        CHECK_EQUAL(step == 5 ? 5 : 0, unknown_since(reader, step, first));
        CHECK_EQUAL(wanted[step], unknown_since(reader, step, second));
    }
    xo_reader_close(reader);
}

static void
an_object_is_unknown_with_the_dict_of_its_attributes(void)
{
    test_program program;
    program_start(&program, "late_attributes.xrec", 0, 1);
    uint64_t dict = new_object(&program);
    for (int line = 1; line < 10; line++) {
        program_line(&program, line, line);
    }
    note_late(&program, 1, dict, 4, 7);
    xo_reader *reader = program_finish(&program);
    for (uint64_t step = 1; step < 10; step++) {
        xo_contents *contents = contents_at(reader, step, dict + 1);
        bool unknown = step >= 4 && step < 7;
        CHECK(contents != NULL && contents->unknown == unknown && contents->attribute_count == !unknown);
        CHECK_EQUAL(unknown ? 4 : 0, contents == NULL ? UINT64_MAX : contents->unknown_since);
        xo_contents_free(contents);
    }
    xo_reader_close(reader);
}

static void
a_reader_of_a_growing_recording_learns_of_them(void)
{
    test_program program;
    program_start(&program, "late_live.xrec", 300, 1);
    uint64_t list = new_list(&program, 1)->number;
    for (int line = 1; line < 40; line++) {
        program_line(&program, line, line);
    }
    xo_reader *reader = open_recording(program.path);
    CHECK_EQUAL(0, unknown_since(reader, 30, list));
    note_late(&program, 1, list, 20, 40);
    program_line(&program, 40, 40);
    CHECK_OK(xo_reader_refresh(reader, NULL));
    CHECK_EQUAL(20, unknown_since(reader, 30, list));
    CHECK_EQUAL(0, unknown_since(reader, 19, list));
    CHECK_EQUAL(0, unknown_since(reader, 40, list));
    xo_reader_close(reader);
    xo_reader_close(program_finish(&program));
}

const xo_test late_changes_tests[] = {
    {"an object is unknown between its last comparison and the change that was found",
     an_object_is_unknown_between_its_last_comparison_and_the_change_that_was_found},
    {"an object is unknown with the dict of its attributes", an_object_is_unknown_with_the_dict_of_its_attributes},
    {"a reader of a growing recording learns of them", a_reader_of_a_growing_recording_learns_of_them},
    {0},
};
