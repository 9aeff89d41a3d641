/* The disk is full, or may not be written: the program goes on, and what was recorded before is there. */
#define _GNU_SOURCE
#include "model.h"

#include "files.h"
#include "program.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void
limit_files(uint64_t bytes)
{
    struct rlimit limit = {bytes, bytes};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
}

/* Runs in a child: the limit can't be taken back. The exit status says which check failed. */
static int
record_beyond_the_limit(const char *name, size_t text_bytes, uint64_t limit)
{
    test_program program;
    char *text = malloc(text_bytes);
    memset(text, 'x', text_bytes);
    limit_files(limit);
    program_start(&program, name, 2000, 1);
    for (int i = 0; i < 3000; i++) {
        program_refresh(&program);
        xo_put_bind(program.writer, 0);
        xo_put_str(program.writer, text, text_bytes);
        xo_step_line(program.writer, 1 + i % 99);
        xo_entity *entity = xo_writer_new_entity(program.writer);
        xo_position start = xo_record_begin(program.writer, XO_OP_IMAGE, entity);
        xo_put_varint(program.writer, 0);
        xo_reserve(program.writer, 2);
        xo_put_raw(program.writer, XO_KIND_INSTANCE);
        xo_put_raw(program.writer, XO_ATTRS_NONE);
        xo_record_end(program.writer, entity, start, true);
        xo_writer_end_entity(program.writer, entity);
    }
    if (program.writer->failure != XO_NO_SPACE || program.writer->failure_errno != EFBIG) {
        return 2;
    }
    for (int i = 0; i < 100000; i++) {
        program_line(&program, 5, i);
        xo_leave(program.writer);
        program_enter(&program, program.code, 1);
    }
    free(text);
    return xo_writer_close(program.writer) == XO_NO_SPACE ? 0 : 3;
}

static void
check_limit(const char *name, size_t text_bytes, uint64_t limit)
{
    char path[600];
    snprintf(path, sizeof path, "%s", test_path(name));
    pid_t child = fork();
    if (child == 0) {
        _exit(record_beyond_the_limit(name, text_bytes, limit));
    }
    int ended;
    CHECK(child > 0 && waitpid(child, &ended, 0) == child);
    CHECK_EQUAL(0, ended);
    xo_reader *reader = open_recording(path);
    xo_info info;
    xo_reader_info(reader, &info);
    CHECK_STATUS(XO_NO_SPACE, info.ended_early);
    CHECK(!info.complete && info.steps > 5 && info.steps < 3000 && info.damaged_bytes == 0);
    CHECK(info.log_bytes + 70000 + 2 * text_bytes > limit * 3 / 4);
    for (uint64_t step = 1; step < info.steps; step += 1 + info.steps / 50) {
        xo_value value = variable_at(reader, step, 0);
        CHECK(value.kind == XO_STR && value.size_bytes == text_bytes);
    }
    xo_reader_close(reader);
}

static void
a_full_disk_keeps_what_was_before(void)
{
    check_limit("full.xrec", 1000, 1u << 20);
    check_limit("full2.xrec", 50000, 3u << 20);
    check_limit("full3.xrec", 1000000, 9u << 20);
}

static void
a_path_that_can_not_be_written_is_refused(void)
{
    xo_writer *writer;
    CHECK_STATUS(XO_IO, xo_writer_create("/nonexistent/folder/x.xrec", NULL, &writer));
    CHECK(writer == NULL);
    CHECK_EQUAL(ENOENT, errno);
    CHECK_STATUS(XO_IO, xo_writer_create("/dev/full", NULL, &writer));
    CHECK(writer == NULL);
    CHECK_STATUS(XO_IO, xo_writer_create("/tmp", NULL, &writer));
    CHECK_EQUAL(EISDIR, errno);
}

static void
no_room_at_all_is_a_status(void)
{
    char path[600];
    snprintf(path, sizeof path, "%s", test_path("none.xrec"));
    pid_t child = fork();
    if (child == 0) {
        xo_writer *writer;
        limit_files(1000);
        xo_status status = xo_writer_create(path, NULL, &writer);
        _exit(status == XO_NO_SPACE && writer == NULL ? 0 : 1);
    }
    int ended;
    CHECK(child > 0 && waitpid(child, &ended, 0) == child && ended == 0);
    CHECK(access(path, F_OK) != 0);
}

const xo_test failure_tests[] = {
    {"a full disk keeps what was recorded before", a_full_disk_keeps_what_was_before},
    {"a path that can't be written is refused", a_path_that_can_not_be_written_is_refused},
    {"no room at all is a status and leaves no file", no_room_at_all_is_a_status},
    {0},
};
