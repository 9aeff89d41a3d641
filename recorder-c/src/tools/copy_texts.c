/* Where texts of the original stand in the copy. Most stand as far from where they stood as the one before. */
#include "copier.h"

uint64_t
xo_copy_text_position(const xo_copier *copier, uint64_t old)
{
    const uint64_t *elsewhere = xo_number_map_get(&copier->texts, old);
    size_t low = 0;
    size_t high = copier->runs.count;
    if (elsewhere != NULL) {
        return *elsewhere;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (copier->runs.items[middle].from <= old) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == 0 || copier->runs.items[low - 1].left_out) {
        return 0;
    }
    return (uint64_t)((int64_t)old + copier->runs.items[low - 1].shift);
}

static bool
goes_on(const xo_text_run *last, int64_t shift, bool left_out)
{
    return last->left_out == left_out && (left_out || last->shift == shift);
}

bool
xo_copy_text_moved(xo_copier *copier, uint64_t old, uint64_t position)
{
    int64_t shift = (int64_t)(position - old);
    bool left_out = position == 0;
    const xo_text_run *last = copier->runs.count == 0 ? NULL : &copier->runs.items[copier->runs.count - 1];
    if (copier->aside) {
        return left_out || xo_number_map_put(&copier->texts, old, position);
    }
    if (last != NULL && goes_on(last, shift, left_out)) {
        return true;
    }
    if (!xo_marks_room(&copier->runs)) {
        return false;
    }
    copier->runs.items[copier->runs.count++] = (xo_text_run){.from = old, .shift = shift, .left_out = left_out};
    return true;
}
