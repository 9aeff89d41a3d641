/* Recordings of bounded size keep their newest part, whole. */
#include "execorder/tools.h"
#include "layout.h"
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { OBJECTS = 20, LIMIT = 1 << 20 };

typedef struct {
    test_program program;
    xo_entity *lists[OBJECTS];
    int64_t values[OBJECTS];
    int64_t bound; /* variable 0 of the outer frame */
    int frozen;    /* this list isn't changed; -1: all are */
} bounded;

static void
put_image(bounded *run, int which)
{
    xo_writer *writer = run->program.writer;
    xo_position start = xo_record_begin(writer, XO_OP_IMAGE, run->lists[which]);
    xo_put_varint(writer, 0);
    xo_put_tag(writer, (xo_tag)XO_KIND_LIST);
    xo_put_varint(writer, 1);
    xo_put_int(writer, run->values[which]);
    xo_put_tag(writer, (xo_tag)XO_ATTRS_NONE);
    xo_record_end(writer, run->lists[which], start, true);
}

static void
enter_again(xo_writer *writer, const xo_frame *frame, int64_t value)
{
    xo_enter_begin(writer, frame->number, frame->code, frame->line, 0, 0, 1);
    xo_put_int(writer, value);
    xo_frame_end(writer);
}

/* What a recorder does when a generation is due. */
static void
begin_generation(bounded *run, int64_t inner_value)
{
    xo_writer *writer = run->program.writer;
    xo_frame outer = writer->thread->frames[0];
    xo_frame inner = writer->thread->frames[1];
    xo_writer_generation_begin(writer);
    xo_leave(writer);
    xo_leave(writer);
    enter_again(writer, &outer, run->bound);
    enter_again(writer, &inner, inner_value);
    for (int i = 0; i < OBJECTS; i++) {
        put_image(run, i);
    }
    xo_writer_generation_end(writer);
}

static void
set_item(bounded *run, int which, int64_t value)
{
    xo_writer *writer = run->program.writer;
    xo_position start = xo_record_begin(writer, XO_OP_LIST_SET, run->lists[which]);
    xo_put_varint(writer, 0);
    xo_put_int(writer, value);
    xo_record_end(writer, run->lists[which], start, false);
    run->values[which] = value;
}

static void
start(bounded *run, const char *name)
{
    program_start_bounded(&run->program, name, LIMIT, 1);
    uint32_t inner = program_code(&run->program, "inner", 1, 0);
    for (int i = 0; i < OBJECTS; i++) {
        run->lists[i] = xo_writer_new_entity(run->program.writer);
        run->values[i] = 0;
        put_image(run, i);
    }
    run->bound = 4711;
    run->frozen = -1;
    program_line(&run->program, 9, run->bound);
    program_enter(&run->program, inner, 1);
}

/* Step 3 + i binds i and sets item i % OBJECTS to it. */
static void
run_steps(bounded *run, int64_t from, int64_t to)
{
    for (int64_t i = from; i < to; i++) {
        if (i % OBJECTS != run->frozen) {
            set_item(run, (int)(i % OBJECTS), i);
        }
        program_line(&run->program, 1 + (int32_t)(i % 99), i);
        if (i % 1000 == 0) {
            xo_writer_output(run->program.writer, 1, "thousand\n", 9);
        }
        if (run->program.writer->generation_due) {
            begin_generation(run, i);
        }
    }
}

static void
check_step(xo_reader *reader, uint64_t step)
{
    int64_t i = (int64_t)step - 3;
    xo_frame_view *frames;
    xo_value *values, result;
    size_t count, value_count;
    set_context("step %llu", (unsigned long long)step);
    xo_value value = variable_at(reader, step, 0);
    CHECK(is_int(&value, i));
    CHECK_OK(xo_reader_stack(reader, step, 1, &frames, &count));
    CHECK(count == 2 && frames[1].frame == 1 && frames[0].frame == 2 && frames[0].line == 1 + i % 99);
    CHECK(frames[1].line == 9);
    CHECK_OK(xo_reader_variables(reader, step, 1, 1, &values, &value_count, &result));
    CHECK(value_count == 1 && is_int(&values[0], 4711));
    free(values);
    free(frames);
    for (int which = 0; which < OBJECTS; which++) {
        int64_t newest = i - (i - which + OBJECTS) % OBJECTS;
        xo_contents *contents = contents_at(reader, step, (uint64_t)which + 1);
        CHECK(contents->item_count == 1 && is_int(&contents->items[0].value, newest < 0 ? 0 : newest));
        xo_contents_free(contents);
    }
}

static void
check_kept(xo_reader *reader, uint64_t steps)
{
    xo_info info;
    xo_step_view view;
    xo_reader_info(reader, &info);
    CHECK_EQUAL(steps, info.steps);
    CHECK(info.first_step > 3 && info.first_step < steps);
    CHECK_STATUS(XO_NOT_FOUND, xo_reader_step(reader, info.first_step - 1, &view));
    check_step(reader, info.first_step);
    check_step(reader, steps - 1);
    for (uint64_t step = info.first_step; step < steps; step += 1 + (steps - info.first_step) / 300) {
        check_step(reader, step);
    }
    uint64_t visits[] = {(uint64_t)1 << 32 | 50};
    xo_filter filter = {.max_depth = UINT32_MAX, .visits = visits, .visit_count = 1};
    uint64_t found;
    CHECK_OK(xo_reader_find(reader, -1, true, &filter, NULL, &found));
    CHECK(found >= info.first_step && found < info.first_step + 99);
    CHECK_OK(xo_reader_find(reader, (int64_t)steps, false, &filter, NULL, &found));
    xo_output_view *outputs;
    size_t count;
    CHECK_OK(xo_reader_output(reader, 0, 5, &outputs, &count));
    CHECK(count == 5 && outputs[0].step >= info.first_step && outputs[1].step == outputs[0].step + 1000);
    free(outputs);
    const char *text;
    CHECK_OK(xo_reader_note(reader, "python", &text, &count));
}

static void
the_newest_part_is_kept_within_the_bound(void)
{
    static bounded run;
    struct stat about;
    start(&run, "bounded.xrec");
    run_steps(&run, 0, 600000);
    CHECK(stat(run.program.path, &about) == 0);
    CHECK(about.st_blocks * 512 < LIMIT * 5 / 4);
    xo_reader *reader = program_finish(&run.program);
    xo_info info;
    xo_reader_info(reader, &info);
    CHECK(info.complete);
    CHECK(info.file_bytes <= LIMIT && info.file_bytes > LIMIT * 9 / 10);
    check_kept(reader, 600003);
    xo_reader_close(reader);
}

static void
a_bounded_recording_is_whole_after_a_kill(void)
{
    static bounded run;
    start(&run, "bounded-killed.xrec");
    run_steps(&run, 0, 300000);
    xo_writer_abandon(run.program.writer);
    xo_reader *reader = open_recording(run.program.path);
    check_kept(reader, 300003);
    xo_reader_close(reader);
}

static void
a_reader_follows_a_bounded_writer(void)
{
    static bounded run;
    start(&run, "bounded-live.xrec");
    run_steps(&run, 0, 1000);
    xo_reader *reader = open_recording(run.program.path);
    for (int64_t i = 1; i < 60; i++) {
        run_steps(&run, i * 5000 - 4000, (i + 1) * 5000 - 4000);
        CHECK_OK(xo_reader_refresh(reader, NULL));
        xo_info info;
        xo_reader_info(reader, &info);
        CHECK_EQUAL((i + 1) * 5000 - 4000 + 3, info.steps);
        check_step(reader, info.steps - 1);
        check_step(reader, info.first_step < 3 ? 3 : info.first_step);
    }
    CHECK_OK(xo_writer_close(run.program.writer));
    CHECK_OK(xo_reader_refresh(reader, NULL));
    check_kept(reader, 296003);
    xo_reader_close(reader);
}

static void
show(void *context, const char *problem)
{
    (void)context;
    printf("# %s\n", problem);
}

/* Nothing is wrong with it, and it tells of the newest steps what the program did. */
static void
check_copy(const char *path, uint64_t steps)
{
    xo_check_report report;
    CHECK_OK(xo_check(path, show, NULL, &report));
    CHECK_EQUAL(0, report.problems);
    CHECK(report.complete);
    xo_reader *reader = open_recording(path);
    check_kept(reader, steps);
    xo_reader_close(reader);
}

static void
check_tools(const char *path, uint64_t steps)
{
    const xo_tool_note note = {"stopped_by", "signal"};
    xo_redact_report redacted;
    xo_info info;
    xo_value value;
    const char *text;
    uint64_t size;
    const char *copy = test_path("bounded-copy.xrec");
    CHECK_OK(xo_compact(path, copy, NULL));
    check_copy(copy, steps);
    CHECK_OK(xo_compact(copy, path, NULL)); /* a copy of a copy */
    check_copy(path, steps);
    CHECK_OK(xo_redact(path, copy, "nothing has this name", &redacted, NULL));
    check_copy(copy, steps);
    CHECK_OK(xo_snapshot(path, copy, &note, 1, NULL));
    check_copy(copy, steps);
    xo_reader *reader = open_recording(copy);
    CHECK_OK(xo_reader_note(reader, "stopped_by", &text, &size));
    CHECK(size == 6 && memcmp(text, "signal", 6) == 0);
    xo_reader_info(reader, &info);
    xo_reader_close(reader);
    CHECK_STATUS(XO_NOT_FOUND, xo_trim(path, copy, info.first_step - 1, steps - 1, NULL));
    CHECK_OK(xo_trim(path, copy, info.first_step, steps - 1, NULL));
    reader = open_recording(copy);
    for (uint64_t step = info.first_step; step < steps; step += 1 + (steps - info.first_step) / 100) {
        value = variable_at(reader, step - info.first_step, 0);
        CHECK(is_int(&value, (int64_t)step - 3));
    }
    xo_reader_close(reader);
}

/* The only item of list `which` was written last at `step`; or before all that is kept, with -1. */
static void
check_writer(const char *path, int which, int64_t step)
{
    const xo_slot item = {.kind = XO_SLOT_ITEM, .owner = (uint64_t)which + 1, .key = {.kind = XO_INT}};
    xo_info info;
    xo_write write;
    xo_change *changes;
    size_t count;
    xo_reader *reader = open_recording(path);
    xo_reader_info(reader, &info);
    xo_status status = xo_reader_last_write(reader, info.steps - 1, &item, &write);
    CHECK_STATUS(step < 0 ? XO_NOT_FOUND : XO_OK, status);
    CHECK(step < 0 || (int64_t)write.step == step);
    CHECK_OK(xo_reader_history(reader, info.steps - 1, (uint64_t)which + 1, 100000, &changes, &count));
    CHECK_EQUAL(step < 0, count == 0);
    for (size_t i = 0; i < count; i++) { /* each is a step at which the list was really written */
        CHECK((int64_t)(changes[i].step - 3) % OBJECTS == which);
        CHECK(i == 0 || changes[i].step == changes[i - 1].step - OBJECTS);
    }
    free(changes);
    xo_reader_close(reader);
}

/* Ends the run; it can be asked, and so can the copy of it that is made at `copy`. */
static void
finish_and_copy(bounded *run, const char *copy)
{
    xo_reader_close(program_finish(&run->program));
    CHECK_OK(xo_compact(run->program.path, copy, NULL));
}

static void
what_a_generation_repeats_is_no_write(void)
{
    static bounded run;
    start(&run, "bounded-writes.xrec");
    run.frozen = 6;
    run_steps(&run, 0, 570000);
    run.frozen = 7;
    run_steps(&run, 570000, 600000);
    run.frozen = -1;
    run_steps(&run, 600000, 600005);
    const char *copy = test_path("bounded-writes-copy.xrec");
    finish_and_copy(&run, copy);
    for (int i = 0; i < 2; i++) {
        const char *path = i == 0 ? run.program.path : copy;
        set_context("%s", i == 0 ? "the original" : "the copy");
        check_writer(path, 3, 600006);
        check_writer(path, 7, 569990); /* many generations ago */
        check_writer(path, 12, 599995);
    }
}

static void
what_is_older_than_all_that_is_kept_has_no_writer(void)
{
    static bounded run;
    start(&run, "bounded-old.xrec");
    run.frozen = 6;
    run_steps(&run, 0, 600000);
    const char *copy = test_path("bounded-old-copy.xrec");
    finish_and_copy(&run, copy);
    check_writer(run.program.path, 6, -1);
    check_writer(copy, 6, -1);
}

static void
a_bounded_recording_is_checked_and_copied_like_any_other(void)
{
    static bounded run;
    xo_check_report report;
    start(&run, "bounded-copied.xrec");
    run_steps(&run, 0, 300000);
    CHECK_OK(xo_check(run.program.path, show, NULL, &report)); /* while it is being written */
    CHECK_EQUAL(0, report.problems);
    const char *live = test_path("bounded-live-copy.xrec");
    CHECK_OK(xo_snapshot(run.program.path, live, NULL, 0, NULL));
    check_copy(live, 300003);
    run_steps(&run, 300000, 600000);
    xo_reader_close(program_finish(&run.program));
    check_copy(run.program.path, 600003);
    check_tools(run.program.path, 600003);
}

const xo_test generations_tests[] = {
    {"a bounded recording keeps its newest part, and the file stays within the bound",
     the_newest_part_is_kept_within_the_bound},
    {"a bounded recording is whole after a kill", a_bounded_recording_is_whole_after_a_kill},
    {"a bounded recording is checked and copied like any other", a_bounded_recording_is_checked_and_copied_like_any_other},
    {"what a generation repeats is no write", what_a_generation_repeats_is_no_write},
    {"what is older than all that is kept has no writer", what_is_older_than_all_that_is_kept_has_no_writer},
    {"a reader follows a bounded recording", a_reader_follows_a_bounded_writer},
    {0},
};
