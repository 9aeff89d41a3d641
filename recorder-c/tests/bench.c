/* store_bench [steps] [file]: writes a recording of so many steps (10 million) and measures what reading it takes.
 *
 * The program it plays: a loop that calls a function; each call binds, appends to a list, sets a dict's key and an
 * instance's attribute, and makes and drops an object. */
#define _GNU_SOURCE
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { OBJECTS = 3000 };

typedef struct {
    test_program program;
    uint32_t callee;
    xo_entity *entities[OBJECTS]; /* list, dict, instance, list, … */
    uint64_t sizes[OBJECTS];
    uint64_t random;
} test_bench;

static double
now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now); /* others may use the machine, too */
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static uint64_t
next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

static void
put_image(test_bench *bench, size_t which)
{
    static const uint8_t kinds[] = {XO_KIND_LIST, XO_KIND_DICT, XO_KIND_INSTANCE};
    xo_writer *writer = bench->program.writer;
    uint8_t kind = kinds[which % 3];
    xo_position start = xo_record_begin(writer, XO_OP_IMAGE, bench->entities[which]);
    xo_put_varint(writer, 1);
    xo_reserve(writer, 1);
    xo_put_raw(writer, kind);
    if (kind != XO_KIND_INSTANCE) {
        xo_put_varint(writer, bench->sizes[which]);
    }
    for (uint64_t i = 0; kind != XO_KIND_INSTANCE && i < bench->sizes[which] * (kind == XO_KIND_DICT ? 2 : 1); i++) {
        xo_put_int(writer, (int64_t)i);
    }
    xo_reserve(writer, 1);
    xo_put_raw(writer, XO_ATTRS_NONE);
    xo_record_end(writer, bench->entities[which], start, true);
}

static void
make_objects(test_bench *bench)
{
    for (size_t i = 0; i < OBJECTS; i++) {
        bench->entities[i] = xo_writer_new_entity(bench->program.writer);
        put_image(bench, i);
    }
}

static void
change_object(test_bench *bench)
{
    xo_writer *writer = bench->program.writer;
    size_t which = (size_t)(next_random(&bench->random) % OBJECTS);
    xo_entity *entity = bench->entities[which];
    if (xo_image_is_due(entity) || bench->sizes[which] > 200) {
        bench->sizes[which] = bench->sizes[which] > 200 ? 0 : bench->sizes[which];
        put_image(bench, which);
        return;
    }
    static const xo_op ops[] = {XO_OP_LIST_APPEND, XO_OP_DICT_SET, XO_OP_ATTR_SET};
    xo_position start = xo_record_begin(writer, ops[which % 3], entity);
    if (which % 3 == 1) {
        xo_put_int(writer, (int64_t)bench->sizes[which]);
    } else if (which % 3 == 2) {
        xo_put_str(writer, "attribute", 9);
    }
    xo_put_int(writer, (int64_t)which);
    xo_record_end(writer, entity, start, false);
    bench->sizes[which]++;
}

static void
make_and_drop(test_bench *bench)
{
    xo_writer *writer = bench->program.writer;
    xo_entity *entity = xo_writer_new_entity(writer);
    xo_position start = xo_record_begin(writer, XO_OP_IMAGE, entity);
    xo_put_varint(writer, 1);
    xo_reserve(writer, 2);
    xo_put_raw(writer, XO_KIND_INSTANCE);
    xo_put_raw(writer, XO_ATTRS_NONE);
    xo_record_end(writer, entity, start, true);
    xo_writer_end_entity(writer, entity);
}

/* Fourteen steps. */
static void
play_round(test_bench *bench, uint64_t round)
{
    test_program *program = &bench->program;
    program->variables = 2;
    for (int i = 0; i < 3; i++) {
        program_line(program, 10 + i, (int64_t)round);
    }
    program_enter(program, bench->callee, 2);
    for (int i = 0; i < 8; i++) {
        program_line(program, 1 + i, (int64_t)round * i);
    }
    change_object(bench);
    make_and_drop(bench);
    program_line(program, 50, 1);
    program_return(program);
}

static void
write_recording(test_bench *bench, const char *path, uint64_t steps)
{
    xo_writer_options options = {0};
    test_program *program = &bench->program;
    double start = now_ms();
    CHECK_OK(xo_writer_create(path, &options, &program->writer));
    program->path = path;
    program->file = xo_writer_define_file(program->writer, "main.py", "x = 1\n", 6);
    program->code = program_code(program, "<module>", 2, XO_CODE_MODULE);
    bench->callee = program_code(program, "callee", 2, 0);
    program->thread = xo_writer_define_thread(program->writer, 1, "main");
    xo_writer_switch_thread(program->writer, program->thread);
    make_objects(bench);
    program_enter(program, program->code, 2);
    for (uint64_t round = 0; program->writer->steps < steps; round++) {
        play_round(bench, round);
    }
    steps = program->writer->steps;
    CHECK_OK(xo_writer_close(program->writer));
    printf("writing              %9.2f ns/step\n", (now_ms() - start) * 1e6 / (double)steps);
}

static void
read_state(xo_reader *reader, uint64_t step, uint64_t *random)
{
    xo_step_view view;
    xo_frame_view *frames;
    xo_value *values, result;
    xo_contents *contents;
    size_t count, value_count;
    CHECK_OK(xo_reader_step(reader, step, &view));
    CHECK_OK(xo_reader_stack(reader, step, view.thread, &frames, &count));
    for (size_t i = 0; i < count; i++) {
        CHECK_OK(xo_reader_variables(reader, step, view.thread, frames[i].frame, &values, &value_count, &result));
        free(values);
    }
    free(frames);
    for (int i = 0; i < 5; i++) {
        CHECK_OK(xo_reader_contents(reader, step, 1 + next_random(random) % OBJECTS, &contents));
        xo_contents_free(contents);
    }
}

static void
measure_states(xo_reader *reader, uint64_t steps, const char *name, bool neighbours)
{
    enum { COUNT = 500 };
    uint64_t random = 7;
    double worst = 0;
    double begin = now_ms();
    for (uint64_t i = 0; i < COUNT; i++) {
        uint64_t step = neighbours ? steps / 2 + i : next_random(&random) * next_random(&random) % steps;
        double start = now_ms();
        read_state(reader, step, &random);
        double took = now_ms() - start;
        worst = took > worst ? took : worst;
    }
    printf("%-20s %9.3f ms   worst %.3f ms\n", name, (now_ms() - begin) / COUNT, worst);
}

static void
measure_find(xo_reader *reader, uint64_t steps)
{
    uint64_t visits[] = {(uint64_t)1 << 32 | 77};
    xo_filter nowhere = {.max_depth = UINT32_MAX, .visits = visits, .visit_count = 1};
    xo_filter outermost = {.max_depth = UINT32_MAX, .frame = 1};
    uint64_t step;
    double start = now_ms();
    CHECK_STATUS(XO_NOT_FOUND, xo_reader_find(reader, -1, true, &nowhere, NULL, &step));
    printf("a line never visited %9.3f ms\n", now_ms() - start);
    start = now_ms();
    CHECK_OK(xo_reader_find(reader, (int64_t)steps, false, &outermost, NULL, &step));
    printf("frame, backwards     %9.3f ms\n", now_ms() - start);
}

/* Opens the file; *reader is the caller's then. */
static void
measure_open(const char *path, const char *name, xo_reader **reader)
{
    double start = now_ms();
    CHECK_OK(xo_reader_open(path, reader));
    printf("%-20s %9.3f ms\n", name, now_ms() - start);
}

/* Without its footer, as after a crash. */
static void
measure_recovery(const char *path)
{
    xo_reader *reader;
    xo_info info;
    CHECK_OK(xo_reader_open(path, &reader));
    xo_reader_info(reader, &info);
    xo_reader_close(reader);
    CHECK(truncate(path, (long)info.file_bytes - 64) == 0);
    double start = now_ms();
    CHECK_OK(xo_reader_open(path, &reader));
    double took = now_ms() - start;
    printf("recovery             %9.3f ms   %.0f MB/s\n", took, (double)info.file_bytes / 1e3 / took);
    xo_reader_close(reader);
}

static void
run(uint64_t steps, const char *path)
{
    static test_bench bench;
    xo_reader *reader;
    xo_info info;
    write_recording(&bench, path, steps);
    measure_open(path, "opening", &reader);
    xo_reader_info(reader, &info);
    printf("%llu steps, %llu chunks, %.2f bytes/step, indexes %.1f %%\n", (unsigned long long)info.steps,
           (unsigned long long)info.chunks, (double)info.file_bytes / (double)info.steps,
           100.0 * (double)info.index_bytes / (double)info.file_bytes);
    measure_states(reader, info.steps, "state, anywhere", false);
    measure_states(reader, info.steps, "state, again", false);
    measure_states(reader, info.steps, "state, neighbours", true);
    measure_find(reader, info.steps);
    xo_reader_close(reader);
    measure_recovery(path);
}

int
main(int count, char **arguments)
{
    uint64_t steps = count > 1 ? strtoull(arguments[1], NULL, 10) : 10000000;
    run(steps, count > 2 ? arguments[2] : test_path("bench.xrec"));
    return 0;
}
