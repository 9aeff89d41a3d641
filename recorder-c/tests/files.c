#define _GNU_SOURCE
#include "files.h"

#include "bytes.h"
#include "check.h"
#include "crc32c.h"
#include "layout.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[256];
static pid_t owner;

static void
remove_folder(void)
{
    DIR *directory = owner == getpid() ? opendir(folder) : NULL;
    struct dirent *entry;
    while (directory != NULL && (entry = readdir(directory)) != NULL) {
        char path[600];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        unlink(path);
    }
    if (directory != NULL) {
        closedir(directory);
        rmdir(folder);
    }
}

static void
make_folder(void)
{
    const char *base = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/store-tests-XXXXXX", base != NULL ? base : "/tmp");
    CHECK(mkdtemp(folder) != NULL);
    owner = getpid();
    atexit(remove_folder);
}

const char *
test_path(const char *name)
{
    static char paths[8][512];
    static unsigned next;
    if (folder[0] == '\0') {
        make_folder();
    }
    char *path = paths[next++ % 8];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

uint8_t *
read_whole_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    uint8_t *bytes = malloc(*size + 1);
    CHECK(bytes != NULL && fread(bytes, 1, *size, file) == *size);
    fclose(file);
    return bytes;
}

void
write_whole_file(const char *path, const void *bytes, size_t size)
{
    unlink(path);
    FILE *file = fopen(path, "wb");
    CHECK(file != NULL && fwrite(bytes, 1, size, file) == size);
    fclose(file);
}

static void
repair_chunk(uint8_t *chunk, uint64_t stored)
{
    uint8_t *payload = chunk + XO_CHUNK_HEADER_BYTES;
    uint64_t summary = xo_load_u64(chunk + 104);
    uint64_t records = summary < stored ? stored - summary : 0;
    uint64_t table = xo_load_u32(chunk + 72);
    xo_store_u32(chunk + 76, xo_crc32c(payload, (size_t)(table < stored ? table : stored)));
    xo_store_u32(chunk + 84, xo_crc32c(chunk, 84));
    xo_store_u32(chunk + 128, xo_crc32c(payload, (size_t)records));
    xo_store_u32(chunk + 132, xo_crc32c(payload + records, (size_t)(stored - records)));
    xo_store_u32(chunk + 136, xo_crc32c(chunk + 96, 40));
}

static uint64_t
past_gap(const uint8_t *bytes, uint64_t at)
{
    uint64_t behind = xo_load_u64(bytes + XO_GAP_OFFSET + 8);
    return at == xo_load_u64(bytes + XO_GAP_OFFSET) && behind > at && behind < UINT64_MAX / 2 ? behind : at;
}

void
repair_checksums(uint8_t *bytes, size_t size)
{
    uint64_t at = XO_PAGE_BYTES;
    if (size < XO_PAGE_BYTES) {
        return;
    }
    xo_store_u32(bytes + 60, xo_crc32c(bytes, 60));
    xo_store_u32(bytes + 92, xo_crc32c(bytes + 64, 28));
    xo_store_u32(bytes + 168, xo_crc32c(bytes + 128, 40));
    xo_store_u32(bytes + XO_GAP_OFFSET + 16, xo_crc32c(bytes + XO_GAP_OFFSET, 16));
    at = past_gap(bytes, at);
    while (at + XO_CHUNK_HEADER_BYTES <= size && memcmp(bytes + at, "XCHK", 4) == 0) {
        uint64_t stored = xo_load_u64(bytes + at + 120);
        if (stored > size - at - XO_CHUNK_HEADER_BYTES) {
            return;
        }
        repair_chunk(bytes + at, stored);
        at = past_gap(bytes, xo_chunk_end(at, stored));
    }
}
