/* A libFuzzer target: any bytes, taken for a recording, are asked everything, checked, copied, cut and redacted. Nothing may
 * crash, hang or take much memory. `npm run fuzz` builds and runs it. */
#include "execorder/tools.h"
#include "files.h"
#include "layout.h"
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Most mutations would be noticed by a checksum and go no further: these are made right again, mostly. */
size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
    size = LLVMFuzzerMutate(data, size, max_size);
    if (seed % 8 != 0 && size > XO_PAGE_BYTES) {
        repair_checksums(data, size);
    }
    return size;
}

static void
ask_everything(const char *path)
{
    xo_reader *reader;
    xo_info info;
    if (xo_reader_open(path, &reader) != XO_OK) {
        return;
    }
    xo_reader_info(reader, &info);
    for (uint32_t file = 1; file <= info.files && file < 20; file++) {
        xo_file_view view;
        (void)xo_reader_file(reader, file, &view);
    }
    (void)read_everything(reader, 1 + info.steps / 12);
    for (uint64_t object = 1; object <= info.objects && object < 20 && info.steps > 0; object++) {
        xo_change *changes;
        size_t count;
        if (xo_reader_history(reader, info.steps - 1, object, 50, &changes, &count) == XO_OK) {
            free(changes);
        }
    }
    (void)xo_reader_refresh(reader, NULL);
    xo_reader_close(reader);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[512], copy[512];
    xo_check_report report;
    xo_sizes sizes;
    xo_fidelity fidelity;
    xo_redact_report redacted;
    snprintf(path, sizeof path, "%s", test_path("fuzzed.xrec"));
    snprintf(copy, sizeof copy, "%s", test_path("copy.xrec"));
    write_whole_file(path, data, size);
    ask_everything(path);
    if (xo_check(path, NULL, NULL, &report) == XO_OK) {
        (void)xo_sizes_read(path, &sizes);
        (void)xo_fidelity_read(path, &fidelity);
        xo_fidelity_free(&fidelity);
        (void)xo_compact(path, copy, NULL);
        (void)xo_redact(path, copy, "x|password", &redacted, NULL);
        if (report.steps > 1) {
            (void)xo_trim(path, copy, report.steps / 3, report.steps - 1, NULL);
        }
    }
    return 0;
}
