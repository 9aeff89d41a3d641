#include "list_state.h"

#include "buffer.h"

#include <stdlib.h>
#include <string.h>

/* Frees blocks [from, to) and closes the gap. */
static void
drop_blocks(xo_list_state *list, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        free(list->blocks[i].items);
    }
    if (to > from) {
        memmove(&list->blocks[from], &list->blocks[to], (list->block_count - to) * sizeof *list->blocks);
        list->block_count -= to - from;
    }
}

void
xo_list_state_clear(xo_list_state *list)
{
    drop_blocks(list, 0, list->block_count);
    list->count = 0;
    list->reversed = false;
    list->near_block = 0;
    list->near_start = 0;
}

void
xo_list_state_free(xo_list_state *list)
{
    xo_list_state_clear(list);
    free(list->blocks);
    *list = (xo_list_state){0};
}

/* Looks from wherever is nearest: the first block, the last or the one looked at before. */
static void
start_near(xo_list_state *list, size_t item)
{
    size_t last = list->block_count - 1;
    size_t last_start = list->count - list->blocks[last].count;
    size_t from_near = item > list->near_start ? item - list->near_start : list->near_start - item;
    if (item < from_near) {
        list->near_block = 0;
        list->near_start = 0;
    } else if (item >= last_start || last_start - item < from_near) {
        list->near_block = last;
        list->near_start = last_start;
    }
}

/* Makes the block that holds `item` the near one. */
static void
find_block(xo_list_state *list, size_t item)
{
    start_near(list, item);
    while (item < list->near_start) {
        list->near_start -= list->blocks[--list->near_block].count;
    }
    while (item - list->near_start >= list->blocks[list->near_block].count) {
        list->near_start += list->blocks[list->near_block++].count;
    }
}

xo_value *
xo_list_state_at(xo_list_state *list, size_t index)
{
    size_t item = list->reversed ? list->count - 1 - index : index;
    find_block(list, item);
    return &list->blocks[list->near_block].items[item - list->near_start];
}

/* Puts `count` empty blocks before block `at`. */
static xo_status
insert_blocks(xo_list_state *list, size_t at, size_t count)
{
    void *blocks = list->blocks;
    if (count > SIZE_MAX / 2 - list->block_count
        || !xo_array_reserve(&blocks, &list->capacity, list->block_count + count, sizeof *list->blocks)) {
        return XO_NO_MEMORY;
    }
    list->blocks = blocks;
    memmove(&list->blocks[at + count], &list->blocks[at], (list->block_count - at) * sizeof *list->blocks);
    memset(&list->blocks[at], 0, count * sizeof *list->blocks);
    list->block_count += count;
    for (size_t i = at; i < at + count; i++) {
        list->blocks[i].items = malloc(XO_LIST_BLOCK * sizeof(xo_value));
        if (list->blocks[i].items == NULL) {
            drop_blocks(list, at, at + count);
            return XO_NO_MEMORY;
        }
    }
    return XO_OK;
}

/* Makes room for items in a block that has it. */
static void
widen_block(xo_list_state *list, size_t at, size_t offset, size_t count)
{
    xo_list_block *block = &list->blocks[at];
    xo_value *items = block->items + offset;
    memmove(items + count, items, (block->count - offset) * sizeof *items);
    memset(items, 0, count * sizeof *items);
    block->count += count;
    list->count += count;
}

/* Moves what stands behind `offset` of a block into a new one after it. */
static xo_status
split_block(xo_list_state *list, size_t at, size_t offset)
{
    xo_status status = insert_blocks(list, at + 1, 1);
    if (status == XO_OK) {
        xo_list_block *from = &list->blocks[at];
        xo_list_block *to = &list->blocks[at + 1];
        to->count = from->count - offset;
        memcpy(to->items, from->items + offset, to->count * sizeof *to->items);
        from->count = offset;
    }
    return status;
}

/* Adds so many items in blocks of their own, before block `at`. */
static xo_status
insert_many(xo_list_state *list, size_t at, size_t count)
{
    size_t blocks = count / XO_LIST_BLOCK + (count % XO_LIST_BLOCK != 0);
    xo_status status = insert_blocks(list, at, blocks);
    for (size_t i = at; i < at + blocks && status == XO_OK; i++) {
        size_t some = count < XO_LIST_BLOCK ? count : XO_LIST_BLOCK;
        widen_block(list, i, 0, some);
        count -= some;
    }
    return status;
}

/* A full block is split in the middle, so that blocks stay well filled. */
static xo_status
insert_few(xo_list_state *list, size_t at, size_t offset, size_t count)
{
    if (list->blocks[at].count + count > XO_LIST_BLOCK) {
        size_t half = list->blocks[at].count / 2;
        xo_status status = split_block(list, at, half);
        if (status != XO_OK) {
            return status;
        }
        if (offset > half) {
            at++;
            offset -= half;
        }
    }
    widen_block(list, at, offset, count);
    return XO_OK;
}

static xo_status
insert(xo_list_state *list, size_t start, size_t count)
{
    if (count == 0) {
        return XO_OK;
    }
    if (start == list->count) {
        bool fits = list->block_count > 0 && list->blocks[list->block_count - 1].count + count <= XO_LIST_BLOCK;
        if (!fits) {
            return insert_many(list, list->block_count, count);
        }
        widen_block(list, list->block_count - 1, list->blocks[list->block_count - 1].count, count);
        return XO_OK;
    }
    find_block(list, start);
    size_t at = list->near_block;
    size_t offset = start - list->near_start;
    if (count <= XO_LIST_BLOCK / 2) {
        return insert_few(list, at, offset, count);
    }
    if (offset == 0) {
        return insert_many(list, at, count);
    }
    xo_status status = split_block(list, at, offset);
    return status != XO_OK ? status : insert_many(list, at + 1, count);
}

/* Takes items out of a block. */
static void
narrow_block(xo_list_block *block, size_t offset, size_t count)
{
    memmove(block->items + offset, block->items + offset + count,
            (block->count - offset - count) * sizeof *block->items);
    block->count -= count;
}

static void
take_out(xo_list_state *list, size_t start, size_t count)
{
    if (count == 0) {
        return;
    }
    find_block(list, start);
    size_t at = list->near_block;
    size_t offset = start - list->near_start;
    list->count -= count;
    if (offset > 0) {
        size_t here = list->blocks[at].count - offset;
        here = count < here ? count : here;
        narrow_block(&list->blocks[at++], offset, here);
        count -= here;
    }
    size_t last = at;
    while (count > 0 && count >= list->blocks[last].count) {
        count -= list->blocks[last++].count;
    }
    if (count > 0) {
        narrow_block(&list->blocks[last], 0, count);
    }
    drop_blocks(list, at, last);
    list->near_block = 0;
    list->near_start = 0;
}

xo_status
xo_list_state_splice(xo_list_state *list, uint64_t start, uint64_t removed, uint64_t count)
{
    if (start > list->count || removed > list->count - start) {
        return XO_CORRUPT;
    }
    if (count > SIZE_MAX / 64 / sizeof(xo_value)) {
        return XO_NO_MEMORY;
    }
    if (list->reversed) {
        start = list->count - start - removed;
    }
    take_out(list, (size_t)start, (size_t)removed);
    return insert(list, (size_t)start, (size_t)count);
}
