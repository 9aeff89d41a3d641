/* The disk is full, or may not be written: the program goes on, and what was recorded before is there. */
#define _GNU_SOURCE
#include "model.h"

#include "files.h"
#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
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

/* The recording of a child, all of whose own checks must have held. */
static xo_reader *
open_when_ended(pid_t child, const char *path, xo_info *info)
{
    int ended;
    CHECK(child > 0 && waitpid(child, &ended, 0) == child);
    CHECK_EQUAL(0, ended);
    xo_reader *reader = open_recording(path);
    xo_reader_info(reader, info);
    return reader;
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
    xo_info info;
    xo_reader *reader = open_when_ended(child, path, &info);
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

enum { VICTIMS = 6, LAST_DESCRIPTOR = 60 };

/* In a child: all descriptors are closed, now and again, and their numbers are those of other files. */
static int
record_while_descriptors_are_closed(test_program *program)
{
    int victims[VICTIMS];
    char text[1000], read_back[sizeof text];
    memset(text, 'v', sizeof text);
    for (int round = 0; round < 3; round++) {
        for (int descriptor = 3; descriptor < LAST_DESCRIPTOR; descriptor++) {
            close(descriptor);
        }
        for (int i = 0; i < VICTIMS; i++) {
            victims[i] = open(test_path("victim"), O_RDWR | O_CREAT | O_TRUNC, 0600);
            if (victims[i] < 0 || write(victims[i], text, sizeof text) != sizeof text) {
                return 2;
            }
            unlink(test_path("victim"));
        }
        for (int i = 0; i < 400000; i++) {
            program_line(program, 1 + i % 99, i);
        }
    }
    if (xo_writer_close(program->writer) != XO_OK) {
        return 3;
    }
    for (int i = 0; i < VICTIMS; i++) {
        struct stat about;
        if (fstat(victims[i], &about) != 0 || about.st_size != sizeof text
            || pread(victims[i], read_back, sizeof text, 0) != sizeof text || memcmp(text, read_back, sizeof text) != 0) {
            return 4;
        }
    }
    return 0;
}

static void
check_closed_descriptors(void (*start)(test_program *, const char *, uint64_t, uint32_t), uint64_t size)
{
    test_program program;
    char path[600];
    snprintf(path, sizeof path, "%s", test_path("closed.xrec"));
    pid_t child = fork();
    if (child == 0) {
        start(&program, "closed.xrec", size, 1);
        _exit(record_while_descriptors_are_closed(&program));
    }
    xo_info info;
    xo_reader *reader = open_when_ended(child, path, &info);
    CHECK(info.complete && info.steps == 1200001 && info.damaged_bytes == 0);
    xo_value value = variable_at(reader, info.steps - 1, 0);
    CHECK(is_int(&value, 399999));
    xo_reader_close(reader);
}

static void
closed_descriptors_do_no_harm(void)
{
    check_closed_descriptors(program_start, 0);
    check_closed_descriptors(program_start_packed, 0);
    check_closed_descriptors(program_start_in_background, 0);
}

const xo_test failure_tests[] = {
    {"a program that closes all descriptors loses neither its own files nor the recording", closed_descriptors_do_no_harm},
    {"a full disk keeps what was recorded before", a_full_disk_keeps_what_was_before},
    {"a path that can't be written is refused", a_path_that_can_not_be_written_is_refused},
    {"no room at all is a status and leaves no file", no_room_at_all_is_a_status},
    {0},
};
