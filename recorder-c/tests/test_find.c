/* Searches, compared with looking at every step. */
#include "model.h"

#include "files.h"
#include "program.h"

static test_model model;

static xo_reader *
record(uint64_t seed, uint64_t chunk_bytes, size_t steps)
{
    const char *path = test_path("find.xrec");
    model_start(&model, path, seed, chunk_bytes);
    model_run(&model, steps);
    CHECK_OK(model_close_writer(&model));
    return open_recording(path);
}

static int64_t
look(int64_t from, bool forward, const xo_filter *filter)
{
    int64_t steps = (int64_t)model.steps.count;
    int64_t at = forward ? from + 1 : (from > steps ? steps : from) - 1;
    while (at >= 0 && at < steps && !model_step_fits(&model, (uint64_t)at, filter)) {
        at += forward ? 1 : -1;
    }
    return at >= 0 && at < steps ? at : -1;
}

static xo_filter
random_filter(uint64_t visits[3])
{
    xo_filter filter = {.max_depth = UINT32_MAX};
    if (model_random(&model, 2)) {
        filter.kinds = (uint32_t)model_random(&model, 128) & 0x7e;
    }
    if (model_random(&model, 3) == 0) {
        filter.thread = 1 + (uint32_t)model_random(&model, MODEL_THREADS + 1);
    }
    if (model_random(&model, 3) == 0) {
        filter.frame = 1 + model_random(&model, model.frames.count + 2);
    }
    if (model_random(&model, 3) == 0) {
        filter.max_depth = (uint32_t)model_random(&model, 12);
    }
    if (model_random(&model, 2)) {
        filter.visits = visits;
        filter.visit_count = 1 + (size_t)model_random(&model, 3);
        for (size_t i = 0; i < 3; i++) {
            visits[i] = (uint64_t)model.files[model_random(&model, 2)] << 32 | (10 + model_random(&model, 292));
        }
    }
    return filter;
}

static void
check_searches(xo_reader *reader, int count)
{
    for (int i = 0; i < count; i++) {
        uint64_t visits[3], step = 0;
        xo_filter filter = random_filter(visits);
        int64_t from = (int64_t)model_random(&model, model.steps.count + 2) - 1;
        bool forward = model_random(&model, 2);
        int64_t expected = look(from, forward, &filter);
        set_context("search %d from %lld", i, (long long)from);
        xo_status status = xo_reader_find(reader, from, forward, &filter, NULL, &step);
        CHECK_STATUS(expected < 0 ? XO_NOT_FOUND : XO_OK, status);
        CHECK(expected < 0 || (uint64_t)expected == step);
    }
}

static void
searches_find_what_looking_finds(void)
{
    for (uint64_t seed = 60; seed < 66; seed++) {
        xo_reader *reader = record(seed, seed % 2 ? 150 : 3000, 3000);
        check_searches(reader, 3000);
        xo_reader_close(reader);
        model_free(&model);
    }
}

static void
searches_work_while_the_recording_goes_on(void)
{
    const char *path = test_path("find-live.xrec");
    model_start(&model, path, 71, 2000);
    model_run(&model, 100);
    xo_reader *reader = open_recording(path);
    for (int round = 0; round < 20; round++) {
        model_run(&model, 100);
        CHECK_OK(xo_reader_refresh(reader, NULL));
        check_searches(reader, 200);
    }
    xo_reader_close(reader);
    CHECK_OK(model_close_writer(&model));
    model_free(&model);
}

static void
a_search_can_be_given_up(void)
{
    volatile int cancel = 1;
    uint64_t step;
    xo_filter filter = {.max_depth = UINT32_MAX};
    xo_reader *reader = record(70, 0, 100);
    CHECK_STATUS(XO_NOT_FOUND, xo_reader_find(reader, -1, true, &filter, &cancel, &step));
    cancel = 0;
    CHECK_OK(xo_reader_find(reader, -1, true, &filter, &cancel, &step));
    CHECK_EQUAL(0, step);
    CHECK_OK(xo_reader_find(reader, INT64_MAX, false, &filter, &cancel, &step));
    CHECK_EQUAL(model.steps.count - 1, step);
    xo_reader_close(reader);
    model_free(&model);
}

const xo_test find_tests[] = {
    {"searches find what looking at every step finds", searches_find_what_looking_finds},
    {"searches work while the recording goes on", searches_work_while_the_recording_goes_on},
    {"a search can be given up", a_search_can_be_given_up},
    {0},
};
