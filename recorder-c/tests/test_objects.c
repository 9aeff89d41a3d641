/* Every kind of object and every change to it. */
#include "program.h"

#include <stdlib.h>
#include <string.h>

static xo_position
begin(test_program *program, xo_op op, xo_entity *entity)
{
    return xo_record_begin(program->writer, op, entity);
}

static void
begin_image(test_program *program, xo_entity *entity, uint64_t class_object, xo_kind kind, xo_position *start)
{
    *start = begin(program, XO_OP_IMAGE, entity);
    xo_put_varint(program->writer, class_object);
    xo_reserve(program->writer, 1);
    xo_put_raw(program->writer, (uint8_t)kind);
}

static void
end_image(test_program *program, xo_entity *entity, xo_position start)
{
    xo_reserve(program->writer, 1);
    xo_put_raw(program->writer, XO_ATTRS_NONE);
    xo_record_end(program->writer, entity, start, true);
}

static xo_entity *
new_container(test_program *program, xo_kind kind)
{
    xo_entity *entity = xo_writer_new_entity(program->writer);
    xo_position start;
    begin_image(program, entity, 0, kind, &start);
    if (kind != XO_KIND_INSTANCE) {
        xo_put_varint(program->writer, 0);
    }
    end_image(program, entity, start);
    return entity;
}

static void
classes_and_opaque_objects_round_trip(void)
{
    test_program program;
    xo_position start;
    program_start(&program, "classes.xrec", 0, 1);
    xo_entity *class_object = xo_writer_new_entity(program.writer);
    begin_image(&program, class_object, 9, XO_KIND_CLASS, &start);
    xo_put_str(program.writer, "Outer.Inner", 11);
    xo_put_str(program.writer, "module", 6);
    xo_put_varint(program.writer, 2);
    xo_put_varint(program.writer, 41);
    xo_put_varint(program.writer, 42);
    xo_put_varint(program.writer, program.file);
    xo_put_varint(program.writer, xo_zigzag(17));
    end_image(&program, class_object, start);
    xo_entity *function = xo_writer_new_entity(program.writer);
    begin_image(&program, function, 10, XO_KIND_OPAQUE, &start);
    xo_put_tag(program.writer, XO_TAG_UNBOUND);
    xo_put_tag(program.writer, XO_TAG_NONE);
    xo_put_varint(program.writer, 0);
    xo_put_varint(program.writer, xo_zigzag(-3));
    end_image(&program, function, start);
    program_line(&program, 1, 1);
    xo_reader *reader = program_finish(&program);
    xo_contents *contents = contents_at(reader, 1, 1);
    CHECK(contents->kind == XO_KIND_CLASS && contents->class_object == 9);
    CHECK(is_text(&contents->name, "Outer.Inner") && is_text(&contents->module, "module"));
    CHECK(contents->base_count == 2 && contents->bases[1] == 42);
    CHECK(contents->file == 1 && contents->line == 17);
    xo_contents_free(contents);
    contents = contents_at(reader, 1, 2);
    CHECK(contents->kind == XO_KIND_OPAQUE && contents->name.kind == XO_UNBOUND);
    CHECK(contents->module.kind == XO_NONE && contents->line == -3);
    xo_contents_free(contents);
    xo_contents *early;
    CHECK_STATUS(XO_NOT_FOUND, xo_reader_contents(reader, 0, 1, &early));
    CHECK_STATUS(XO_NOT_FOUND, xo_reader_contents(reader, 1, 3, &early));
    CHECK_STATUS(XO_NOT_FOUND, xo_reader_contents(reader, 1, 0, &early));
    xo_reader_close(reader);
}

static void
put_name(test_program *program, const char *name)
{
    xo_put_str(program->writer, name, strlen(name));
}

static void
slots_and_a_dict_are_shown_together(void)
{
    test_program program;
    program_start(&program, "attributes.xrec", 0, 1);
    xo_entity *dict = new_container(&program, XO_KIND_DICT);
    xo_position start = begin(&program, XO_OP_DICT_SET, dict);
    put_name(&program, "in_dict");
    xo_put_int(program.writer, 2);
    xo_record_end(program.writer, dict, start, false);
    start = begin(&program, XO_OP_DICT_SET, dict);
    xo_put_int(program.writer, 5);
    xo_put_int(program.writer, 3);
    xo_record_end(program.writer, dict, start, false);
    xo_entity *instance = xo_writer_new_entity(program.writer);
    begin_image(&program, instance, 4, XO_KIND_INSTANCE, &start);
    xo_reserve(program.writer, 1);
    xo_put_raw(program.writer, XO_ATTRS_BOTH);
    xo_put_varint(program.writer, 1);
    put_name(&program, "in_slot");
    xo_put_int(program.writer, 1);
    xo_put_varint(program.writer, dict->number);
    xo_record_end(program.writer, instance, start, true);
    program_line(&program, 1, 1);
    start = begin(&program, XO_OP_ATTR_SET, instance);
    put_name(&program, "in_slot");
    xo_put_int(program.writer, 7);
    xo_record_end(program.writer, instance, start, false);
    program_line(&program, 2, 1);
    xo_reader *reader = program_finish(&program);
    xo_contents *contents = contents_at(reader, 1, 2);
    CHECK_EQUAL(2, contents->attribute_count);
    CHECK(contents->attribute_dict == 1 && is_text(&contents->attributes[0].key, "in_slot"));
    CHECK(is_int(&contents->attributes[0].value, 1) && is_int(&contents->attributes[1].value, 2));
    xo_contents_free(contents);
    contents = contents_at(reader, 2, 2);
    CHECK(is_int(&contents->attributes[0].value, 7));
    xo_contents_free(contents);
    xo_reader_close(reader);
}

static void
unknown_contents_stay_so_until_an_image(void)
{
    test_program program;
    program_start(&program, "unknown.xrec", 0, 1);
    xo_entity *list = new_container(&program, XO_KIND_LIST);
    xo_position start = begin(&program, XO_OP_UNKNOWN, list);
    xo_record_end(program.writer, list, start, false);
    start = begin(&program, XO_OP_LIST_SET, list);
    xo_put_varint(program.writer, 100);
    xo_put_int(program.writer, 1);
    xo_record_end(program.writer, list, start, false);
    program_line(&program, 1, 1);
    begin_image(&program, list, 0, XO_KIND_LIST, &start);
    xo_put_varint(program.writer, 1);
    xo_put_int(program.writer, 8);
    end_image(&program, list, start);
    program_line(&program, 2, 1);
    xo_reader *reader = program_finish(&program);
    xo_contents *contents = contents_at(reader, 1, 1);
    CHECK(contents->unknown && contents->item_count == 0);
    xo_contents_free(contents);
    contents = contents_at(reader, 2, 1);
    CHECK(!contents->unknown && contents->item_count == 1 && is_int(&contents->items[0].value, 8));
    xo_contents_free(contents);
    xo_reader_close(reader);
}

/* A change that can't be: an index behind the end, or an operation of another kind. */
static void
impossible_changes_are_damage(void)
{
    for (int which = 0; which < 3; which++) {
        test_program program;
        xo_contents *contents;
        program_start(&program, "impossible.xrec", 0, 1);
        xo_entity *list = new_container(&program, XO_KIND_LIST);
        xo_position start = begin(&program, which == 2 ? XO_OP_DICT_DELETE : XO_OP_LIST_SPLICE, list);
        xo_put_varint(program.writer, which == 0 ? 1 : 0);
        if (which < 2) {
            xo_put_varint(program.writer, which == 1 ? 1 : 0);
            xo_put_varint(program.writer, 0);
        }
        xo_record_end(program.writer, list, start, false);
        program_line(&program, 1, 1);
        xo_reader *reader = program_finish(&program);
        CHECK_STATUS(XO_CORRUPT, xo_reader_contents(reader, 1, 1, &contents));
        CHECK(contents == NULL);
        xo_reader_close(reader);
    }
}

static void
cells_are_looked_into(void)
{
    test_program program;
    xo_position start;
    program_start(&program, "cells.xrec", 64, 2);
    xo_entity *cell = xo_writer_new_entity(program.writer);
    begin_image(&program, cell, 0, XO_KIND_CELL, &start);
    xo_put_int(program.writer, 1);
    end_image(&program, cell, start);
    for (int i = 0; i < 30; i++) {
        program_refresh(&program);
        xo_put_bind(program.writer, 1);
        xo_put_object(program.writer, cell->number);
        start = begin(&program, XO_OP_CELL_SET, cell);
        xo_put_int(program.writer, 100 + i);
        xo_record_end(program.writer, cell, start, false);
        program_line(&program, 1, i);
    }
    xo_reader *reader = program_finish(&program);
    for (int i = 0; i < 30; i++) {
        xo_value value = variable_at(reader, (uint64_t)i + 1, 1);
        CHECK(is_int(&value, 100 + i));
    }
    xo_reader_close(reader);
}

/* Appends with a new image whenever one is due: what is replayed stays bounded. */
static void
milestones_bound_the_replay(void)
{
    test_program program;
    program_start(&program, "milestones.xrec", 4096, 1);
    xo_entity *list = new_container(&program, XO_KIND_LIST);
    uint64_t images = 0;
    for (int i = 0; i < 5000; i++) {
        bool due = xo_image_is_due(list);
        xo_position start;
        if (due) {
            begin_image(&program, list, 0, XO_KIND_LIST, &start);
            xo_put_varint(program.writer, (uint64_t)i + 1);
            for (int item = 0; item <= i; item++) {
                xo_put_int(program.writer, item);
            }
            end_image(&program, list, start);
            images++;
        } else {
            start = begin(&program, XO_OP_LIST_APPEND, list);
            xo_put_int(program.writer, i);
            xo_record_end(program.writer, list, start, false);
        }
        CHECK(list->change_bytes <= 2u * (uint64_t)list->image_bytes + 256 + 40);
        program_line(&program, 1, i);
    }
    CHECK(images > 3 && images < 50);
    xo_reader *reader = program_finish(&program);
    for (int i = 0; i < 5000; i += 501) {
        xo_contents *contents = contents_at(reader, (uint64_t)i + 1, 1);
        CHECK_EQUAL(i + 1, contents->item_count);
        CHECK(is_int(&contents->items[i].value, i));
        xo_contents_free(contents);
    }
    xo_reader_close(reader);
}

/* Changes in the middle of a large list, turned round now and then: what a plain array would take minutes for. */
static void
large_lists_change_in_the_middle(void)
{
    enum { ITEMS = 200000, CHANGES = 100000 };
    test_program program;
    xo_position start;
    program_start(&program, "middle.xrec", 0, 1);
    xo_entity *list = xo_writer_new_entity(program.writer);
    begin_image(&program, list, 0, XO_KIND_LIST, &start);
    xo_put_varint(program.writer, ITEMS);
    for (int i = 0; i < ITEMS; i++) {
        xo_put_int(program.writer, i);
    }
    end_image(&program, list, start);
    for (int i = 0; i < CHANGES; i++) {
        bool turn = i % 10 == 9;
        start = begin(&program, turn ? XO_OP_LIST_REVERSE : XO_OP_LIST_SPLICE, list);
        if (!turn) {
            xo_put_varint(program.writer, ITEMS / 2);
            xo_put_varint(program.writer, i % 2);
            xo_put_varint(program.writer, 1);
            xo_put_int(program.writer, -i);
        }
        xo_record_end(program.writer, list, start, false);
    }
    program_line(&program, 1, 1);
    xo_reader *reader = program_finish(&program);
    xo_contents *contents = contents_at(reader, 1, 1);
    CHECK_EQUAL(ITEMS + CHANGES / 2, contents->item_count);
    CHECK(is_int(&contents->items[0].value, 0) && is_int(&contents->items[contents->item_count - 1].value, ITEMS - 1));
    xo_contents_free(contents);
    xo_reader_close(reader);
}

/* A text of a megabyte that is set as a key again and again, by reference. */
static void
long_texts_are_cheap_keys(void)
{
    enum { SIZE = 1 << 20, TIMES = 100000 };
    test_program program;
    char *text = malloc(SIZE);
    memset(text, 'k', SIZE);
    program_start(&program, "longkeys.xrec", 0, 1);
    xo_entity *dict = new_container(&program, XO_KIND_DICT);
    xo_position first = 0;
    for (int i = 0; i < TIMES; i++) {
        xo_position start = begin(&program, XO_OP_DICT_SET, dict);
        if (i % (TIMES / 2) == 0) {
            text[SIZE - 1] = (char)('a' + i % 7);
            first = xo_put_str(program.writer, text, SIZE);
        } else {
            xo_put_text_ref(program.writer, XO_TAG_STR_REF, first);
        }
        xo_put_int(program.writer, i);
        xo_record_end(program.writer, dict, start, false);
    }
    program_line(&program, 1, 1);
    xo_reader *reader = program_finish(&program);
    xo_contents *contents = contents_at(reader, 1, 1);
    CHECK_EQUAL(2, contents->item_count);
    CHECK(is_int(&contents->items[1].value, TIMES - 1));
    xo_contents_free(contents);
    xo_reader_close(reader);
    free(text);
}

static void
history_tells_changes_newest_first(void)
{
    test_program program;
    program_start(&program, "history.xrec", 64, 1);
    xo_entity *dict = new_container(&program, XO_KIND_DICT);
    program_line(&program, 1, 0);
    for (int i = 0; i < 40; i++) {
        xo_position start = begin(&program, XO_OP_DICT_SET, dict);
        xo_put_int(program.writer, i % 3);
        xo_put_int(program.writer, i);
        xo_record_end(program.writer, dict, start, false);
        program_line(&program, 1, i);
    }
    xo_reader *reader = program_finish(&program);
    xo_change *changes;
    size_t count;
    CHECK_OK(xo_reader_history(reader, 21, 1, 100, &changes, &count));
    CHECK_EQUAL(21, count);
    for (size_t i = 0; i < 20; i++) {
        CHECK_EQUAL(21 - i, changes[i].step);
        CHECK(changes[i].op == XO_OP_DICT_SET && !changes[i].is_image);
        CHECK(is_int(&changes[i].value, 19 - (int64_t)i) && is_int(&changes[i].key, (19 - (int64_t)i) % 3));
    }
    CHECK(changes[20].is_image && changes[20].step == 1);
    free(changes);
    CHECK_OK(xo_reader_history(reader, 21, 1, 3, &changes, &count));
    CHECK_EQUAL(3, count);
    free(changes);
    CHECK_STATUS(XO_NOT_FOUND, xo_reader_history(reader, 0, 1, 3, &changes, &count));
    xo_reader_close(reader);
}

const xo_test objects_tests[] = {
    {"classes and opaque objects round trip", classes_and_opaque_objects_round_trip},
    {"attributes in slots and in a dict are shown together", slots_and_a_dict_are_shown_together},
    {"unknown contents stay unknown until an image", unknown_contents_stay_so_until_an_image},
    {"changes that can't be are damage", impossible_changes_are_damage},
    {"a variable in a cell shows what the cell holds", cells_are_looked_into},
    {"milestones bound what is replayed", milestones_bound_the_replay},
    {"large lists change in the middle without much ado", large_lists_change_in_the_middle},
    {"long texts are cheap keys", long_texts_are_cheap_keys},
    {"the history of an object tells its changes, newest first", history_tells_changes_newest_first},
    {0},
};
