/* From what was gathered to what is written: sorted, without repeats, as a filter. */
#include "slot_filter.h"
#include "written_slots.h"

#include <stdlib.h>

static int
compare(const void *left, const void *right)
{
    const xo_written_slot *a = left;
    const xo_written_slot *b = right;
    if (a->is_local != b->is_local) {
        return a->is_local - b->is_local;
    }
    if (a->number != b->number) {
        return a->number < b->number ? -1 : 1;
    }
    return (a->hash > b->hash) - (a->hash < b->hash);
}

static bool
same_owner(const xo_written_slot *left, const xo_written_slot *right)
{
    return left->number == right->number && left->is_local == right->is_local;
}

/* Tidies the slots of one owner, which stand from `from` up to `upto`, and moves them to `to`. */
static size_t
tidy_owner(xo_written_slot *slots, size_t from, size_t upto, size_t to, size_t most)
{
    xo_written_slot all = slots[from];
    all.hash = xo_slot_hash(XO_SPACE_ALL, all.number, 0);
    size_t start = to;
    bool has_all = false;
    for (size_t i = from; i < upto; i++) {
        has_all = has_all || (!all.is_local && slots[i].hash == all.hash);
        if (to == start || slots[to - 1].hash != slots[i].hash) {
            slots[to++] = slots[i];
        }
    }
    if (has_all || (!all.is_local && to - start > most)) {
        slots[start] = all;
        to = start + 1;
    }
    return to;
}

void
xo_written_slots_tidy(xo_written_slots *written, size_t first, size_t most)
{
    xo_written_slot *slots = written->slots.items;
    size_t count = written->slots.count;
    size_t to = first;
    if (count - first > 1) {
        qsort(slots + first, count - first, sizeof *slots, compare);
    }
    for (size_t from = first, upto; from < count; from = upto) {
        for (upto = from + 1; upto < count && same_owner(&slots[from], &slots[upto]); upto++) {
        }
        to = tidy_owner(slots, from, upto, to, most);
    }
    written->slots.count = to;
}

static bool
is_older(const xo_written_slot *slot, const xo_chunk_header *header)
{
    return slot->number <= (slot->is_local ? header->last_frame : header->last_object);
}

void
xo_written_slots_put(const xo_written_slots *written, size_t first, const xo_chunk_header *header, size_t most_bytes,
                     xo_buffer *buffer)
{
    size_t count = 0;
    size_t start = buffer->size;
    for (size_t i = first; i < written->slots.count; i++) {
        count += is_older(&written->slots.items[i], header);
    }
    size_t bytes = xo_slot_filter_bytes(count, most_bytes);
    xo_buffer_zeros(buffer, bytes);
    for (size_t i = first; bytes > 0 && i < written->slots.count && !buffer->failed; i++) {
        if (is_older(&written->slots.items[i], header)) {
            xo_slot_filter_add(buffer->bytes + start, bytes, written->slots.items[i].hash);
        }
    }
}
