/* What was recorded last of memory that is watched. */
#include "watches.h"

#include <stdlib.h>

static const uint64_t most_copies = UINT64_C(1) << 28; /* bytes; beyond, blocks are known by their hash */

uint64_t
xo_block_hash(const char *bytes, size_t size)
{
    const uint64_t prime = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t lanes[4] = {size, prime, ~prime, prime << 1};
    size_t at = 0;
    for (; at + 32 <= size; at += 32) {
        for (int lane = 0; lane < 4; lane++) {
            uint64_t word;
            memcpy(&word, bytes + at + 8 * lane, 8);
            lanes[lane] = (lanes[lane] ^ word) * prime;
            lanes[lane] ^= lanes[lane] >> 29;
        }
    }
    for (; at < size; at++) {
        lanes[at & 3] = (lanes[at & 3] ^ (uint8_t)bytes[at]) * prime;
    }
    uint64_t sum = 0;
    for (int lane = 0; lane < 4; lane++) {
        sum = (sum ^ lanes[lane]) * prime;
        sum ^= sum >> 32;
    }
    return sum;
}

static size_t
block_count(Py_ssize_t size)
{
    return (size_t)((size + XO_BLOCK - 1) / XO_BLOCK);
}

Py_ssize_t
xo_block_size(const xo_memory_watch *item, size_t block)
{
    Py_ssize_t start = (Py_ssize_t)block * XO_BLOCK;
    return item->size - start < XO_BLOCK ? item->size - start : XO_BLOCK;
}

void
xo_copy_drop(struct xo_watches *watches, xo_memory_watch *item)
{
    if (item->copy != NULL) {
        watches->copied_bytes -= (uint64_t)item->size;
    }
    free(item->copy);
    free(item->hashes);
    item->copy = NULL;
    item->hashes = NULL;
}

bool
xo_copy_take(struct xo_watches *watches, xo_memory_watch *item)
{
    if (watches->copied_bytes + (uint64_t)item->size <= most_copies) {
        item->copy = malloc((size_t)item->size + 1);
    }
    if (item->copy != NULL) {
        memcpy(item->copy, item->data, (size_t)item->size);
        watches->copied_bytes += (uint64_t)item->size;
        return true;
    }
    item->hashes = malloc((block_count(item->size) + 1) * sizeof *item->hashes);
    for (size_t block = 0; item->hashes != NULL && block < block_count(item->size); block++) {
        item->hashes[block] = xo_block_hash(item->data + block * XO_BLOCK, (size_t)xo_block_size(item, block));
    }
    return item->hashes != NULL;
}
