#include "list_state.h"

#include <stdlib.h>
#include <string.h>

void
xo_list_state_free(xo_list_state *list)
{
    free(list->items);
    *list = (xo_list_state){0};
}

void
xo_list_state_clear(xo_list_state *list)
{
    list->head = 0;
    list->count = 0;
    list->reversed = false;
}

xo_value *
xo_list_state_at(xo_list_state *list, size_t index)
{
    return &list->items[list->head + (list->reversed ? list->count - 1 - index : index)];
}

/* Moves everything into a larger array, with as much room in front as behind. */
static xo_status
enlarge(xo_list_state *list, size_t more)
{
    if (more > SIZE_MAX / 8 / sizeof *list->items || list->count > SIZE_MAX / 8 / sizeof *list->items) {
        return XO_NO_MEMORY;
    }
    size_t capacity = (list->count + more) * 2 + 16;
    xo_value *items = malloc(capacity * sizeof *items);
    if (items == NULL) {
        return XO_NO_MEMORY;
    }
    size_t head = (capacity - list->count) / 2;
    if (list->count > 0) {
        memcpy(items + head, list->items + list->head, list->count * sizeof *items);
    }
    free(list->items);
    list->items = items;
    list->head = head;
    list->capacity = capacity;
    return XO_OK;
}

/* Makes `more` room at `start`, by moving the shorter side. */
static xo_status
widen(xo_list_state *list, size_t start, size_t more)
{
    bool front = start < list->count - start;
    size_t room = front ? list->head : list->capacity - list->head - list->count;
    if (room < more) {
        xo_status status = enlarge(list, more);
        if (status != XO_OK) {
            return status;
        }
    }
    xo_value *first = list->items + list->head;
    if (front) {
        memmove(first - more, first, start * sizeof *first);
        list->head -= more;
    } else {
        memmove(first + start + more, first + start, (list->count - start) * sizeof *first);
    }
    list->count += more;
    return XO_OK;
}

static void
narrow(xo_list_state *list, size_t start, size_t less)
{
    xo_value *first = list->items + list->head;
    size_t behind = list->count - start - less;
    if (start < behind) {
        memmove(first + less, first, start * sizeof *first);
        list->head += less;
    } else {
        memmove(first + start, first + start + less, behind * sizeof *first);
    }
    list->count -= less;
}

xo_status
xo_list_state_splice(xo_list_state *list, uint64_t start, uint64_t removed, uint64_t count)
{
    xo_status status = XO_OK;
    if (start > list->count || removed > list->count - start) {
        return XO_CORRUPT;
    }
    if (list->reversed) {
        start = list->count - start - removed;
    }
    if (count > removed) {
        status = widen(list, (size_t)(start + removed), (size_t)(count - removed));
    } else if (removed > count) {
        narrow(list, (size_t)(start + count), (size_t)(removed - count));
    }
    if (status == XO_OK && count > 0) {
        memset(list->items + list->head + start, 0, (size_t)count * sizeof *list->items);
    }
    return status;
}
