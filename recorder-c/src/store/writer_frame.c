/* Threads and their stacks. */
#include "writer_private.h"

#include <assert.h>

static inline xo_frame *
push(xo_writer *writer)
{
    xo_thread *thread = writer->thread;
    void *frames = thread->frames;
    size_t capacity = thread->capacity;
    if (thread->depth == UINT32_MAX / 2
        || !xo_array_reserve(&frames, &capacity, (size_t)thread->depth + 1, sizeof(xo_frame))) {
        xo_writer_fail(writer, XO_NO_MEMORY);
        writer->own->lost_frames++;
        return &thread->frames[thread->depth - 1];
    }
    thread->frames = frames;
    thread->capacity = (uint32_t)capacity;
    return &thread->frames[thread->depth++];
}

/* ENTER and FRAME: the frame as it is, all but the values. */
static inline void
put_frame(xo_writer *writer, xo_op op, xo_frame *frame, uint64_t globals, uint64_t locals, uint32_t variable_count)
{
    xo_reserve(writer, 1 + 6 * 10);
    frame->bound = frame->variables_chunk == writer->chunk ? frame->bound : 0;
    frame->variables_position = xo_here(writer);
    frame->variables_chunk = writer->chunk;
    uint8_t *at = writer->cursor;
    *at++ = (uint8_t)op;
    at = xo_varint_at(at, frame->number);
    at = xo_varint_at(at, frame->code);
    at = xo_varint_at(at, xo_zigzag(frame->line));
    at = xo_varint_at(at, globals);
    at = xo_varint_at(at, locals);
    writer->cursor = xo_varint_at(at, variable_count);
}

static inline xo_frame *
push_frame(xo_writer *writer, uint64_t number, uint32_t code, int32_t line)
{
    assert(code >= 1 && code <= writer->own->code_count);
    xo_frame *frame = push(writer);
    *frame = (xo_frame){
        .number = number,
        .code = code,
        .line = line,
        .place_origin = writer->own->place_origins[code - 1],
    };
    return frame;
}

XO_CONTAINED xo_frame *
xo_enter_begin(xo_writer *writer, uint64_t number, uint32_t code, int32_t line, uint64_t globals, uint64_t locals,
               uint32_t variable_count)
{
    if (number == 0) {
        number = ++writer->last_frame;
    }
    xo_frame *frame = push_frame(writer, number, code, line);
    put_frame(writer, XO_OP_ENTER, frame, globals, locals, variable_count);
    return frame;
}

void
xo_frame_begin(xo_writer *writer, uint64_t globals, uint64_t locals, uint32_t variable_count)
{
    xo_frame *frame = &writer->thread->frames[writer->thread->depth - 1];
    put_frame(writer, XO_OP_FRAME, frame, globals, locals, variable_count);
}

void
xo_frame_end(xo_writer *writer)
{
    xo_publish(writer);
}

xo_frame *
xo_reenter(xo_writer *writer, uint64_t number, uint32_t code, int32_t line, xo_position variables_position)
{
    xo_frame *frame = push_frame(writer, number, code, line);
    frame->variables_position = variables_position;
    frame->variables_chunk = writer->chunk;
    xo_reserve(writer, 1 + 3 * 10);
    xo_put_raw(writer, XO_OP_REENTER);
    xo_put_raw_varint(writer, number);
    xo_put_raw_varint(writer, code);
    xo_put_raw_varint(writer, xo_zigzag(line));
    xo_publish(writer);
    return frame;
}

/* For the summary, before a frame is gone from the stack, or what it says of its bindings. */
static inline void
note_frame(xo_writer *writer, const xo_frame *frame)
{
    if (!writer->own->throws_away && !xo_summary_note_frame(writer, frame)) {
        xo_writer_fail(writer, XO_NO_MEMORY);
    }
}

void
xo_frame_outdate(xo_writer *writer, xo_frame *frame)
{
    note_frame(writer, frame);
    frame->variables_chunk = 0;
}

/* After a failure the stack keeps one frame, so that the inline functions always find one. */
static void
pop(xo_writer *writer)
{
    xo_thread *thread = writer->thread;
    if (writer->own->lost_frames > 0) {
        writer->own->lost_frames--;
    } else if (thread->depth > 1 || (thread->depth == 1 && !writer->own->throws_away)) {
        thread->depth--;
    }
    if (thread->depth < thread->min_depth) {
        thread->min_depth = thread->depth;
    }
}

XO_CONTAINED void
xo_leave(xo_writer *writer)
{
    assert(writer->thread->depth > 0 || writer->own->throws_away);
    xo_put_op(writer, XO_OP_LEAVE);
    if (writer->thread->depth > 0) {
        note_frame(writer, &writer->thread->frames[writer->thread->depth - 1]);
    }
    pop(writer);
    xo_publish(writer);
}

void
xo_threads_mark_current(xo_writer *writer)
{
    if (writer->thread != NULL) {
        writer->own->thread_chunks[writer->thread->number - 1] = writer->chunk;
    }
}

void
xo_writer_switch_thread(xo_writer *writer, xo_thread *thread)
{
    if (writer->thread == thread) {
        return;
    }
    writer->thread = thread;
    writer->own->thread_chunks[thread->number - 1] = writer->chunk;
    xo_reserve(writer, 1 + 10);
    xo_put_raw(writer, XO_OP_THREAD);
    xo_put_raw_varint(writer, thread->number);
    xo_publish(writer);
}
