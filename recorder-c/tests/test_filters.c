/* Filters of slots: with them, who wrote a slot is found as without them, and other chunks aren't looked at. */
#include "compare_writes.h"

#include "execorder/tools.h"
#include "slot_filter.h"
#include "slot_hash.h"
#include "summary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How many chunks and groups of chunks have a filter. */
static void
count_filters(xo_reader *reader, size_t *chunks, size_t *groups)
{
    *chunks = *groups = 0;
    for (uint64_t chunk = 0; chunk < reader->chunks.count; chunk++) {
        xo_summary_end end;
        *chunks += xo_summary_end_load(reader, chunk, &end) == XO_OK && end.slots_bytes > 0;
    }
    for (uint64_t group = 0; group < reader->blocks[0].count; group++) {
        const xo_index_block *block;
        *groups += xo_index_block_load(reader, 1, group, &block) == XO_OK && block->slots_bytes > 0;
    }
}

static void
no_problems(const char *path)
{
    xo_check_report report;
    CHECK_OK(xo_check(path, NULL, NULL, &report));
    CHECK_EQUAL(0, report.problems);
}

static void
compare_recording(changing *run, const char *path, int questions)
{
    xo_reader *filtered = open_recording(path);
    xo_reader *plain = open_plainly(path);
    size_t chunks, groups;
    xo_info info;
    xo_reader_info(filtered, &info);
    count_filters(filtered, &chunks, &groups);
    CHECK(chunks > filtered->chunks.count / 2 && groups == filtered->blocks[0].count && groups > 0);
    for (int i = 0; i < questions; i++) {
        compare_all_slots(run, filtered, plain, i == 0 ? info.steps - 1 : changing_dice(run, info.steps));
    }
    xo_reader_close(plain);
    xo_reader_close(filtered);
    no_problems(path);
}

static void
writes_are_found_as_without_filters(void)
{
    static changing run;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        changing_start(&run, "changing.xrec", seed);
        changing_run(&run, 14000);
        CHECK_OK(xo_writer_close(run.program.writer));
        set_context("seed %llu", (unsigned long long)seed);
        compare_recording(&run, run.program.path_room, 40);
    }
}

static void
copies_have_filters_of_their_own(void)
{
    static changing run;
    char copy[600];
    changing_start(&run, "changing.xrec", 9);
    changing_run(&run, 20000);
    CHECK_OK(xo_writer_close(run.program.writer));
    snprintf(copy, sizeof copy, "%s", test_path("copy.xrec"));
    CHECK_OK(xo_compact(run.program.path_room, copy, NULL));
    compare_recording(&run, copy, 15);
    CHECK_OK(xo_trim(run.program.path_room, copy, 2000, 19000, NULL));
    compare_recording(&run, copy, 15);
}

static void
writes_of_random_programs_are_found_as_without_filters(void)
{
    static test_model model;
    const char *path = test_path("random-filters.xrec");
    for (uint64_t seed = 1; seed <= 4; seed++) {
        model_compress_from = 1;
        model_start(&model, path, seed, 900);
        model_run(&model, 3000);
        CHECK_OK(model_close_writer(&model));
        model_compress_from = 0;
        xo_reader *filtered = open_recording(path);
        xo_reader *plain = open_plainly(path);
        for (int i = 0; i < 500; i++) {
            uint64_t step = model_random(&model, model.steps.count);
            uint64_t owner = model.objects.items[model_random(&model, model.objects.count)].number;
            bool is_attribute = model_random(&model, 4) == 0;
            xo_value key = is_attribute ? model_random_name(&model) : model_random_key(&model);
            xo_slot slot = {is_attribute ? XO_SLOT_ATTRIBUTE : XO_SLOT_ITEM, owner, key};
            slot.key = model_random(&model, 4) == 0 ? int_key((int64_t)model_random(&model, 20)) : slot.key;
            set_context("seed %llu, question %d", (unsigned long long)seed, i);
            compare_writes(filtered, plain, step, &slot);
            const model_frame *frame = &model.frames.items[model_random(&model, model.frames.count)];
            char name[16];
            snprintf(name, sizeof name, "v%d", (int)model_random(&model, 6));
            slot = (xo_slot){XO_SLOT_VARIABLE, frame->number, text_key(name)};
            compare_writes(filtered, plain, step, &slot);
        }
        xo_reader_close(plain);
        xo_reader_close(filtered);
        no_problems(path);
        model_free(&model);
    }
}

/* ---- what filters are for ---- */

/* Writes index, key or attribute 2. */
static void
write_second(changing *run, int which, int64_t value)
{
    xo_writer *writer = run->program.writer;
    xo_entity *entities[] = {run->list, run->dict, run->instance};
    static const xo_op ops[] = {XO_OP_LIST_SET, XO_OP_DICT_SET, XO_OP_ATTR_SET};
    xo_position start = xo_record_begin(writer, ops[which], entities[which]);
    if (which == 0) {
        xo_put_varint(writer, 2);
    } else if (which == 1) {
        xo_put_int(writer, 2);
    } else {
        changing_put_name(writer, 2);
    }
    xo_put_int(writer, value);
    xo_record_end(writer, entities[which], start, false);
    run->has_key[2] = run->has_attribute[2] = true;
    run->items[2] = which == 0 ? value : run->items[2];
    run->mapped[2] = which == 1 ? value : run->mapped[2];
    run->attributes[2] = which == 2 ? value : run->attributes[2];
    if (xo_image_is_due(entities[which])) {
        changing_repeat_image(run, entities[which]);
    }
}

/* Variable 1, key 1, attribute 1 and index 1 are written once, at the start. */
static void
play_quietly(changing *run, const char *name)
{
    changing_start(run, name, 5);
    program_refresh(&run->program);
    xo_put_bind(run->program.writer, 1);
    xo_put_int(run->program.writer, 77);
    run->has_key[1] = run->has_attribute[1] = true;
    changing_put_image(run, run->dict);
    changing_put_image(run, run->instance);
    for (int i = 0; i < 20000; i++) {
        write_second(run, i % 3, i);
        program_line(&run->program, 1 + i % 99, i);
    }
    CHECK_OK(xo_writer_close(run->program.writer));
}

/* So that nothing can be read of the chunk's records. */
static void
damage_records(uint8_t *bytes, const xo_log_chunk *chunk)
{
    bytes[chunk->offset + XO_CHUNK_HEADER_BYTES + chunk->header.table_bytes + 5] ^= 0xff;
}

static void
chunks_that_do_not_write_the_slot_are_not_read(void)
{
    static changing run;
    size_t size, damaged = 0;
    play_quietly(&run, "quiet.xrec");
    const char *path = run.program.path_room;
    uint8_t *bytes = read_whole_file(path, &size);
    xo_reader *reader = open_recording(path);
    uint64_t end_step = reader->steps - 1;
    for (uint64_t chunk = 1; chunk + 4 < reader->chunks.count; chunk++) {
        xo_log_chunk *loaded;
        CHECK_OK(xo_chunk_load(reader, chunk, &loaded));
        if (chunk % 50 != 0) {
            damage_records(bytes, loaded);
            damaged++;
        }
    }
    CHECK(damaged > 100);
    xo_reader_close(reader);
    write_whole_file(path, bytes, size);
    reader = open_recording(path);
    const xo_slot slots[] = {
        {XO_SLOT_VARIABLE, 1, text_key("v1")},
        {XO_SLOT_ITEM, CHANGING_LIST, int_key(1)},
        {XO_SLOT_ITEM, CHANGING_DICT, int_key(1)},
        {XO_SLOT_ATTRIBUTE, CHANGING_INSTANCE, text_key(changing_name(1))},
    };
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) {
        xo_write write;
        set_context("slot %zu", i);
        CHECK_OK(xo_reader_last_write(reader, end_step, &slots[i], &write));
        CHECK_EQUAL(1, write.step);
    }
    xo_reader_close(reader);
    reader = open_plainly(path);
    xo_write write;
    CHECK_STATUS(XO_CORRUPT, xo_reader_last_write(reader, end_step, &slots[2], &write));
    xo_reader_close(reader);
    free(bytes);
}

/* Variable 1 is bound once in a while, and each time all variables are put once more in the same chunk. */
static void
what_was_bound_before_variables_changed_from_outside_is_kept(void)
{
    static changing run;
    const char *path = run.program.path_room;
    const xo_slot slot = {XO_SLOT_VARIABLE, 1, text_key("v1")};
    changing_start(&run, "outdated.xrec", 6);
    xo_writer *writer = run.program.writer;
    uint64_t newest = 0;
    for (int i = 0; i < 3000; i++) {
        if (i % 700 == 300) {
            program_refresh(&run.program);
            xo_put_bind(writer, 1);
            xo_put_int(writer, i);
            newest = writer->steps;
            xo_frame_outdate(writer, &writer->thread->frames[writer->thread->depth - 1]);
        }
        program_line(&run.program, 1 + i % 99, i);
    }
    uint64_t end_step = writer->steps - 1;
    CHECK_OK(xo_writer_close(writer));
    no_problems(path);
    xo_reader *filtered = open_recording(path);
    xo_write write;
    CHECK_OK(xo_reader_last_write(filtered, end_step, &slot, &write));
    CHECK_EQUAL(newest, write.step);
    xo_reader_close(filtered);
}

static void
a_filter_denies_nothing_that_it_holds(void)
{
    enum { COUNT = 5000 };
    static uint8_t filter[COUNT * 2];
    size_t bytes = xo_slot_filter_bytes(COUNT, SIZE_MAX), claimed = 0;
    CHECK(bytes <= sizeof filter);
    for (uint64_t i = 0; i < COUNT; i++) {
        xo_slot_filter_add(filter, bytes, xo_slot_hash(XO_SPACE_ITEM, 1, i));
    }
    for (uint64_t i = 0; i < COUNT; i++) {
        CHECK(xo_slot_filter_may_have(filter, bytes, xo_slot_hash(XO_SPACE_ITEM, 1, i)));
        claimed += xo_slot_filter_may_have(filter, bytes, xo_slot_hash(XO_SPACE_ITEM, 2, i));
    }
    CHECK(claimed < COUNT / 100);
}

const xo_test filters_tests[] = {
    {"a filter denies nothing that it holds", a_filter_denies_nothing_that_it_holds},
    {"writes are found as without filters", writes_are_found_as_without_filters},
    {"writes of random programs are found as without filters", writes_of_random_programs_are_found_as_without_filters},
    {"chunks that don't write the slot aren't read", chunks_that_do_not_write_the_slot_are_not_read},
    {"what was bound before variables changed from outside is kept",
     what_was_bound_before_variables_changed_from_outside_is_kept},
    {"copies have filters of their own", copies_have_filters_of_their_own},
    {0},
};
