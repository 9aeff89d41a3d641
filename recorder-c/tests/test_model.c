/* Random programs: every answer at every step is what really was. */
#include "model.h"

#include "files.h"
#include "layout.h"
#include "program.h"

static void
check_seed(uint64_t seed, uint64_t chunk_bytes, size_t steps, uint64_t every)
{
    static test_model model;
    const char *path = test_path("model.xrec");
    xo_info info;
    set_context("seed %llu", (unsigned long long)seed);
    model_start(&model, path, seed, chunk_bytes);
    model_run(&model, steps);
    CHECK_OK(model_close_writer(&model));
    xo_reader *reader = open_recording(path);
    xo_reader_info(reader, &info);
    CHECK(info.complete && info.steps == model.steps.count);
    CHECK_EQUAL(model.objects.count, info.objects);
    CHECK_EQUAL(model.frames.count, info.frames);
    model_check_steps(&model, reader, seed % every, every);
    model_check_outputs(&model, reader);
    xo_reader_close(reader);
    model_free(&model);
}

static void
small_chunks(void)
{
    for (uint64_t seed = 1; seed <= 12; seed++) {
        check_seed(seed, 100 + 50 * seed, 2000, 7);
    }
}

static void
every_single_step(void)
{
    check_seed(100, 600, 1500, 1);
}

static void
large_chunks(void)
{
    for (uint64_t seed = 20; seed <= 23; seed++) {
        check_seed(seed, 0, 3000, 11);
    }
}

/* Chunks of a few records each: 64 * 64 of them, so that index blocks of level 2 are used. */
static void
index_levels(void)
{
    for (uint64_t seed = 40; seed <= 41; seed++) {
        check_seed(seed, 1, 6000, 97);
    }
}

const xo_test model_tests[] = {
    {"random programs read back right from small chunks", small_chunks},
    {"a random program reads back right at every single step", every_single_step},
    {"random programs read back right from large chunks", large_chunks},
    {"random programs read back right over several levels of indexes", index_levels},
    {0},
};
