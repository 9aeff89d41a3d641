/* Keys are equal when Python's are. */
#include "key.h"
#include "program.h"

#include <math.h>
#include <string.h>

static xo_value
integer(int64_t number)
{
    return (xo_value){.kind = XO_INT, .integer = number};
}

static xo_value
real(double number)
{
    return (xo_value){.kind = XO_FLOAT, .real = number};
}

static xo_value
sized(xo_value_kind kind, const char *bytes, size_t size)
{
    return (xo_value){.kind = kind, .bytes = (const uint8_t *)bytes, .size_bytes = size};
}

static bool
equal(xo_value left, xo_value right)
{
    xo_reader reader = {0};
    xo_key_context context = {.reader = &reader, .budget = 100};
    uint64_t a, b;
    CHECK_OK(xo_key_hash(&context, &left, &a));
    CHECK_OK(xo_key_hash(&context, &right, &b));
    CHECK(!xo_key_equal(&left, &right) || a == b);
    return a == b && xo_key_equal(&left, &right);
}

static void
numbers_compare_by_value(void)
{
    xo_value yes = {.kind = XO_TRUE};
    xo_value complex_one = {.kind = XO_COMPLEX, .real = 1, .imaginary = -0.0};
    CHECK(equal(integer(1), real(1.0)) && equal(integer(1), yes) && equal(real(1.0), complex_one));
    CHECK(equal(real(0.0), real(-0.0)) && equal(integer(0), real(-0.0)));
    CHECK(!equal(integer(1), real(1.5)) && !equal(integer(1), integer(2)));
    CHECK(equal(real(NAN), real(NAN)));
    CHECK(!equal(real(INFINITY), real(-INFINITY)));
    CHECK(equal(integer(INT64_MIN), real(-9223372036854775808.0)));
    CHECK(!equal(integer(INT64_MAX), real(9223372036854775808.0)));
    CHECK(!equal(integer((1ll << 53) + 1), real(9007199254740992.0)));
}

static void
large_integers_compare_by_value(void)
{
    xo_value one = sized(XO_BIGINT, "\1\0\0", 3);
    xo_value minus_one = sized(XO_BIGINT, "\xff\xff", 2);
    xo_value two_64 = sized(XO_BIGINT, "\0\0\0\0\0\0\0\0\1", 9);
    xo_value two_64_padded = sized(XO_BIGINT, "\0\0\0\0\0\0\0\0\1\0\0\0", 12);
    xo_value two_64_and_1 = sized(XO_BIGINT, "\1\0\0\0\0\0\0\0\1", 9);
    xo_value minus_two_64 = sized(XO_BIGINT, "\0\0\0\0\0\0\0\0\xff", 9);
    xo_value two_63 = sized(XO_BIGINT, "\0\0\0\0\0\0\0\x80\0", 9);
    CHECK(equal(one, integer(1)) && equal(minus_one, integer(-1)) && equal(sized(XO_BIGINT, "", 0), integer(0)));
    CHECK(equal(two_64, real(18446744073709551616.0)) && equal(two_64, two_64_padded));
    CHECK(equal(minus_two_64, real(-18446744073709551616.0)) && !equal(two_64, minus_two_64));
    CHECK(equal(two_63, real(9223372036854775808.0)));
    CHECK(!equal(two_64, two_64_and_1) && !equal(two_64_and_1, real(18446744073709551616.0)));
}

static void
texts_and_bytes_differ(void)
{
    CHECK(equal(sized(XO_STR, "abc", 3), sized(XO_STR, "abc", 3)));
    CHECK(!equal(sized(XO_STR, "abc", 3), sized(XO_BYTES, "abc", 3)));
    CHECK(!equal(sized(XO_STR, "", 0), sized(XO_BYTES, "", 0)));
    CHECK(!equal((xo_value){.kind = XO_NONE}, integer(0)));
    CHECK(!equal((xo_value){.kind = XO_NONE}, (xo_value){.kind = XO_ELLIPSIS}));
}

/* Of texts inside a tuple, nothing but the hash is compared. */
static void
texts_that_differ_in_one_byte_have_other_hashes(void)
{
    char left[] = "#[a-fA-F0-9]{8}#[a-fA-F0-9]{8}", right[sizeof left];
    for (uint64_t seed = 0; seed < 64; seed++) {
        xo_reader reader = {.seed = xo_mix(seed)};
        xo_key_context context = {.reader = &reader, .budget = 100000};
        for (size_t at = 0; at < sizeof left - 1; at++) {
            for (int bit = 1; bit < 256; bit++) {
                uint64_t a, b;
                memcpy(right, left, sizeof left);
                right[at] = (char)(left[at] ^ bit);
                xo_value values[] = {sized(XO_STR, left, sizeof left - 1), sized(XO_STR, right, sizeof left - 1)};
                CHECK_OK(xo_key_hash(&context, &values[0], &a));
                CHECK_OK(xo_key_hash(&context, &values[1], &b));
                CHECK(a != b);
            }
        }
    }
}

static xo_entity *
put_entity(test_program *program, xo_kind kind, const xo_value *items, size_t count)
{
    xo_entity *entity = xo_writer_new_entity(program->writer);
    xo_position start = xo_record_begin(program->writer, XO_OP_IMAGE, entity);
    xo_put_varint(program->writer, 0);
    xo_reserve(program->writer, 1);
    xo_put_raw(program->writer, (uint8_t)kind);
    xo_put_varint(program->writer, count);
    for (size_t i = 0; i < count; i++) {
        if (items[i].kind == XO_OBJECT) {
            xo_put_object(program->writer, items[i].object);
        } else if (items[i].kind == XO_FLOAT) {
            xo_put_float(program->writer, items[i].real);
        } else {
            xo_put_int(program->writer, items[i].integer);
        }
    }
    xo_reserve(program->writer, 1);
    xo_put_raw(program->writer, XO_ATTRS_NONE);
    xo_record_end(program->writer, entity, start, true);
    return entity;
}

static uint64_t
put_tuple(test_program *program, xo_kind kind, const xo_value *items, size_t count)
{
    return put_entity(program, kind, items, count)->number;
}

static xo_value
object(uint64_t number)
{
    return (xo_value){.kind = XO_OBJECT, .object = number};
}

/* Sets keys one by one and says how many there are in the end. */
static size_t
count_distinct(const char *name, uint64_t (*put)(test_program *, int), int keys)
{
    test_program program;
    uint64_t numbers[16];
    program_start(&program, name, 512, 1);
    for (int i = 0; i < keys; i++) {
        numbers[i] = put(&program, i);
    }
    xo_entity *set = xo_writer_new_entity(program.writer);
    xo_position start = xo_record_begin(program.writer, XO_OP_IMAGE, set);
    xo_put_varint(program.writer, 0);
    xo_reserve(program.writer, 1);
    xo_put_raw(program.writer, XO_KIND_SET);
    xo_put_varint(program.writer, 0);
    xo_reserve(program.writer, 1);
    xo_put_raw(program.writer, XO_ATTRS_NONE);
    xo_record_end(program.writer, set, start, true);
    for (int i = 0; i < keys; i++) {
        start = xo_record_begin(program.writer, XO_OP_SET_ADD, set);
        xo_put_object(program.writer, numbers[i]);
        xo_record_end(program.writer, set, start, false);
        program_line(&program, 1, i);
    }
    uint64_t last = program.writer->steps - 1;
    uint64_t number = set->number;
    xo_reader *reader = program_finish(&program);
    xo_contents *contents = contents_at(reader, last, number);
    size_t count = contents->item_count;
    xo_contents_free(contents);
    xo_reader_close(reader);
    return count;
}

static uint64_t
put_some_tuple(test_program *program, int which)
{
    xo_value one_two[] = {integer(1), integer(2)};
    xo_value float_two[] = {real(1.0), integer(2)};
    xo_value two_one[] = {integer(2), integer(1)};
    switch (which) {
    case 0: return put_tuple(program, XO_KIND_TUPLE, one_two, 2);
    case 1: return put_tuple(program, XO_KIND_TUPLE, float_two, 2);
    case 2: return put_tuple(program, XO_KIND_TUPLE, two_one, 2);
    case 3: return put_tuple(program, XO_KIND_FROZENSET, one_two, 2);
    case 4: return put_tuple(program, XO_KIND_FROZENSET, two_one, 2);
    default: return put_tuple(program, XO_KIND_LIST, one_two, 2);
    }
}

static void
tuples_and_frozensets_compare_by_contents(void)
{
    /* (1, 2) == (1.0, 2); (2, 1); frozenset({1, 2}) twice; two lists, which are what they are */
    CHECK_EQUAL(5, count_distinct("tuples.xrec", put_some_tuple, 7));
}

static uint64_t
put_nested(test_program *program, int which)
{
    xo_value inner = object(put_some_tuple(program, which % 2));
    xo_value items[] = {inner, integer(which / 4)};
    return put_tuple(program, XO_KIND_TUPLE, items, 2);
}

static void
nested_tuples_compare_by_contents(void)
{
    CHECK_EQUAL(2, count_distinct("nested.xrec", put_nested, 8));
}

/* t = (t, t) again and again: a tree of 2**40 leaves, were it walked. */
static uint64_t
put_doubling(test_program *program, int which)
{
    xo_value items[2] = {integer(which), integer(which)};
    uint64_t number = put_tuple(program, XO_KIND_TUPLE, items, 2);
    for (int i = 0; i < 40; i++) {
        items[0] = items[1] = object(number);
        number = put_tuple(program, XO_KIND_TUPLE, items, 2);
    }
    return number;
}

static void
deep_sharing_ends(void)
{
    test_program program;
    xo_contents *contents;
    program_start(&program, "doubling.xrec", 0, 1);
    uint64_t key = put_doubling(&program, 0);
    xo_value items[] = {object(key)};
    uint64_t set = put_tuple(&program, XO_KIND_SET, items, 1);
    program_line(&program, 1, 1);
    xo_reader *reader = program_finish(&program);
    CHECK_OK(xo_reader_contents(reader, 1, set, &contents));
    CHECK_EQUAL(1, contents->item_count);
    xo_contents_free(contents);
    xo_reader_close(reader);
    CHECK(count_distinct("doubling2.xrec", put_doubling, 3) == 3);
}

/* `set.add((1, 2))` or `set.discard((1, 2))`: the tuple is gone afterwards. */
static void
name_in_passing(test_program *program, xo_entity *set, xo_op op)
{
    xo_value one_two[] = {integer(1), integer(2)};
    xo_entity *key = put_entity(program, XO_KIND_TUPLE, one_two, 2);
    xo_position start = xo_record_begin(program->writer, op, set);
    xo_put_object(program->writer, key->number);
    xo_record_end(program->writer, set, start, false);
    xo_writer_end_entity(program->writer, key);
}

/* Lines of some chunks. */
static void
go_on(test_program *program)
{
    for (int i = 0; i < 500; i++) {
        program_line(program, 1 + i % 90, i);
    }
}

/* The set of one tuple is asked about at steps in other chunks than those in which an equal one was named. */
static void
keys_that_are_gone_compare_by_contents(void)
{
    test_program program;
    xo_write write;
    program_start(&program, "gone.xrec", 300, 1);
    xo_value one_two[] = {integer(1), integer(2)};
    xo_value first = object(put_tuple(&program, XO_KIND_TUPLE, one_two, 2));
    xo_entity *set = put_entity(&program, XO_KIND_SET, &first, 1);
    go_on(&program);
    name_in_passing(&program, set, XO_OP_SET_ADD);
    go_on(&program);
    uint64_t added = program.writer->steps - 1;
    name_in_passing(&program, set, XO_OP_SET_DISCARD);
    uint64_t discarded = program.writer->steps;
    go_on(&program);
    uint64_t last = program.writer->steps - 1, number = set->number;
    xo_reader *reader = program_finish(&program);
    xo_contents *contents = contents_at(reader, added, number);
    CHECK_EQUAL(1, contents->item_count);
    xo_contents_free(contents);
    xo_reader_close(reader);

    reader = open_recording(program.path); /* what was asked before is forgotten */
    contents = contents_at(reader, last, number);
    CHECK_EQUAL(0, contents->item_count);
    xo_contents_free(contents);
    xo_reader_close(reader);

    reader = open_recording(program.path);
    xo_slot slot = {XO_SLOT_ITEM, number, first};
    CHECK_OK(xo_reader_last_write(reader, last, &slot, &write));
    CHECK_EQUAL(discarded, write.step);
    CHECK_EQUAL(XO_OP_SET_DISCARD, write.op);
    xo_reader_close(reader);
}

const xo_test keys_tests[] = {
    {"keys that are gone compare by contents", keys_that_are_gone_compare_by_contents},
    {"numbers compare by value, whatever their type", numbers_compare_by_value},
    {"integers of any size compare by value", large_integers_compare_by_value},
    {"texts, bytes and None differ", texts_and_bytes_differ},
    {"texts that differ in one byte have other hashes", texts_that_differ_in_one_byte_have_other_hashes},
    {"tuples and frozensets compare by contents, others by number", tuples_and_frozensets_compare_by_contents},
    {"nested tuples compare by contents", nested_tuples_compare_by_contents},
    {"tuples that share deeply don't hang", deep_sharing_ends},
    {0},
};
