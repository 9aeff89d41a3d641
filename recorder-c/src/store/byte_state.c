#include "byte_state.h"

#include <stdlib.h>
#include <string.h>

void
xo_byte_state_free(xo_byte_state *state)
{
    free(state->memory);
    *state = (xo_byte_state){0};
}

void
xo_byte_state_clear(xo_byte_state *state)
{
    state->start = 0;
    state->size = 0;
}

/* Room for `more` bytes behind the last one. */
static xo_status
reserve(xo_byte_state *state, size_t more)
{
    size_t needed = state->size + more;
    if (state->start + needed <= state->capacity) {
        return XO_OK;
    }
    if (needed > SIZE_MAX / 4) {
        return XO_NO_MEMORY;
    }
    if (state->start >= needed / 2 && needed <= state->capacity) {
        memmove(state->memory, state->memory + state->start, state->size);
        state->start = 0;
        return XO_OK;
    }
    size_t capacity = needed + needed / 8 + 64;
    uint8_t *memory = malloc(capacity);
    if (memory == NULL) {
        return XO_NO_MEMORY;
    }
    if (state->size > 0) {
        memcpy(memory, state->memory + state->start, state->size);
    }
    free(state->memory);
    *state = (xo_byte_state){.memory = memory, .size = state->size, .capacity = capacity};
    return XO_OK;
}

/* What stands before `start` moves, when that is the shorter part and there is room in front of it. */
static bool
moves_front(const xo_byte_state *state, size_t start, size_t removed, size_t added)
{
    bool is_shorter = start < state->size - start - removed;
    return is_shorter && (added <= removed || added - removed <= state->start);
}

xo_status
xo_byte_state_splice(xo_byte_state *state, uint64_t start, uint64_t removed, xo_slice bytes)
{
    if (start > state->size || removed > state->size - start) {
        return XO_CORRUPT;
    }
    size_t at = (size_t)start;
    size_t gone = (size_t)removed;
    size_t added = (size_t)bytes.size;
    if (added != gone && moves_front(state, at, gone, added)) {
        uint8_t *first = state->memory + state->start;
        memmove(first + gone - added, first, at);
        state->start = state->start + gone - added;
    } else if (added != gone) {
        xo_status status = added > gone ? reserve(state, added - gone) : XO_OK;
        if (status != XO_OK) {
            return status;
        }
        uint8_t *place = state->memory + state->start + at;
        memmove(place + added, place + gone, state->size - at - gone);
    }
    state->size = state->size - gone + added;
    if (added > 0) {
        memcpy(state->memory + state->start + at, bytes.bytes, added);
    }
    return XO_OK;
}
