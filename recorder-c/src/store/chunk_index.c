#include "chunk_index.h"

#include "buffer.h"

#include <stdlib.h>

bool
xo_marks_grow(void **items, size_t *capacity, size_t item_bytes)
{
    /* Marks refer to each other by 32-bit indexes. */
    if (*capacity >= UINT32_MAX / 2) {
        return false;
    }
    void *grown = *items;
    if (!xo_array_reserve(&grown, capacity, *capacity == 0 ? 64 : *capacity + 1, item_bytes)) {
        return false;
    }
    *items = grown;
    return true;
}

void
xo_chunk_index_free(xo_chunk_index *index)
{
    if (index == NULL) {
        return;
    }
    free(index->steps.items);
    free(index->nodes.items);
    free(index->frames.items);
    free(index->binds.items);
    free(index->objects.items);
    free(index->switches.items);
    free(index->results.items);
    free(index->outputs.items);
    xo_number_map_free(&index->frame_by_number);
    xo_number_map_free(&index->object_by_number);
    xo_number_map_free(&index->top_by_thread);
    free(index);
}

xo_status
xo_chunk_index_add_frame(xo_chunk_index *index, uint64_t number, uint32_t code, uint32_t *out)
{
    if (!xo_marks_room(&index->frames)
        || !xo_number_map_put(&index->frame_by_number, number, index->frames.count)) {
        return XO_NO_MEMORY;
    }
    *out = (uint32_t)index->frames.count;
    index->frames.items[index->frames.count++] =
        (xo_frame_mark){.number = number, .code = code, .newest_bind = XO_NONE_INDEX, .newest_all = XO_NONE_INDEX};
    return XO_OK;
}

xo_status
xo_chunk_index_push(xo_chunk_index *index, uint32_t frame, int64_t line)
{
    if (!xo_marks_room(&index->nodes)) {
        return XO_NO_MEMORY;
    }
    xo_node node = {.parent = index->top, .frame = frame, .thread = index->thread, .line = (int32_t)line};
    if (index->top != XO_NONE_INDEX) {
        const xo_node *parent = &index->nodes.items[index->top];
        node.depth = parent->depth + 1;
        node.parent_line = parent->line;
    }
    index->top = (uint32_t)index->nodes.count;
    index->nodes.items[index->nodes.count++] = node;
    return XO_OK;
}

static xo_status
leave_thread(xo_chunk_index *index)
{
    if (index->thread == 0) {
        return XO_OK;
    }
    if (!xo_marks_room(&index->switches)
        || !xo_number_map_put(&index->top_by_thread, index->thread, (uint64_t)index->top + 1)) {
        return XO_NO_MEMORY;
    }
    index->switches.items[index->switches.count++] = (xo_switch_mark){
        .steps = index->steps.count,
        .thread = index->thread,
        .node = index->top,
        .line = index->top == XO_NONE_INDEX ? 0 : index->nodes.items[index->top].line,
    };
    return XO_OK;
}

uint32_t
xo_chunk_index_top(const xo_chunk_index *index, uint64_t thread)
{
    if (thread == index->thread) {
        return index->top;
    }
    const uint64_t *top = xo_number_map_get(&index->top_by_thread, thread);
    return top == NULL ? XO_NONE_INDEX : (uint32_t)(*top - 1);
}

xo_status
xo_chunk_index_switch(xo_chunk_index *index, uint64_t thread)
{
    if (thread == 0 || thread > UINT32_MAX) {
        return XO_CORRUPT;
    }
    xo_status status = leave_thread(index);
    if (status != XO_OK) {
        return status;
    }
    index->top = xo_chunk_index_top(index, thread);
    index->thread = (uint32_t)thread;
    return XO_OK;
}
