#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint32_t
program_code(test_program *program, const char *name, uint32_t variables, uint32_t flags)
{
    static const int32_t lines[] = {1, 2, 50, 99};
    const char *names[64];
    uint8_t variable_flags[64];
    char texts[64][16];
    for (uint32_t i = 0; i < variables; i++) {
        snprintf(texts[i], sizeof texts[i], "v%u", (unsigned)i);
        names[i] = texts[i];
        variable_flags[i] = i == 1 ? XO_VARIABLE_CELL : 0;
    }
    xo_code_definition definition = {
        .name = name,
        .qualname = name,
        .file = program->file,
        .first_line = 1,
        .min_line = 1,
        .max_line = 99,
        .lines = lines,
        .line_count = 4,
        .flags = flags,
        .variable_count = variables,
        .variable_names = names,
        .variable_flags = variable_flags,
    };
    return xo_writer_define_code(program->writer, &definition);
}

static void
put_unbound(test_program *program)
{
    for (uint32_t i = 0; i < program->variables; i++) {
        xo_put_tag(program->writer, XO_TAG_UNBOUND);
    }
    xo_frame_end(program->writer);
}

static void
start_with(test_program *program, const char *name, xo_writer_options options, uint32_t variables)
{
    static const char *const notes[] = {"python", "3.13.1", NULL};
    options.notes = notes;
    snprintf(program->path_room, sizeof program->path_room, "%s", test_path(name));
    program->path = program->path_room;
    program->variables = variables;
    CHECK_OK(xo_writer_create(program->path, &options, &program->writer));
    program->file = xo_writer_define_file(program->writer, "main.py", "x = 1\n", 6);
    program->code = program_code(program, "<module>", variables, XO_CODE_MODULE);
    program->thread = xo_writer_define_thread(program->writer, 77, "MainThread");
    xo_writer_switch_thread(program->writer, program->thread);
    program_enter(program, program->code, variables);
}

void
program_start(test_program *program, const char *name, uint64_t chunk_bytes, uint32_t variables)
{
    start_with(program, name, (xo_writer_options){.chunk_bytes = chunk_bytes}, variables);
}

void
program_start_packed(test_program *program, const char *name, uint64_t chunk_bytes, uint32_t variables)
{
    start_with(program, name, (xo_writer_options){.chunk_bytes = chunk_bytes, .compress_from = 1}, variables);
}

void
program_start_in_background(test_program *program, const char *name, uint64_t chunk_bytes, uint32_t variables)
{
    start_with(program, name, (xo_writer_options){.chunk_bytes = chunk_bytes, .compress_from = 1, .in_background = true}, variables);
}

void
program_start_bounded(test_program *program, const char *name, uint64_t max_bytes, uint32_t variables)
{
    start_with(program, name, (xo_writer_options){.max_bytes = max_bytes}, variables);
}

void
program_enter(test_program *program, uint32_t code, uint32_t variables)
{
    program->variables = variables;
    xo_enter_begin(program->writer, 0, code, 1, 0, 0, variables);
    put_unbound(program);
    xo_step(program->writer, XO_OP_CALL);
}

void
program_refresh(test_program *program)
{
    xo_thread *thread = program->writer->thread;
    if (thread->frames[thread->depth - 1].variables_chunk != program->writer->chunk) {
        xo_frame_begin(program->writer, 0, 0, program->variables);
        put_unbound(program);
    }
}

void
program_line(test_program *program, int32_t line, int64_t value)
{
    program_refresh(program);
    xo_put_bind(program->writer, 0);
    xo_put_int(program->writer, value);
    xo_step_line(program->writer, line);
}

void
program_return(test_program *program)
{
    program_refresh(program);
    xo_put_op(program->writer, XO_OP_RESULT);
    xo_put_tag(program->writer, XO_TAG_NONE);
    xo_step(program->writer, XO_OP_RETURN);
    xo_leave(program->writer);
}

xo_reader *
open_recording(const char *path)
{
    xo_reader *reader;
    CHECK_OK(xo_reader_open(path, &reader));
    return reader;
}

xo_reader *
program_finish(test_program *program)
{
    xo_writer *writer = program->writer;
    program->writer = NULL;
    CHECK_OK(xo_writer_close(writer));
    return open_recording(program->path);
}

xo_value
variable_at(xo_reader *reader, uint64_t step, size_t slot)
{
    xo_step_view view;
    xo_value *values, result;
    size_t count;
    CHECK_OK(xo_reader_step(reader, step, &view));
    CHECK_OK(xo_reader_variables(reader, step, view.thread, view.frame, &values, &count, &result));
    CHECK(slot < count);
    xo_value value = values[slot];
    free(values);
    return value;
}

xo_contents *
contents_at(xo_reader *reader, uint64_t step, uint64_t object)
{
    xo_contents *contents;
    CHECK_OK(xo_reader_contents(reader, step, object, &contents));
    return contents;
}

bool
is_text(const xo_value *value, const char *text)
{
    return value->kind == XO_STR && value->size_bytes == strlen(text)
           && memcmp(value->bytes, text, strlen(text)) == 0;
}

bool
is_int(const xo_value *value, int64_t number)
{
    return value->kind == XO_INT && value->integer == number;
}

static volatile uint8_t sink;

/* Touches a text's bytes, so that a wrong address shows. */
static void
touch(const xo_value *value)
{
    bool has_bytes = value->kind == XO_STR || value->kind == XO_BYTES || value->kind == XO_BIGINT;
    if (has_bytes && value->size_bytes > 0) {
        sink = (uint8_t)(value->bytes[0] ^ value->bytes[value->size_bytes - 1]);
    }
}

static bool
read_contents(xo_reader *reader, uint64_t step, uint64_t object)
{
    xo_contents *contents;
    xo_change *changes;
    size_t count;
    xo_status status = xo_reader_contents(reader, step, object, &contents);
    if (status == XO_OK) {
        const xo_buffer_contents *memory = &contents->buffer;
        if (contents->kind == XO_KIND_BUFFER && memory->size_bytes > 0) {
            sink = (uint8_t)(memory->bytes[0] ^ memory->bytes[memory->size_bytes - 1]);
        }
        for (size_t i = 0; i < contents->item_count && contents->kind != XO_KIND_BUFFER; i++) {
            touch(&contents->items[i].key);
            touch(&contents->items[i].value);
        }
        for (size_t i = 0; i < contents->attribute_count; i++) {
            touch(&contents->attributes[i].key);
            touch(&contents->attributes[i].value);
        }
    }
    xo_contents_free(contents);
    bool fine = status == XO_OK || status == XO_NOT_FOUND;
    status = xo_reader_history(reader, step, object, 5, &changes, &count);
    free(changes);
    return fine && (status == XO_OK || status == XO_NOT_FOUND);
}

static bool
read_frame(xo_reader *reader, const xo_step_view *step, uint64_t frame)
{
    xo_value *values, result;
    size_t count;
    xo_status status = xo_reader_variables(reader, step->step, step->thread, frame, &values, &count, &result);
    for (size_t i = 0; i < count; i++) {
        touch(&values[i]);
    }
    free(values);
    return status == XO_OK;
}

static bool
read_step(xo_reader *reader, uint64_t step, const xo_info *info)
{
    xo_step_view view;
    xo_frame_view *frames;
    xo_thread_view thread;
    size_t count;
    bool fine = xo_reader_step(reader, step, &view) == XO_OK;
    if (!fine) {
        return false;
    }
    fine = xo_reader_stack(reader, step, view.thread, &frames, &count) == XO_OK;
    for (size_t i = 0; i < count; i++) {
        fine = read_frame(reader, &view, frames[i].frame) && fine;
    }
    free(frames);
    (void)xo_reader_thread(reader, step, 1, &thread);
    uint64_t objects = info->objects < 40 ? info->objects : 40;
    for (uint64_t object = 1; object <= objects; object++) {
        fine = read_contents(reader, step, object) && fine;
    }
    return fine;
}

static bool
read_searches(xo_reader *reader)
{
    uint64_t visits[] = {(uint64_t)1 << 32 | 3, (uint64_t)1 << 32 | 7};
    xo_filter filters[] = {
        {.max_depth = UINT32_MAX, .visits = visits, .visit_count = 2},
        {.max_depth = 0, .kinds = 1u << XO_STEP_RETURN},
        {.max_depth = UINT32_MAX, .frame = 3, .thread = 1},
    };
    bool fine = true;
    for (size_t i = 0; i < 3; i++) {
        uint64_t step;
        xo_status forward = xo_reader_find(reader, -1, true, &filters[i], NULL, &step);
        xo_status backward = xo_reader_find(reader, INT64_MAX, false, &filters[i], NULL, &step);
        fine = fine && (forward == XO_OK || forward == XO_NOT_FOUND) && forward == backward;
    }
    return fine;
}

bool
read_everything(xo_reader *reader, uint64_t every)
{
    xo_info info;
    xo_output_view *outputs;
    size_t count;
    xo_reader_info(reader, &info);
    bool fine = read_searches(reader);
    fine = xo_reader_output(reader, 0, 10, &outputs, &count) == XO_OK && fine;
    free(outputs);
    for (uint64_t step = 0; step < info.steps; step += every) {
        fine = read_step(reader, step, &info) && fine;
    }
    return fine;
}
