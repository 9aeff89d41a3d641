/* Steps, stacks and what was defined. */
#include "reader_private.h"

#include <stdlib.h>

xo_status
xo_reader_step(xo_reader *reader, uint64_t step, xo_step_view *out)
{
    xo_located located;
    xo_question_begin(reader);
    xo_status status = xo_locate(reader, step, &located);
    if (status != XO_OK) {
        return status;
    }
    const xo_node *node = &located.index->nodes.items[located.mark->node];
    const xo_frame_mark *frame = &located.index->frames.items[node->frame];
    *out = (xo_step_view){
        .step = step,
        .kind = xo_step_mark_kind(located.mark),
        .thread = node->thread,
        .frame = frame->number,
        .depth = node->depth,
        .code = frame->code,
        .line = located.mark->line,
    };
    return XO_OK;
}

xo_status
xo_reader_code(xo_reader *reader, uint32_t code, xo_code_view *out)
{
    if (code < 1 || code > reader->codes.count) {
        return XO_NOT_FOUND;
    }
    *out = reader->codes.items[code - 1].view;
    return XO_OK;
}

xo_status
xo_reader_file(xo_reader *reader, uint32_t file, xo_file_view *out)
{
    if (file < 1 || file > reader->files.count) {
        return XO_NOT_FOUND;
    }
    *out = reader->files.items[file - 1];
    return XO_OK;
}

/* Where a thread's stack ends: its top and that frame's line. */
void
xo_stack_top(const xo_located *located, uint32_t thread, xo_stack_place *out)
{
    const xo_chunk_index *index = located->index;
    if (index->nodes.items[located->mark->node].thread == thread) {
        *out = (xo_stack_place){located->mark->node, located->mark->line};
        return;
    }
    for (size_t i = index->switches.count; i-- > 0;) {
        const xo_switch_mark *mark = &index->switches.items[i];
        if (mark->thread == thread && mark->steps <= located->local) {
            *out = (xo_stack_place){mark->node, mark->line};
            return;
        }
    }
    *out = (xo_stack_place){XO_NONE_INDEX, 0};
}

xo_status
xo_reader_thread(xo_reader *reader, uint64_t step, uint32_t thread, xo_thread_view *out)
{
    xo_located located;
    xo_stack_place top;
    if (thread < 1 || thread > reader->threads.count) {
        return XO_NOT_FOUND;
    }
    xo_question_begin(reader);
    xo_status status = xo_locate(reader, step, &located);
    if (status != XO_OK) {
        return status;
    }
    xo_stack_top(&located, thread, &top);
    const xo_thread_entry *entry = &reader->threads.items[thread - 1];
    *out = (xo_thread_view){
        .thread = thread,
        .system_id = entry->system_id,
        .name = entry->given != NULL ? entry->given : entry->name,
        .alive = top.node != XO_NONE_INDEX,
    };
    return XO_OK;
}

/* Globals and locals of a frame whose variables were last written before the chunk. */
static xo_status
read_namespaces(xo_reader *reader, const xo_frame_mark *frame, xo_frame_view *view)
{
    xo_record record;
    xo_log_cursor cursor;
    xo_status status = xo_log_seek(reader, frame->start_position, &cursor);
    if (status != XO_OK) {
        return status;
    }
    if (xo_frame_head_read(cursor.at, cursor.limit, &record) != XO_OK || record.number != frame->number) {
        return XO_CORRUPT;
    }
    view->globals = record.globals;
    view->locals = record.locals;
    return XO_OK;
}

static xo_status
describe_frame(xo_reader *reader, const xo_chunk_index *index, xo_stack_place place, xo_frame_view *out)
{
    const xo_node *node = &index->nodes.items[place.node];
    const xo_frame_mark *frame = &index->frames.items[node->frame];
    *out = (xo_frame_view){
        .frame = frame->number,
        .code = frame->code,
        .line = place.line,
        .depth = node->depth,
        .globals = frame->globals,
        .locals = frame->locals,
    };
    return frame->written ? XO_OK : read_namespaces(reader, frame, out);
}

xo_status
xo_reader_stack(xo_reader *reader, uint64_t step, uint32_t thread, xo_frame_view **out, size_t *count)
{
    xo_located located;
    xo_stack_place place;
    *out = NULL;
    *count = 0;
    xo_question_begin(reader);
    xo_status status = xo_locate(reader, step, &located);
    if (status != XO_OK) {
        return status;
    }
    xo_stack_top(&located, thread, &place);
    const xo_node *nodes = located.index->nodes.items;
    size_t depth = place.node == XO_NONE_INDEX ? 0 : (size_t)nodes[place.node].depth + 1;
    xo_frame_view *frames = malloc((depth + 1) * sizeof *frames);
    if (frames == NULL) {
        return XO_NO_MEMORY;
    }
    for (size_t i = 0; i < depth; i++) {
        if ((status = describe_frame(reader, located.index, place, &frames[i])) != XO_OK) {
            free(frames);
            return status;
        }
        place = (xo_stack_place){nodes[place.node].parent, nodes[place.node].parent_line};
    }
    *out = frames;
    *count = depth;
    return XO_OK;
}
