/* Definitions of files, codes and threads; notes and output. */
#include "writer_private.h"

#include <stdlib.h>

static void
put_text(xo_writer *writer, const char *text)
{
    xo_put_sized(writer, text, strlen(text));
}

/* A definition is whole: visible, and remembered for later generations. */
static void
end_definition(xo_writer *writer, xo_op op)
{
    if (!xo_definition_keep(writer, op, writer->own->definition)) {
        xo_writer_fail(writer, XO_NO_MEMORY);
    }
    xo_publish(writer);
}

static void
begin_definition(xo_writer *writer, xo_op op)
{
    xo_position start = xo_here(writer);
    xo_position previous = writer->own->definition;
    xo_put_op(writer, op);
    xo_put_varint(writer, previous == 0 ? 0 : start - previous);
    writer->own->definition = start;
}

uint32_t
xo_writer_define_file(xo_writer *writer, const char *path, const char *source, size_t source_bytes)
{
    uint32_t number = ++writer->own->file_count;
    begin_definition(writer, XO_OP_DEFINE_FILE);
    xo_put_varint(writer, number);
    put_text(writer, path);
    xo_put_varint(writer, source != NULL);
    xo_put_sized(writer, source, source != NULL ? source_bytes : 0);
    end_definition(writer, XO_OP_DEFINE_FILE);
    return number;
}

static uint64_t
places_of(const xo_code_definition *definition)
{
    return definition->max_line < definition->min_line
               ? 0
               : (uint64_t)((int64_t)definition->max_line - definition->min_line + 1);
}

/* Gives the code its range of places. */
static bool
add_places(xo_writer *writer, const xo_code_definition *definition)
{
    xo_writer_private *own = writer->own;
    uint64_t places = places_of(definition);
    void *origins = own->place_origins;
    void *visited = writer->visited;
    size_t needed = (size_t)(own->place_count + places);
    if (!xo_array_reserve(&origins, &own->place_origins_capacity, own->code_count + 1, sizeof *own->place_origins)) {
        return false;
    }
    own->place_origins = origins;
    if (!xo_array_reserve(&visited, &own->visited_capacity, needed, 1)) {
        return false;
    }
    writer->visited = visited;
    if (places > 0) {
        memset(writer->visited + own->place_count, 0, (size_t)places);
    }
    own->place_origins[own->code_count++] = (int64_t)own->place_count - definition->min_line;
    own->place_count += places;
    return true;
}

static void
put_lines(xo_writer *writer, const xo_code_definition *definition)
{
    int32_t previous = 0;
    xo_put_varint(writer, xo_zigzag(definition->min_line));
    xo_put_varint(writer, places_of(definition));
    xo_put_varint(writer, definition->line_count);
    for (size_t i = 0; i < definition->line_count; i++) {
        xo_put_varint(writer, xo_zigzag((int64_t)definition->lines[i] - previous));
        previous = definition->lines[i];
    }
}

static void
put_variables(xo_writer *writer, const xo_code_definition *definition)
{
    xo_put_varint(writer, definition->variable_count);
    for (size_t i = 0; i < definition->variable_count; i++) {
        put_text(writer, definition->variable_names[i]);
        xo_put_varint(writer, definition->variable_flags[i]);
    }
}

uint32_t
xo_writer_define_code(xo_writer *writer, const xo_code_definition *definition)
{
    if (!add_places(writer, definition)) {
        xo_writer_fail(writer, XO_NO_MEMORY);
        return 0;
    }
    uint32_t number = (uint32_t)writer->own->code_count;
    begin_definition(writer, XO_OP_DEFINE_CODE);
    xo_put_varint(writer, number);
    xo_put_varint(writer, definition->file);
    put_text(writer, definition->name);
    put_text(writer, definition->qualname);
    xo_put_varint(writer, xo_zigzag(definition->first_line));
    xo_put_varint(writer, definition->flags);
    put_lines(writer, definition);
    put_variables(writer, definition);
    end_definition(writer, XO_OP_DEFINE_CODE);
    return number;
}

static xo_thread *
add_thread(xo_writer_private *own)
{
    void *threads = own->threads;
    void *chunks = own->thread_chunks;
    if (!xo_array_reserve(&threads, &own->threads_capacity, own->thread_count + 1, sizeof *own->threads)) {
        return NULL;
    }
    own->threads = threads;
    if (!xo_array_reserve(&chunks, &own->thread_chunks_capacity, own->thread_count + 1, sizeof *own->thread_chunks)) {
        return NULL;
    }
    own->thread_chunks = chunks;
    xo_thread *thread = calloc(1, sizeof *thread);
    xo_frame *frames = calloc(16, sizeof *frames);
    if (thread == NULL || frames == NULL) {
        free(thread);
        free(frames);
        return NULL;
    }
    thread->frames = frames;
    thread->capacity = 16;
    own->thread_chunks[own->thread_count] = 0;
    own->threads[own->thread_count++] = thread;
    thread->number = (uint32_t)own->thread_count;
    return thread;
}

xo_thread *
xo_writer_define_thread(xo_writer *writer, uint64_t system_id, const char *name)
{
    xo_thread *thread = add_thread(writer->own);
    if (thread == NULL) {
        xo_writer_fail(writer, XO_NO_MEMORY);
        return NULL;
    }
    begin_definition(writer, XO_OP_DEFINE_THREAD);
    xo_put_varint(writer, thread->number);
    xo_put_varint(writer, system_id);
    put_text(writer, name);
    end_definition(writer, XO_OP_DEFINE_THREAD);
    return thread;
}

void
xo_writer_note(xo_writer *writer, const char *key, const char *text)
{
    begin_definition(writer, XO_OP_NOTE);
    put_text(writer, key);
    put_text(writer, text);
    end_definition(writer, XO_OP_NOTE);
}

void
xo_writer_output(xo_writer *writer, int stream, const char *text, size_t size_bytes)
{
    xo_position start = xo_here(writer);
    xo_position previous = writer->own->output;
    xo_put_op(writer, XO_OP_OUTPUT);
    xo_put_varint(writer, previous == 0 ? 0 : start - previous);
    xo_put_varint(writer, (uint64_t)stream);
    xo_put_sized(writer, text, size_bytes);
    writer->own->output = start;
    writer->own->output_count++;
    xo_publish(writer);
}
