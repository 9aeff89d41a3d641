/* Records that are split into columns come out again byte by byte; columns that lie do no harm. */
#include "chunk_codec.h"
#include "chunk_table.h"
#include "model.h"
#include "program.h"

#include <stdlib.h>
#include <string.h>

static void
free_columns(xo_buffer columns[XO_COLUMNS])
{
    for (int i = 0; i < XO_COLUMNS; i++) {
        xo_buffer_free(&columns[i]);
    }
}

static xo_status
join(const xo_buffer columns[XO_COLUMNS], uint8_t *out, size_t size)
{
    xo_slice slices[XO_COLUMNS];
    for (int i = 0; i < XO_COLUMNS; i++) {
        slices[i] = (xo_slice){columns[i].bytes, columns[i].size};
    }
    return xo_columns_join(slices, out, size);
}

/* Each chunk of what is recorded without compression, with the size of its start table. */
static void
for_each_chunk(const char *path, void (*look)(const uint8_t *bytes, size_t size, size_t table_bytes))
{
    xo_reader *reader = open_recording(path);
    for (size_t i = 0; i < reader->chunks.count; i++) {
        xo_log_chunk *chunk;
        set_context("chunk %d", (int)i);
        CHECK_OK(xo_chunk_load_records(reader, i, &chunk));
        look(chunk->payload, (size_t)(chunk->header.table_bytes + chunk->header.log_bytes), chunk->header.table_bytes);
    }
    xo_reader_close(reader);
}

static void
check_columns(const uint8_t *bytes, size_t size, size_t table_bytes)
{
    xo_buffer columns[XO_COLUMNS] = {{0}};
    uint8_t *out = malloc(size);
    CHECK_OK(xo_columns_split(bytes, size, table_bytes, columns));
    CHECK_OK(join(columns, out, size));
    CHECK(memcmp(bytes, out, size) == 0);
    CHECK_STATUS(XO_CORRUPT, join(columns, out, size - 1));
    free_columns(columns);
    free(out);
}

static void
what_is_split_comes_out_again(void)
{
    static test_model model;
    const char *path = test_path("columns.xrec");
    for (uint64_t seed = 900; seed < 908; seed++) {
        model_start(&model, path, seed, seed % 2 ? 500 : 50000);
        model_run(&model, 2000);
        CHECK_OK(model_close_writer(&model));
        for_each_chunk(path, check_columns);
        model_free(&model);
    }
    for_each_chunk(XO_RECORDINGS "/version-1.xrec", check_columns);
}

/* Bytes of the columns are changed, or fewer or more of them; what comes out is of the right size or an error. */
static void
lie(const uint8_t *bytes, size_t size, size_t table_bytes)
{
    xo_buffer columns[XO_COLUMNS] = {{0}};
    uint8_t *out = malloc(size);
    CHECK_OK(xo_columns_split(bytes, size, table_bytes, columns));
    for (int i = XO_RECORDS + 1; i < XO_COLUMNS; i++) {
        xo_buffer *column = &columns[i];
        for (size_t at = 0; at < column->size; at += 1 + column->size / 20) {
            uint8_t was = column->bytes[at];
            for (int bit = 0; bit < 8; bit++) {
                column->bytes[at] = (uint8_t)(was ^ 1u << bit);
                (void)join(columns, out, size);
            }
            column->bytes[at] = was;
        }
        if (column->size > 0) {
            column->size--;
            CHECK_STATUS(XO_CORRUPT, join(columns, out, size));
            column->size++;
        }
        xo_buffer_put(column, "", 1);
        CHECK_STATUS(XO_CORRUPT, join(columns, out, size));
        column->size--;
    }
    CHECK_OK(join(columns, out, size));
    free_columns(columns);
    free(out);
}

static void
columns_that_lie_do_no_harm(void)
{
    static test_model model;
    const char *path = test_path("lying-columns.xrec");
    model_start(&model, path, 910, 4000);
    model_run(&model, 1500);
    CHECK_OK(model_close_writer(&model));
    for_each_chunk(path, lie);
    model_free(&model);
}

static xo_status
pack(const uint8_t *bytes, size_t size, size_t table_bytes, xo_codec *codec)
{
    xo_chunk_packer packer = {.packer = xo_packer_create()};
    const uint8_t *packed;
    size_t packed_size;
    xo_unpacker *unpacker = NULL;
    uint8_t *out = malloc(size);
    xo_status status = xo_chunk_pack(&packer, bytes, size, table_bytes, &packed, &packed_size, codec);
    if (status == XO_OK) {
        CHECK_OK(xo_chunk_unpack_bytes(&unpacker, *codec, packed, packed_size, out, size));
        CHECK(memcmp(bytes, out, size) == 0);
        CHECK(xo_chunk_unpack_bytes(&unpacker, *codec, packed, packed_size - 1, out, size) != XO_OK);
    }
    xo_chunk_packer_free(&packer);
    xo_packer_free(packer.packer);
    xo_unpacker_free(unpacker);
    free(out);
    return status;
}

/* Another writer may use more bytes for a number than it needs: then the chunk is compressed as it is. */
static void
what_would_come_out_otherwise_is_not_split(void)
{
    uint8_t bytes[60000];
    xo_codec codec;
    if (!xo_codec_is_there()) {
        return;
    }
    for (size_t at = 0; at < sizeof bytes; at += 6) { /* RESULT object 5 */
        static const uint8_t record[] = {XO_OP_RESULT, XO_TAG_OBJECT, 5, XO_OP_RETURN, XO_OP_LEAVE, 0xa0};
        memcpy(bytes + at, record, sizeof record);
    }
    CHECK_OK(pack(bytes, sizeof bytes, 0, &codec));
    CHECK_EQUAL(XO_CODEC_COLUMNS, codec);
    bytes[sizeof bytes - 4] = 0x85; /* object 5 | 0 << 7 */
    bytes[sizeof bytes - 3] = 0;
    CHECK_OK(pack(bytes, sizeof bytes, 0, &codec));
    CHECK_EQUAL(XO_CODEC_ZSTD, codec);
    bytes[0] = 0x7f; /* no operation */
    CHECK_OK(pack(bytes, sizeof bytes, 0, &codec));
    CHECK_EQUAL(XO_CODEC_ZSTD, codec);
    CHECK_STATUS(XO_NOT_FOUND, pack(bytes, 5, 0, &codec));
}

/* A list of objects none of which is recent: `step` from each to the next, in turn upwards and downwards. */
static size_t
put_far_references(uint8_t *bytes, unsigned count, unsigned lowest, unsigned step)
{
    xo_buffer to = {0};
    uint8_t head[] = {XO_OP_LIST_SPLICE, 1, 0, 0, 0};
    xo_buffer_put(&to, head, sizeof head);
    xo_buffer_varint(&to, count);
    for (unsigned i = 0; i < count; i++) {
        uint8_t tag = XO_TAG_OBJECT;
        xo_buffer_put(&to, &tag, 1);
        xo_buffer_varint(&to, lowest + i / 2 + (i % 2) * step);
    }
    size_t size = to.size;
    memcpy(bytes, to.bytes, size);
    xo_buffer_free(&to);
    return size;
}

static void
columns_that_are_larger_than_the_records_come_out_again(void)
{
    static uint8_t bytes[60000];
    xo_codec codec;
    if (!xo_codec_is_there()) {
        return;
    }
    CHECK_OK(pack(bytes, put_far_references(bytes, 10000, 200, 5500), 0, &codec)); /* 3 bytes each, 4 in columns */
    CHECK_EQUAL(XO_CODEC_COLUMNS, codec);
    CHECK_OK(pack(bytes, put_far_references(bytes, 10000, 200, 10000), 0, &codec)); /* 5 in columns */
    for (unsigned step = 1; step < 2000000; step = step * 2 + 1) {
        CHECK_OK(pack(bytes, put_far_references(bytes, 10000, 1, step), 0, &codec));
    }
}

const xo_test columns_tests[] = {
    {"what is split into columns comes out again", what_is_split_comes_out_again},
    {"columns that lie do no harm", columns_that_lie_do_no_harm},
    {"what would come out otherwise is not split", what_would_come_out_otherwise_is_not_split},
    {"columns that are larger than the records come out again", columns_that_are_larger_than_the_records_come_out_again},
    {0},
};
