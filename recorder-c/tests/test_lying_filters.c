/* Filters in a stranger's recording: nothing that they say, or that is said where they are made, does harm. */
#include "compare_writes.h"

#include "execorder/tools.h"
#include "summary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEYS = CHANGING_KEYS };

typedef enum { DENY_ALL, CLAIM_ALL, RANDOM, WRONG_SIZE } lie;

static void
forge(changing *run, uint8_t *at, size_t bytes, lie how)
{
    for (size_t i = 0; i < bytes; i++) {
        at[i] = how == DENY_ALL ? 0 : how == CLAIM_ALL ? 0xff : (uint8_t)changing_dice(run, 256);
    }
    if (how == WRONG_SIZE) {
        xo_store_u32(at + bytes, changing_dice(run, 3) == 0 ? UINT32_MAX : (uint32_t)changing_dice(run, 2 * bytes + 2));
    }
}

static void
forge_all(changing *run, const char *path, uint8_t *bytes, lie how)
{
    xo_reader *reader = open_recording(path);
    for (uint64_t chunk = 0; chunk < reader->chunks.count; chunk++) {
        xo_summary_end end;
        CHECK_OK(xo_summary_end_load(reader, chunk, &end));
        const xo_log_chunk *loaded = &reader->chunks.items[chunk];
        size_t from_end = (size_t)(loaded->summary + loaded->header.summary_bytes - end.objects) + 4 + end.slots_bytes;
        forge(run, bytes + loaded->offset + XO_CHUNK_HEADER_BYTES + loaded->header.stored_bytes - from_end,
              end.slots_bytes, how);
    }
    for (uint64_t group = 0; group < reader->blocks[0].count; group++) {
        const xo_index_block *block;
        CHECK_OK(xo_index_block_load(reader, 1, group, &block));
        forge(run, bytes + block->offset + XO_CHUNK_HEADER_BYTES + block->table_bytes, block->slots_bytes, how);
    }
    xo_reader_close(reader);
}

static void
ask_a_forged_recording(changing *run, xo_reader *forged)
{
    for (int i = 0; i < 40; i++) {
        xo_write write;
        uint64_t owner = 1 + changing_dice(run, 4);
        xo_slot slot = {XO_SLOT_ITEM, owner, int_key((int64_t)changing_dice(run, KEYS))};
        (void)xo_reader_last_write(forged, changing_dice(run, forged->steps), &slot, &write);
        slot = (xo_slot){XO_SLOT_ATTRIBUTE, CHANGING_INSTANCE, text_key(changing_name(changing_dice(run, KEYS)))};
        (void)xo_reader_last_write(forged, changing_dice(run, forged->steps), &slot, &write);
        slot = (xo_slot){XO_SLOT_VARIABLE, 1, text_key("v1")};
        (void)xo_reader_last_write(forged, changing_dice(run, forged->steps), &slot, &write);
    }
}

static void
filters_that_lie_do_no_harm(void)
{
    static changing run;
    size_t size;
    char original[600];
    changing_start(&run, "honest.xrec", 3);
    changing_run(&run, 9000);
    CHECK_OK(xo_writer_close(run.program.writer));
    snprintf(original, sizeof original, "%s", run.program.path_room);
    uint8_t *bytes = read_whole_file(original, &size);
    uint8_t *forged_bytes = malloc(size);
    const char *path = test_path("lying.xrec");
    for (int how = DENY_ALL; how <= WRONG_SIZE; how++) {
        xo_check_report report;
        set_context("lie %d", how);
        memcpy(forged_bytes, bytes, size);
        forge_all(&run, original, forged_bytes, (lie)how);
        repair_checksums(forged_bytes, size);
        write_whole_file(path, forged_bytes, size);
        xo_reader *forged = open_recording(path);
        ask_a_forged_recording(&run, forged);
        if (how == CLAIM_ALL) {
            xo_reader *plain = open_plainly(path);
            compare_all_slots(&run, forged, plain, forged->steps - 1);
            xo_reader_close(plain);
        }
        xo_reader_close(forged);
        CHECK_OK(xo_check(path, NULL, NULL, &report));
        CHECK((how == CLAIM_ALL) == (report.problems == 0));
    }
    free(forged_bytes);
    free(bytes);
}

/* A recording whose records make no sense is made filters for all the same, and checked. */
static void
records_without_end_are_gone_through(void)
{
    static changing run;
    static const uint8_t bytes[100];
    xo_check_report report;
    changing_start(&run, "endless.xrec", 1);
    changing_run(&run, 9000);
    xo_writer *writer = run.program.writer;
    xo_position start = xo_record_begin(writer, XO_OP_BYTES_SPLICE, run.dict);
    xo_put_varint(writer, UINT64_MAX - sizeof bytes);
    xo_put_varint(writer, sizeof bytes);
    xo_put_varint(writer, sizeof bytes);
    xo_put_verbatim(writer, bytes, sizeof bytes);
    xo_record_end(writer, run.dict, start, false);
    CHECK_OK(xo_writer_close(writer));
    CHECK_OK(xo_check(run.program.path_room, NULL, NULL, &report));
}

static uint64_t
problems_of(changing *run)
{
    xo_check_report report;
    CHECK_OK(xo_writer_close(run->program.writer));
    CHECK_OK(xo_check(run->program.path_room, NULL, NULL, &report));
    return report.problems;
}

static void
an_image_that_hides_its_news_is_found(void)
{
    static changing run;
    changing_start(&run, "hidden.xrec", 6);
    changing_run(&run, 2000);
    run.has_key[1] = true;
    run.mapped[1] = -1;
    changing_repeat_image(&run, run.dict);
    changing_run(&run, 2000);
    CHECK(problems_of(&run) > 0);
}

static void
a_binding_that_a_summary_hides_is_found(void)
{
    static changing run;
    changing_start(&run, "unbound.xrec", 7);
    changing_run(&run, 2000);
    program_refresh(&run.program);
    xo_put_raw(run.program.writer, XO_OP_BIND + 1); /* not by xo_put_bind, which notes it */
    xo_put_int(run.program.writer, 5);
    changing_run(&run, 2000);
    CHECK(problems_of(&run) > 0);
}

const xo_test lying_filters_tests[] = {
    {"filters that lie do no harm, and are found", filters_that_lie_do_no_harm},
    {"an image that hides its news is found", an_image_that_hides_its_news_is_found},
    {"a binding that a summary hides is found", a_binding_that_a_summary_hides_is_found},
    {"records without end are gone through", records_without_end_are_gone_through},
    {0},
};
