/* Files that are no recordings, or none that this reader knows. */
#include "bytes.h"
#include "crc32c.h"
#include "layout.h"
#include "program.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static xo_status
open_status(const char *path)
{
    xo_reader *reader;
    xo_status status = xo_reader_open(path, &reader);
    CHECK((status == XO_OK) == (reader != NULL));
    xo_reader_close(reader);
    return status;
}

static void
other_files_are_no_recordings(void)
{
    const char *path = test_path("other");
    CHECK_STATUS(XO_IO, open_status(test_path("missing")));
    CHECK_EQUAL(ENOENT, errno);
    write_whole_file(path, "", 0);
    CHECK_STATUS(XO_NOT_A_RECORDING, open_status(path));
    write_whole_file(path, "XREC", 4);
    CHECK_STATUS(XO_NOT_A_RECORDING, open_status(path));
    write_whole_file(path, "#!/usr/bin/env python\nprint('hello')\n", 37);
    CHECK_STATUS(XO_NOT_A_RECORDING, open_status(path));
    CHECK_STATUS(XO_NOT_A_RECORDING, open_status("/dev/null"));
    CHECK(open_status("/") != XO_OK);
}

static uint8_t *
small_recording(size_t *size)
{
    test_program program;
    program_start(&program, "small.xrec", 0, 1);
    program_line(&program, 1, 1);
    xo_reader_close(program_finish(&program));
    return read_whole_file(test_path("small.xrec"), size);
}

static void
newer_formats_are_named_as_such(void)
{
    size_t size;
    uint8_t *bytes = small_recording(&size);
    const char *path = test_path("newer.xrec");
    xo_store_u32(bytes + 8, 7);
    xo_store_u32(bytes + 60, xo_crc32c(bytes, 60));
    write_whole_file(path, bytes, size);
    CHECK_OK(open_status(path));
    xo_store_u32(bytes + 12, XO_FORMAT_VERSION + 1);
    write_whole_file(path, bytes, size);
    CHECK_STATUS(XO_TOO_NEW, open_status(path));
    free(bytes);
}

static void
unknown_codecs_are_named_as_such(void)
{
    size_t size;
    uint8_t *bytes = small_recording(&size);
    const char *path = test_path("codec.xrec");
    bytes[XO_PAGE_BYTES + 5] = 3;
    repair_checksums(bytes, size);
    write_whole_file(path, bytes, size);
    CHECK_STATUS(XO_TOO_NEW, open_status(path));
    free(bytes);
}

static void
a_header_that_is_cut_off_is_damage(void)
{
    size_t size;
    uint8_t *bytes = small_recording(&size);
    const char *path = test_path("header.xrec");
    write_whole_file(path, bytes, 15);
    CHECK_STATUS(XO_NOT_A_RECORDING, open_status(path));
    write_whole_file(path, bytes, 16);
    CHECK_STATUS(XO_CORRUPT, open_status(path));
    write_whole_file(path, bytes, XO_PAGE_BYTES - 1);
    CHECK_STATUS(XO_CORRUPT, open_status(path));
    free(bytes);
}

static void
files_are_private(void)
{
    test_program program;
    struct stat about;
    program_start(&program, "private.xrec", 0, 1);
    CHECK(stat(program.path, &about) == 0);
    CHECK_EQUAL(0600, about.st_mode & 0777);
    xo_reader_close(program_finish(&program));
}

static void
every_status_has_a_text(void)
{
    for (int status = XO_OK; status <= XO_CORRUPT + 1; status++) {
        CHECK(strlen(xo_status_text((xo_status)status)) > 3);
    }
}

const xo_test refusals_tests[] = {
    {"other files are no recordings", other_files_are_no_recordings},
    {"a newer format is named as such", newer_formats_are_named_as_such},
    {"an unknown codec is named as such", unknown_codecs_are_named_as_such},
    {"a header that is cut off is damage", a_header_that_is_cut_off_is_damage},
    {"recordings are their owner's only", files_are_private},
    {"every status has a text", every_status_has_a_text},
    {0},
};
