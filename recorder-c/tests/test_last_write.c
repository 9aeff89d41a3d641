/* Who wrote a slot last. */
#include "model.h"
#include "program.h"

#include <stdlib.h>
#include <string.h>

static xo_value
text_key(const char *text)
{
    return (xo_value){.kind = XO_STR, .bytes = (const uint8_t *)text, .size_bytes = strlen(text)};
}

static xo_value
int_key(int64_t number)
{
    return (xo_value){.kind = XO_INT, .integer = number};
}

static xo_write
last_write(xo_reader *reader, uint64_t step, xo_slot_kind kind, uint64_t owner, xo_value key)
{
    xo_write write;
    xo_slot slot = {.kind = kind, .owner = owner, .key = key};
    CHECK_OK(xo_reader_last_write(reader, step, &slot, &write));
    return write;
}

static void
put_empty_list(test_program *program, xo_entity *list)
{
    xo_writer *writer = program->writer;
    xo_position start = xo_record_begin(writer, XO_OP_IMAGE, list);
    xo_put_varint(writer, 0);
    xo_put_tag(writer, (xo_tag)XO_KIND_LIST);
    xo_put_varint(writer, 0);
    xo_put_tag(writer, (xo_tag)XO_ATTRS_NONE);
    xo_record_end(writer, list, start, true);
}

static void
variables_tell_who_bound_them(void)
{
    test_program program;
    xo_write write;
    program_start(&program, "who.xrec", 300, 2);
    uint32_t inner = program_code(&program, "inner", 1, 0);
    for (int i = 0; i < 2000; i++) {
        program_line(&program, 1 + i % 9, i);
        if (i == 700) {
            xo_put_bind(program.writer, 1);
            xo_put_int(program.writer, 5);
        }
    }
    uint64_t before_call = program.writer->steps - 1;
    program_enter(&program, inner, 1);
    program_line(&program, 3, 9);
    program_return(&program);
    program.variables = 2;
    program_line(&program, 7, 4);
    uint64_t end = program.writer->steps - 1;
    xo_reader *reader = program_finish(&program);
    write = last_write(reader, 1900, XO_SLOT_VARIABLE, 1, text_key("v1"));
    CHECK(is_int(&write.value, 5) && write.step == 702 && write.writer == 701 && write.op == XO_OP_BIND);
    write = last_write(reader, 1900, XO_SLOT_VARIABLE, 1, text_key("v0"));
    CHECK(is_int(&write.value, 1899) && write.step == 1900 && write.writer == 1899);
    write = last_write(reader, end, XO_SLOT_VARIABLE, 1, text_key("v0"));
    CHECK(write.step == end && write.writer == (int64_t)before_call);
    xo_slot slot = {XO_SLOT_VARIABLE, 1, text_key("v1")};
    CHECK_STATUS(XO_NOT_FOUND, xo_reader_last_write(reader, 600, &slot, &write));
    slot = (xo_slot){XO_SLOT_VARIABLE, 99, text_key("v1")};
    CHECK_STATUS(XO_NOT_FOUND, xo_reader_last_write(reader, 600, &slot, &write));
    slot = (xo_slot){XO_SLOT_VARIABLE, 1, text_key("nobody")};
    CHECK_STATUS(XO_NOT_FOUND, xo_reader_last_write(reader, 600, &slot, &write));
    CHECK_STATUS(XO_NOT_FOUND, xo_reader_last_write(reader, end + 1, &slot, &write));
    xo_reader_close(reader);
}

/* Twenty items are appended; then index 3 is written once, and index 5 so often that images come in between. */
static void
indexes_tell_who_wrote_them(void)
{
    test_program program;
    program_start(&program, "indexes.xrec", 300, 2);
    xo_entity *list = xo_writer_new_entity(program.writer);
    put_empty_list(&program, list);
    for (int i = 0; i < 20; i++) {
        xo_position start = xo_record_begin(program.writer, XO_OP_LIST_APPEND, list);
        xo_put_int(program.writer, i);
        xo_record_end(program.writer, list, start, false);
        program_line(&program, 2, i);
    }
    for (int i = 0; i < 1000; i++) {
        xo_position start = xo_record_begin(program.writer, XO_OP_LIST_SET, list);
        xo_put_varint(program.writer, i == 100 ? 3 : 5);
        xo_put_int(program.writer, 1000 + i);
        xo_record_end(program.writer, list, start, false);
        program_line(&program, 4, i);
        if (i % 50 == 0) {
            start = xo_record_begin(program.writer, XO_OP_IMAGE, list);
            xo_put_varint(program.writer, 0);
            xo_put_tag(program.writer, (xo_tag)XO_KIND_LIST);
            xo_put_varint(program.writer, 20);
            for (int item = 0; item < 20; item++) {
                xo_put_int(program.writer, item == 3 && i >= 100 ? 1100 : item == 5 ? 1000 + i - (i == 100) : item);
            }
            xo_put_tag(program.writer, (xo_tag)XO_ATTRS_NONE);
            xo_record_end(program.writer, list, start, true);
        }
    }
    xo_reader *reader = program_finish(&program);
    xo_write write = last_write(reader, 1000, XO_SLOT_ITEM, 1, int_key(3));
    CHECK(is_int(&write.value, 1100) && write.step == 121 && write.writer == 120 && write.op == XO_OP_LIST_SET);
    write = last_write(reader, 1000, XO_SLOT_ITEM, 1, int_key(5));
    CHECK(is_int(&write.value, 1979) && write.step == 1000);
    write = last_write(reader, 1000, XO_SLOT_ITEM, 1, int_key(7));
    CHECK(is_int(&write.value, 7) && write.step == 8 && write.op == XO_OP_LIST_APPEND);
    xo_slot slot = {XO_SLOT_ITEM, 1, int_key(20)};
    CHECK_STATUS(XO_NOT_FOUND, xo_reader_last_write(reader, 1000, &slot, &write));
    xo_reader_close(reader);
}

/* What an item holds at a step; unbound when the object isn't known then. */
static xo_value
item_at(const test_model *model, xo_reader *reader, uint64_t step, uint64_t object, const xo_entry *like, bool keyed)
{
    xo_contents *contents;
    xo_value value = {.kind = XO_UNBOUND};
    if (xo_reader_contents(reader, step, object, &contents) != XO_OK) {
        return value;
    }
    for (size_t i = 0; i < contents->item_count; i++) {
        if (keyed ? model_equal_keys(model, &contents->items[i].key, &like->key)
                  : like->key.kind == XO_INT && (int64_t)i == like->key.integer) {
            value = contents->items[i].value;
        }
    }
    xo_contents_free(contents);
    return value;
}

/* Since the write, the slot has held what it holds; and when it held something else before, then up to the write. */
static void
check_slot(const test_model *model, xo_reader *reader, uint64_t step, uint64_t object, const xo_entry *entry,
           bool keyed)
{
    xo_value now = item_at(model, reader, step, object, entry, keyed);
    xo_write write = last_write(reader, step, XO_SLOT_ITEM, object, entry->key);
    CHECK(write.step <= step && model_same_value(&write.value, &now));
    CHECK(write.writer < (int64_t)write.step);
    for (uint64_t at = write.step; at <= step; at++) {
        xo_value then = item_at(model, reader, at, object, entry, keyed);
        CHECK(model_same_value(&now, &then));
    }
}

static void
check_object(test_model *model, xo_reader *reader, uint64_t step, size_t which_object)
{
    xo_contents *contents;
    uint64_t object = model->objects.items[which_object].number;
    if (step >= model->objects.items[which_object].death /* nothing is known of it */
        || xo_reader_contents(reader, step, object, &contents) != XO_OK) {
        return;
    }
    bool is_dict = contents->kind == XO_KIND_DICT;
    if (!contents->unknown && contents->item_count > 0 && (is_dict || contents->kind == XO_KIND_LIST)) {
        size_t which = (size_t)model_random(model, contents->item_count);
        xo_entry entry = is_dict ? contents->items[which] : (xo_entry){.key = int_key((int64_t)which)};
        check_slot(model, reader, step, object, &entry, is_dict);
    }
    xo_contents_free(contents);
}

static void
writes_of_random_programs_are_found(void)
{
    static test_model model;
    const char *path = test_path("random-writes.xrec");
    for (uint64_t seed = 1; seed <= 6; seed++) {
        model_start(&model, path, seed, 500);
        model_run(&model, 500);
        CHECK_OK(model_close_writer(&model));
        xo_reader *reader = open_recording(path);
        for (int i = 0; i < 400; i++) {
            uint64_t step = model_random(&model, model.steps.count);
            size_t object = (size_t)model_random(&model, model.objects.count);
            set_context("seed %llu, step %llu, object %llu", (unsigned long long)seed, (unsigned long long)step,
                        (unsigned long long)object);
            check_object(&model, reader, step, object);
        }
        xo_reader_close(reader);
        model_free(&model);
    }
}

/* An instance sets x in a slot of its own; then its attributes move into a dict, object 2. */
static void
attributes_that_a_dict_took_over_keep_their_writer(void)
{
    test_program program;
    program_start(&program, "attributes.xrec", 0, 1);
    xo_writer *writer = program.writer;
    xo_entity *instance = xo_writer_new_entity(writer);
    xo_entity *dict = xo_writer_new_entity(writer);
    xo_position start = xo_record_begin(writer, XO_OP_IMAGE, instance);
    xo_put_varint(writer, 0);
    xo_put_tag(writer, (xo_tag)XO_KIND_INSTANCE);
    xo_put_tag(writer, (xo_tag)XO_ATTRS_NONE);
    xo_record_end(writer, instance, start, true);
    program_line(&program, 1, 0);
    start = xo_record_begin(writer, XO_OP_ATTR_SET, instance);
    xo_put_str(writer, "x", 1);
    xo_put_int(writer, 7);
    xo_record_end(writer, instance, start, false);
    program_line(&program, 2, 0);
    start = xo_record_begin(writer, XO_OP_IMAGE, dict);
    xo_put_varint(writer, 0);
    xo_put_tag(writer, (xo_tag)XO_KIND_DICT);
    xo_put_varint(writer, 1);
    xo_put_str(writer, "x", 1);
    xo_put_int(writer, 7);
    xo_put_tag(writer, (xo_tag)XO_ATTRS_NONE);
    xo_record_end(writer, dict, start, true);
    start = xo_record_begin(writer, XO_OP_ATTR_DICT, instance);
    xo_put_varint(writer, dict->number);
    xo_record_end(writer, instance, start, false);
    program_line(&program, 3, 0);
    start = xo_record_begin(writer, XO_OP_DICT_SET, dict);
    xo_put_str(writer, "y", 1);
    xo_put_int(writer, 8);
    xo_record_end(writer, dict, start, false);
    program_line(&program, 4, 0);
    xo_reader *reader = program_finish(&program);
    xo_write write = last_write(reader, 4, XO_SLOT_ATTRIBUTE, 1, text_key("x"));
    CHECK(is_int(&write.value, 7) && write.step == 2 && write.writer == 1 && write.op == XO_OP_ATTR_SET);
    write = last_write(reader, 4, XO_SLOT_ATTRIBUTE, 1, text_key("y"));
    CHECK(is_int(&write.value, 8) && write.step == 4 && write.op == XO_OP_DICT_SET);
    xo_reader_close(reader);
}

const xo_test last_write_tests[] = {
    {"variables tell who bound them, over chunks and calls", variables_tell_who_bound_them},
    {"indexes tell who wrote them, also before images", indexes_tell_who_wrote_them},
    {"attributes that a dict took over keep their writer", attributes_that_a_dict_took_over_keep_their_writer},
    {"writes of random programs are found", writes_of_random_programs_are_found},
    {0},
};
