#include "code_stacks.h"

#include <stdlib.h>

xo_status
xo_code_stacks_switch(xo_code_stacks *stacks, uint64_t thread)
{
    if (thread > stacks->reader->threads.count) {
        return XO_CORRUPT;
    }
    while (stacks->threads.count <= thread) {
        if (!xo_marks_room(&stacks->threads)) {
            return XO_NO_MEMORY;
        }
        stacks->threads.items[stacks->threads.count++] = (xo_code_stack){{0}};
    }
    stacks->current = &stacks->threads.items[thread];
    return XO_OK;
}

xo_status
xo_code_stacks_push(xo_code_stacks *stacks, uint32_t code)
{
    if (stacks->current == NULL) {
        return XO_CORRUPT;
    }
    if (!xo_marks_room(&stacks->current->codes)) {
        return XO_NO_MEMORY;
    }
    stacks->current->codes.items[stacks->current->codes.count++] = code;
    return XO_OK;
}

xo_status
xo_code_stacks_pop(xo_code_stacks *stacks)
{
    if (stacks->current == NULL || stacks->current->codes.count == 0) {
        return XO_CORRUPT;
    }
    stacks->current->codes.count--;
    return XO_OK;
}

uint32_t
xo_code_stacks_top(const xo_code_stacks *stacks)
{
    const xo_code_stack *current = stacks->current;
    return current == NULL || current->codes.count == 0 ? 0 : current->codes.items[current->codes.count - 1];
}

static void
reverse(xo_code_stack *stack)
{
    for (size_t i = 0, k = stack->codes.count; i + 1 < k; i++) {
        uint32_t code = stack->codes.items[i];
        stack->codes.items[i] = stack->codes.items[--k];
        stack->codes.items[k] = code;
    }
}

/* The frames of one thread, as a start table has them. */
static xo_status
push_thread(xo_code_stacks *stacks, const xo_chunk_index *index, uint64_t thread)
{
    uint32_t at = xo_chunk_index_top(index, thread);
    xo_status status = xo_code_stacks_switch(stacks, thread);
    for (; at != XO_NONE_INDEX && status == XO_OK; at = index->nodes.items[at].parent) {
        status = xo_code_stacks_push(stacks, index->frames.items[index->nodes.items[at].frame].code);
    }
    if (status == XO_OK) {
        reverse(stacks->current);
    }
    return status;
}

xo_status
xo_code_stacks_start(xo_code_stacks *stacks, xo_reader *reader)
{
    xo_chunk_index *index;
    *stacks = (xo_code_stacks){.reader = reader};
    if (reader->chunks.count == 0) {
        return XO_OK;
    }
    xo_status status = xo_chunk_start_index(reader, 0, &index);
    if (status != XO_OK) {
        return status;
    }
    for (uint64_t thread = 1; thread <= reader->threads.count && status == XO_OK; thread++) {
        status = push_thread(stacks, index, thread);
    }
    stacks->current = NULL;
    if (status == XO_OK && index->thread != 0) {
        status = xo_code_stacks_switch(stacks, index->thread);
    }
    xo_chunk_index_free(index);
    return status;
}

void
xo_code_stacks_free(xo_code_stacks *stacks)
{
    for (size_t i = 0; i < stacks->threads.count; i++) {
        free(stacks->threads.items[i].codes.items);
    }
    free(stacks->threads.items);
}
