/* The start table and the summary of a log chunk. */
#include "writer_private.h"

#include <stdlib.h>

static void
put_frames(xo_buffer *buffer, const xo_thread *thread, xo_position start)
{
    uint64_t previous = 0;
    for (uint32_t i = 0; i < thread->depth; i++) {
        const xo_frame *frame = &thread->frames[i];
        xo_buffer_zigzag(buffer, (int64_t)(frame->number - previous));
        xo_buffer_varint(buffer, frame->code);
        xo_buffer_zigzag(buffer, frame->line);
        xo_buffer_varint(buffer, start - frame->variables_position);
        previous = frame->number;
    }
}

void
xo_start_table_put(const xo_writer *writer, xo_buffer *buffer)
{
    const xo_writer_private *own = writer->own;
    xo_position start = own->header.position + own->header.log_bytes;
    uint64_t count = 0;
    for (size_t i = 0; i < own->thread_count; i++) {
        count += own->threads[i]->depth > 0;
    }
    xo_buffer_varint(buffer, writer->thread != NULL ? writer->thread->number : 0);
    xo_buffer_varint(buffer, count);
    for (size_t i = 0; i < own->thread_count; i++) {
        const xo_thread *thread = own->threads[i];
        if (thread->depth > 0) {
            xo_buffer_varint(buffer, thread->number);
            xo_buffer_varint(buffer, thread->depth);
            put_frames(buffer, thread, start);
        }
    }
}

static void
put_step_counts(const xo_writer *writer, xo_buffer *buffer)
{
    uint64_t lines = writer->steps - writer->own->header.first_step;
    for (int op = XO_OP_CALL; op <= XO_OP_EXCEPTION; op++) {
        lines -= writer->step_counts[op];
    }
    xo_buffer_varint(buffer, lines);
    for (int op = XO_OP_CALL; op <= XO_OP_EXCEPTION; op++) {
        xo_buffer_varint(buffer, writer->step_counts[op]);
    }
}

static void
put_threads(const xo_writer *writer, xo_buffer *buffer)
{
    const xo_writer_private *own = writer->own;
    uint64_t count = 0;
    for (size_t i = 0; i < own->thread_count; i++) {
        count += own->thread_chunks[i] == writer->chunk;
    }
    xo_buffer_varint(buffer, count);
    for (size_t i = 0; i < own->thread_count; i++) {
        if (own->thread_chunks[i] == writer->chunk) {
            xo_buffer_varint(buffer, own->threads[i]->number);
            xo_buffer_varint(buffer, own->threads[i]->min_depth);
        }
    }
}

/* The next visited place at `place` or after it; `count` when there is none. */
static size_t
next_visited(const uint8_t *visited, size_t place, size_t count)
{
    uint64_t word;
    while (place + 8 <= count) {
        memcpy(&word, visited + place, 8);
        if (word != 0) {
            break;
        }
        place += 8;
    }
    while (place < count && !visited[place]) {
        place++;
    }
    return place;
}

static void
put_visited(const xo_writer *writer, xo_buffer *buffer)
{
    size_t places = (size_t)writer->own->place_count;
    uint64_t count = 0;
    for (size_t at = next_visited(writer->visited, 0, places); at < places;
         at = next_visited(writer->visited, at + 1, places)) {
        count++;
    }
    xo_buffer_varint(buffer, count);
    size_t previous = 0;
    for (size_t at = next_visited(writer->visited, 0, places); at < places;
         at = next_visited(writer->visited, at + 1, places)) {
        xo_buffer_varint(buffer, at - previous);
        previous = at;
    }
}

static int
compare_numbers(const void *left, const void *right)
{
    uint64_t a = ((const xo_old_frame *)left)->number;
    uint64_t b = ((const xo_old_frame *)right)->number;
    return (a > b) - (a < b);
}

/* Generators that take turns come again and again: most repeats are caught here, before they have to be sorted. */
static bool
is_noted_just_now(xo_writer_private *own, const xo_frame *frame)
{
    size_t oldest = own->old_frame_count > 8 ? own->old_frame_count - 8 : 0;
    for (size_t i = own->old_frame_count; i > oldest; i--) {
        if (own->old_frames[i - 1].number == frame->number) {
            own->old_frames[i - 1].bound |= frame->bound;
            return true;
        }
    }
    return false;
}

bool
xo_summary_note_frame(xo_writer *writer, const xo_frame *frame)
{
    xo_writer_private *own = writer->own;
    void *frames = own->old_frames;
    bool has_bound = frame->variables_chunk == writer->chunk && frame->bound != 0;
    if (frame->number > own->header.last_frame || (frame->ran_chunk != writer->chunk && !has_bound)
        || is_noted_just_now(own, frame)) {
        return true;
    }
    if (!xo_array_reserve(&frames, &own->old_frames_capacity, own->old_frame_count + 1, sizeof *own->old_frames)) {
        return false;
    }
    own->old_frames = frames;
    own->old_frames[own->old_frame_count++] = (xo_old_frame){frame->number, frame->bound};
    return true;
}

static bool
note_frames_on_stacks(xo_writer *writer)
{
    for (size_t i = 0; i < writer->own->thread_count; i++) {
        const xo_thread *thread = writer->own->threads[i];
        for (uint32_t depth = 0; depth < thread->depth; depth++) {
            if (!xo_summary_note_frame(writer, &thread->frames[depth])) {
                return false;
            }
        }
    }
    return true;
}

/* Sorts the numbers and drops those that stand there already. */
static void
tidy_old_frames(xo_writer_private *own)
{
    size_t kept = 0;
    if (own->old_frame_count > 1) {
        qsort(own->old_frames, own->old_frame_count, sizeof *own->old_frames, compare_numbers);
    }
    for (size_t i = 0; i < own->old_frame_count; i++) {
        if (kept == 0 || own->old_frames[i].number != own->old_frames[kept - 1].number) {
            own->old_frames[kept++] = own->old_frames[i];
        } else {
            own->old_frames[kept - 1].bound |= own->old_frames[i].bound;
        }
    }
    own->old_frame_count = kept;
}

/* How many frames began in the chunk, which older ones ran in it, and which slots each of these bound. */
static bool
put_frames_that_ran(xo_writer *writer, xo_buffer *buffer)
{
    xo_writer_private *own = writer->own;
    uint64_t previous = 0;
    if (!note_frames_on_stacks(writer)) {
        return false;
    }
    tidy_old_frames(own);
    xo_buffer_varint(buffer, writer->last_frame - own->header.last_frame);
    xo_buffer_varint(buffer, own->old_frame_count);
    for (size_t i = 0; i < own->old_frame_count; i++) {
        xo_buffer_varint(buffer, own->old_frames[i].number - previous);
        previous = own->old_frames[i].number;
    }
    for (size_t i = 0; i < own->old_frame_count; i++) {
        xo_buffer_varint(buffer, own->old_frames[i].bound);
    }
    return true;
}

xo_status
xo_summary_put(xo_writer *writer, xo_buffer *buffer)
{
    size_t count;
    put_step_counts(writer, buffer);
    put_threads(writer, buffer);
    put_visited(writer, buffer);
    if (!put_frames_that_ran(writer, buffer)) {
        return XO_NO_MEMORY;
    }
    xo_status status = xo_index_gather(writer, 0, &count);
    if (status != XO_OK) {
        return status;
    }
    xo_buffer_u32(buffer, 0); /* no filter yet: writer_pack.c puts it in */
    size_t table = buffer->size;
    xo_object_table_put(buffer, writer->own->entries, count, writer->own->header.position);
    xo_buffer_u32(buffer, (uint32_t)(buffer->size - table));
    return buffer->failed ? XO_NO_MEMORY : XO_OK;
}

void
xo_summary_reset(xo_writer *writer)
{
    xo_writer_private *own = writer->own;
    memset(writer->step_counts, 0, sizeof writer->step_counts);
    if (own->place_count > 0) {
        memset(writer->visited, 0, (size_t)own->place_count);
    }
    own->old_frame_count = 0;
    for (size_t i = 0; i < own->thread_count; i++) {
        own->threads[i]->min_depth = own->threads[i]->depth;
    }
}
