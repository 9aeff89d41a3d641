/* What a reader holds in memory. */
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIECES = 240, PIECE_BYTES = 1 << 20 };

/* How much of mapped files is in memory, in megabytes; -1 where the system doesn't tell. */
static long
mapped_megabytes(void)
{
    char line[128];
    long kilobytes = -1;
    FILE *status = fopen("/proc/self/status", "r");
    while (status != NULL && fgets(line, sizeof line, status) != NULL) {
        if (strncmp(line, "RssFile:", 8) == 0) {
            kilobytes = atol(line + 8);
        }
    }
    if (status != NULL) {
        fclose(status);
    }
    return kilobytes < 0 ? -1 : kilobytes / 1024;
}

/* Texts that can't be compressed, so that they are read from the mapping. */
static void
fill(char *piece, uint64_t seed)
{
    for (size_t i = 0; i < PIECE_BYTES; i += sizeof seed) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        memcpy(piece + i, &seed, sizeof seed);
    }
}

static void
a_large_file_is_not_kept_in_memory(void)
{
    static char piece[PIECE_BYTES];
    test_program program;
    program_start(&program, "large.xrec", 0, 1);
    for (int i = 0; i < PIECES; i++) {
        program_line(&program, 1, i);
        fill(piece, (uint64_t)i);
        xo_writer_output(program.writer, 1, piece, PIECE_BYTES);
    }
    xo_reader *reader = program_finish(&program);
    long before = mapped_megabytes(), most = before;
    for (int round = 0; round < 2; round++) {
        for (uint64_t i = 0; i < PIECES; i++) {
            xo_output_view *pieces;
            size_t count;
            fill(piece, i);
            CHECK_OK(xo_reader_output(reader, i, 1, &pieces, &count));
            CHECK(count == 1 && pieces[0].size_bytes == PIECE_BYTES && memcmp(pieces[0].text, piece, PIECE_BYTES) == 0);
            free(pieces);
            long now = mapped_megabytes();
            most = now > most ? now : most;
        }
    }
    CHECK(most - before < 96);
    xo_reader_close(reader);
    remove(program.path);
}

const xo_test memory_tests[] = {
    {"a large file is not kept in memory", a_large_file_is_not_kept_in_memory},
    {0},
};
