/* Frames: pushed, written again, and brought along from before the copy's start. */
#include "copier.h"

#include <stdlib.h>

xo_frame *
xo_copy_top(const xo_copier *copier)
{
    const xo_thread *thread = copier->writer->thread;
    return thread == NULL || thread->depth == 0 ? NULL : &thread->frames[thread->depth - 1];
}

const xo_code_entry *
xo_copy_code(const xo_copier *copier, uint32_t number)
{
    bool known = number >= 1 && number <= copier->reader->codes.count;
    return known ? &copier->reader->codes.items[number - 1] : NULL;
}

static void
remember_frame(xo_copier *copier, uint64_t number, const xo_frame *frame)
{
    if (number > copier->writer->last_frame) {
        copier->writer->last_frame = number;
    }
    (void)xo_number_map_put(&copier->frames, number, frame->variables_position);
}

static bool
is_sound_frame(const xo_copier *copier, const xo_record *record)
{
    const xo_code_entry *code = xo_copy_code(copier, record->code);
    return code != NULL && copier->writer->thread != NULL && record->number <= copier->reader->last_frame + UINT32_MAX;
}

xo_status
xo_copy_enter(xo_copier *copier, const xo_record *record)
{
    if (!is_sound_frame(copier, record) || record->count > UINT32_MAX) {
        return XO_CORRUPT;
    }
    if (record->number > copier->writer->last_frame) {
        copier->writer->last_frame = record->number;
    }
    const xo_frame *frame = xo_enter_begin(copier->writer, record->number, record->code, (int32_t)record->line,
                                           record->globals, record->locals, (uint32_t)record->count);
    remember_frame(copier, record->number, frame);
    copier->code = record->code;
    xo_status status = xo_record_walk(record, xo_copy_part, copier);
    xo_frame_end(copier->writer);
    return status;
}

xo_status
xo_copy_frame(xo_copier *copier, const xo_record *record)
{
    const xo_frame *top = xo_copy_top(copier);
    if (top == NULL || top->number != record->number || record->count > UINT32_MAX) {
        return XO_CORRUPT;
    }
    xo_frame_begin(copier->writer, record->globals, record->locals, (uint32_t)record->count);
    remember_frame(copier, record->number, top);
    copier->code = top->code;
    xo_status status = xo_record_walk(record, xo_copy_part, copier);
    xo_frame_end(copier->writer);
    return status;
}

/* With all variables, as they are at this place of the original. */
static xo_status
enter_again(xo_copier *copier, const xo_record *record)
{
    xo_chunk_index *index;
    xo_status status = xo_reader_chunk_index(copier->reader, copier->chunk, &index);
    if (status != XO_OK) {
        return status;
    }
    const uint64_t *found = xo_number_map_get(&index->frame_by_number, record->number);
    if (found == NULL) {
        return XO_CORRUPT;
    }
    const xo_frame_mark *mark = &index->frames.items[*found];
    xo_frame_view view = {
        .frame = record->number,
        .code = record->code,
        .line = (int32_t)record->line,
        .globals = mark->globals,
        .locals = mark->locals,
    };
    return xo_copy_frame_at(copier, &view, copier->source.position + (uint64_t)(copier->source.at - copier->source.log)
                                               - index->position);
}

xo_status
xo_copy_reenter(xo_copier *copier, const xo_record *record)
{
    if (!is_sound_frame(copier, record)) {
        return XO_CORRUPT;
    }
    const uint64_t *position = xo_number_map_get(&copier->frames, record->number);
    if (position == NULL) {
        return copier->partial ? enter_again(copier, record) : XO_CORRUPT;
    }
    xo_reenter(copier->writer, record->number, record->code, (int32_t)record->line, *position);
    return XO_OK;
}

static xo_status
put_slots(xo_copier *copier, const xo_frame_view *frame, const uint64_t *positions, size_t count)
{
    xo_status status = XO_OK;
    xo_enter_begin(copier->writer, frame->frame, frame->code, frame->line, frame->globals, frame->locals,
                   (uint32_t)count);
    for (size_t i = 0; i < count && status == XO_OK; i++) {
        if (positions[i] == 0) {
            xo_put_tag(copier->writer, XO_TAG_UNBOUND);
        } else {
            status = xo_copy_value_at(copier, positions[i]);
        }
    }
    xo_frame_end(copier->writer);
    return status;
}

/* The objects that a frame's variables are come first: records don't nest. */
static xo_status
bring_slots(xo_copier *copier, const uint64_t *positions, size_t count, uint64_t end)
{
    for (size_t i = 0; i < count; i++) {
        xo_log_cursor cursor;
        xo_value value;
        if (positions[i] == 0) {
            continue;
        }
        xo_status status = xo_log_seek(copier->reader, positions[i], &cursor);
        if (status != XO_OK || (status = xo_value_read(copier->reader, &cursor, &value)) != XO_OK) {
            return status;
        }
        if (value.kind == XO_OBJECT && (status = xo_copy_older_object(copier, value.object, end)) != XO_OK) {
            return status;
        }
    }
    return XO_OK;
}

xo_status
xo_copy_frame_at(xo_copier *copier, const xo_frame_view *frame, uint64_t end)
{
    xo_chunk_index *index;
    uint64_t *positions = NULL;
    const xo_code_entry *code = xo_copy_code(copier, frame->code);
    xo_status status = xo_reader_chunk_index(copier->reader, copier->chunk, &index);
    if (status != XO_OK) {
        return status;
    }
    const uint64_t *mark = xo_number_map_get(&index->frame_by_number, frame->frame);
    if (code == NULL || mark == NULL) {
        return XO_CORRUPT;
    }
    size_t count = code->view.variable_count;
    if ((status = xo_frame_slots(copier->reader, index, &index->frames.items[*mark], end, count, &positions)) == XO_OK
        && (status = xo_copy_older_object(copier, frame->globals, end)) == XO_OK
        && (status = xo_copy_older_object(copier, frame->locals, end)) == XO_OK
        && (status = bring_slots(copier, positions, count, end)) == XO_OK) {
        status = put_slots(copier, frame, positions, count);
    }
    if (status == XO_OK) {
        remember_frame(copier, frame->frame, xo_copy_top(copier));
    }
    free(positions);
    return status;
}
