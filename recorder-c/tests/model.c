#include "model.h"

#include <stdlib.h>

#define GENERATOR 3 /* index of the code whose frames are suspended */

uint64_t model_compress_from;
bool model_in_background;

static const uint32_t slot_counts[MODEL_CODES] = {3, 6, 40, 5};

uint32_t
model_slots_of(const test_model *model, uint32_t code)
{
    for (size_t i = 0; i < MODEL_CODES; i++) {
        if (model->codes[i] == code) {
            return slot_counts[i];
        }
    }
    return 0;
}

bool
model_slot_is_cell(uint32_t slot)
{
    return slot % 3 == 2;
}

static void
define_codes(test_model *model)
{
    static const int32_t lines[] = {10, 20, 300};
    static const char *names[40];
    static uint8_t flags[40];
    for (uint32_t i = 0; i < 40; i++) {
        names[i] = "variable";
        flags[i] = model_slot_is_cell(i) ? XO_VARIABLE_CELL : 0;
    }
    for (size_t i = 0; i < MODEL_CODES; i++) {
        xo_code_definition definition = {
            .name = "f",
            .qualname = "Class.f",
            .file = model->files[i % 2],
            .first_line = 10,
            .min_line = 10,
            .max_line = 300,
            .lines = lines,
            .line_count = 3,
            .flags = i == GENERATOR ? XO_CODE_GENERATOR : 0,
            .variable_count = slot_counts[i],
            .variable_names = names,
            .variable_flags = flags,
        };
        model->codes[i] = xo_writer_define_code(model->writer, &definition);
    }
}

void
model_start(test_model *model, const char *path, uint64_t seed, uint64_t chunk_bytes)
{
    static const char *const names[MODEL_THREADS] = {"main", "second", "third"};
    xo_writer_options options = {.chunk_bytes = chunk_bytes, .compress_from = model_compress_from,
                                 .in_background = model_in_background};
    memset(model, 0, sizeof *model);
    model->random = seed * 0x9e3779b97f4a7c15u + 1;
    CHECK_OK(xo_writer_create(path, &options, &model->writer));
    model->files[0] = xo_writer_define_file(model->writer, "one.py", NULL, 0);
    model->files[1] = xo_writer_define_file(model->writer, "two.py", "pass\n", 5);
    define_codes(model);
    for (size_t i = 0; i < MODEL_THREADS; i++) {
        model->threads[i] = xo_writer_define_thread(model->writer, 1000 + i, names[i]);
    }
    xo_writer_switch_thread(model->writer, model->threads[0]);
    model_make_objects(model);
}

static model_place *
top_place(test_model *model)
{
    return &model->stacks[model->current][model->depths[model->current] - 1];
}

static model_frame *
top_frame(test_model *model)
{
    return &model->frames.items[top_place(model)->frame];
}

static void
put_variables(test_model *model, model_frame *frame)
{
    for (uint32_t i = 0; i < frame->variable_count; i++) {
        model_put_value(model, &frame->values[i]);
    }
    xo_frame_end(model->writer);
}

static void
remember_place(test_model *model, model_frame *frame, const xo_frame *written)
{
    (void)model;
    frame->variables_position = written->variables_position;
    frame->variables_chunk = written->variables_chunk;
}

/* After a turn of the chunk a frame's variables are written before anything else happens to it. */
static void
refresh_frame(test_model *model)
{
    xo_thread *thread = model->writer->thread;
    xo_frame *written = &thread->frames[thread->depth - 1];
    model_frame *frame = top_frame(model);
    if (written->variables_chunk != model->writer->chunk) {
        xo_frame_begin(model->writer, frame->globals, frame->locals, frame->variable_count);
        put_variables(model, frame);
    }
    remember_place(model, frame, written);
}

static void
snapshot_frame(test_model *model, model_frame *frame)
{
    size_t bytes = (frame->variable_count + 1) * sizeof *frame->values;
    frame->versions = realloc(frame->versions, (frame->version_count + 1) * sizeof *frame->versions);
    model_variables *version = &frame->versions[frame->version_count++];
    version->step = model->writer->steps;
    version->values = malloc(bytes);
    memcpy(version->values, frame->values, bytes);
    frame->changed = false;
}

static void
snapshot_stacks(const test_model *model, model_step *step)
{
    for (size_t i = 0; i < MODEL_THREADS; i++) {
        step->depths[i] = model->depths[i];
        step->stacks[i] = malloc((model->depths[i] + 1) * sizeof *step->stacks[i]);
        memcpy(step->stacks[i], model->stacks[i], model->depths[i] * sizeof *step->stacks[i]);
    }
}

/* Keeps everything as it is at the step that is about to be written. */
static model_step *
snapshot(test_model *model, xo_step_kind kind)
{
    model_snapshot_objects(model);
    for (size_t i = 0; i < model->frames.count; i++) {
        if (model->frames.items[i].changed) {
            snapshot_frame(model, &model->frames.items[i]);
        }
    }
    model_step *step = MODEL_ADD(&model->steps);
    step->kind = kind;
    step->thread = (uint32_t)model->current + 1;
    snapshot_stacks(model, step);
    return step;
}

static void
do_step(test_model *model, xo_op op, xo_step_kind kind)
{
    refresh_frame(model);
    snapshot(model, kind);
    xo_step(model->writer, op);
}

static void
do_line(test_model *model)
{
    int32_t line = 10 + (int32_t)model_random(model, 291);
    refresh_frame(model);
    top_place(model)->line = line;
    snapshot(model, XO_STEP_LINE);
    xo_step_line(model->writer, line);
}

static void
do_result(test_model *model, xo_op put, xo_op op, xo_step_kind kind)
{
    xo_value value = model_random_value(model);
    refresh_frame(model);
    bool given = model_random(model, 4) != 0;
    if (given) {
        xo_put_op(model->writer, put);
        model_put_value(model, &value);
    }
    model_step *step = snapshot(model, kind);
    if (given) {
        step->result = value;
    }
    xo_step(model->writer, op);
}

static void
push(test_model *model, uint32_t frame, int32_t line)
{
    model->stacks[model->current][model->depths[model->current]++] = (model_place){frame, line};
}

static void
enter(test_model *model)
{
    size_t which = (size_t)model_random(model, MODEL_CODES);
    model_frame *frame = MODEL_ADD(&model->frames);
    frame->code = model->codes[which];
    frame->variable_count = slot_counts[which];
    frame->values = calloc(frame->variable_count + 1, sizeof *frame->values);
    frame->globals = model_random(model, 50);
    frame->locals = model_random(model, 3);
    frame->changed = true;
    for (uint32_t i = 0; i < frame->variable_count; i++) {
        frame->values[i] = model_random(model, 2) ? model_random_value(model) : (xo_value){0};
    }
    xo_frame *written = xo_enter_begin(model->writer, 0, frame->code, 10, frame->globals, frame->locals,
                                       frame->variable_count);
    frame->number = written->number;
    put_variables(model, frame);
    push(model, (uint32_t)model->frames.count - 1, 10);
    do_result(model, XO_OP_RESULT, XO_OP_CALL, XO_STEP_CALL);
}

static void
leave(test_model *model)
{
    xo_leave(model->writer);
    model->depths[model->current]--;
}

static void
suspend(test_model *model)
{
    do_result(model, XO_OP_RESULT, XO_OP_YIELD, XO_STEP_YIELD);
    model_frame *frame = top_frame(model);
    frame->line = top_place(model)->line;
    uint32_t *slot = MODEL_ADD(&model->suspended);
    *slot = top_place(model)->frame;
    leave(model);
}

static void
resume(test_model *model)
{
    size_t which = (size_t)model_random(model, model->suspended.count);
    uint32_t number = model->suspended.items[which];
    model->suspended.items[which] = model->suspended.items[--model->suspended.count];
    model_frame *frame = &model->frames.items[number];
    if (frame->variables_chunk == model->writer->chunk) {
        xo_reenter(model->writer, frame->number, frame->code, frame->line, frame->variables_position);
    } else {
        xo_enter_begin(model->writer, frame->number, frame->code, frame->line, frame->globals, frame->locals,
                       frame->variable_count);
        put_variables(model, frame);
    }
    push(model, number, frame->line);
    do_step(model, XO_OP_RESUME, XO_STEP_RESUME);
}

static void
bind(test_model *model)
{
    refresh_frame(model);
    model_frame *frame = top_frame(model);
    uint32_t slot = (uint32_t)model_random(model, frame->variable_count);
    xo_value value = model_random_value(model);
    xo_put_bind(model->writer, slot);
    model_put_value(model, &value);
    frame->values[slot] = value;
    frame->changed = true;
}

static void
print(test_model *model)
{
    size_t text = model_new_text(model, "printed\n", 8);
    model_output *output = MODEL_ADD(&model->outputs);
    *output = (model_output){model->writer->steps == 0 ? 0 : model->writer->steps - 1, 1 + (int)(text % 2), text};
    xo_writer_output(model->writer, output->stream, "printed\n", 8);
}

static void
switch_thread(test_model *model)
{
    model->current = (size_t)model_random(model, MODEL_THREADS);
    xo_writer_switch_thread(model->writer, model->threads[model->current]);
}

static void
run_frame(test_model *model, uint64_t choice)
{
    if (choice < 50) {
        bind(model);
        do_line(model);
    } else if (choice < 60) {
        do_line(model);
    } else if (choice < 65) {
        do_result(model, XO_OP_RAISED, XO_OP_EXCEPTION, XO_STEP_EXCEPTION);
    } else if (top_frame(model)->code == model->codes[GENERATOR] && choice < 80) {
        suspend(model);
    } else {
        do_result(model, XO_OP_RESULT, XO_OP_RETURN, XO_STEP_RETURN);
        leave(model);
    }
}

static void
act(test_model *model)
{
    size_t depth = model->depths[model->current];
    uint64_t choice = model_random(model, 100);
    model_change_objects(model);
    if (choice < 4) {
        switch_thread(model);
    } else if (choice < 6) {
        print(model);
    } else if (choice < 7 && depth > 0) {
        xo_writer_turn_chunk(model->writer);
    } else if (depth == 0 || (choice < 20 && depth < MODEL_LONGEST - 2)) {
        enter(model);
    } else if (choice < 26 && model->suspended.count > 0 && depth < MODEL_LONGEST - 2) {
        resume(model);
    } else {
        run_frame(model, model_random(model, 100));
    }
}

void
model_run(test_model *model, size_t steps)
{
    uint64_t end = model->writer->steps + steps;
    while (model->writer->steps < end) {
        act(model);
    }
}

xo_status
model_close_writer(test_model *model)
{
    xo_writer *writer = model->writer;
    model->writer = NULL;
    return xo_writer_close(writer);
}

void
model_free(test_model *model)
{
    xo_writer_abandon(model->writer);
    model_free_objects(model);
    for (size_t i = 0; i < model->frames.count; i++) {
        model_frame *frame = &model->frames.items[i];
        for (size_t version = 0; version < frame->version_count; version++) {
            free(frame->versions[version].values);
        }
        free(frame->versions);
        free(frame->values);
    }
    for (size_t i = 0; i < model->steps.count; i++) {
        for (size_t thread = 0; thread < MODEL_THREADS; thread++) {
            free(model->steps.items[i].stacks[thread]);
        }
    }
    for (size_t i = 0; i < model->texts.count; i++) {
        free(model->texts.items[i].bytes);
    }
    free(model->frames.items);
    free(model->steps.items);
    free(model->texts.items);
    free(model->outputs.items);
    free(model->suspended.items);
}
