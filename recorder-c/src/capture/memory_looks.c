/* Compares watched memory with what was recorded of it last. */
#include "late_changes.h"
#include "watches.h"

enum { CREDIT_PER_STEP = 8192, NEAR = 24 };
static const uint64_t most_credit = UINT64_C(1) << 26;

static void
log_range(xo_memory_watch *item, Py_ssize_t start, Py_ssize_t end)
{
    xo_log_bytes(item->object, item->entity, start, end - start, item->data + start, end - start);
    if (item->copy != NULL) {
        memcpy(item->copy + start, item->data + start, (size_t)(end - start));
    }
}

/* How many bytes from `at` on are equal. */
static Py_ssize_t
equal_bytes(const xo_memory_watch *item, Py_ssize_t at, Py_ssize_t end)
{
    Py_ssize_t from = at;
    while (at + 8 <= end && memcmp(item->data + at, item->copy + at, 8) == 0) {
        at += 8;
    }
    while (at < end && item->data[at] == item->copy[at]) {
        at++;
    }
    return at - from;
}

/* Where a run of differing bytes that starts at `first` ends; runs close to each other are one. */
static Py_ssize_t
run_end(const xo_memory_watch *item, Py_ssize_t first, Py_ssize_t end)
{
    Py_ssize_t last = first + 1;
    while (last < end) {
        Py_ssize_t near = last + NEAR < end ? last + NEAR : end;
        Py_ssize_t next = last + equal_bytes(item, last, near);
        if (next == near) {
            break;
        }
        last = next + 1;
        while (last + 8 <= end && item->data[last] != item->copy[last] && item->data[last + 7] != item->copy[last + 7]) {
            last += 8; /* most values differ in all their bytes */
        }
    }
    return last;
}

/* Records the runs of bytes that differ. */
static void
log_differences(xo_memory_watch *item, Py_ssize_t start, Py_ssize_t end)
{
    Py_ssize_t at = start + equal_bytes(item, start, end);
    while (at < end) {
        Py_ssize_t last = run_end(item, at, end);
        log_range(item, at, last);
        at = last + equal_bytes(item, last, end);
    }
}

static void
look_at_block(xo_memory_watch *item, size_t block, Py_ssize_t low, Py_ssize_t high)
{
    Py_ssize_t start = (Py_ssize_t)block * XO_BLOCK, size = xo_block_size(item, block);
    if (item->hashes != NULL) {
        uint64_t hash = xo_block_hash(item->data + start, (size_t)size);
        if (hash != item->hashes[block]) {
            item->hashes[block] = hash;
            log_range(item, start, start + size);
        }
        return;
    }
    low = low > start ? low : start;
    high = high < start + size ? high : start + size;
    if (high > low && memcmp(item->data + low, item->copy + low, (size_t)(high - low)) != 0) {
        log_differences(item, low, high);
    }
}

/* Elements that are objects are compared by address; one that may have been written counts as changed, since a new object
 * may stand where an old one stood. */
static void
look_at_values(xo_memory_watch *item, Py_ssize_t low, Py_ssize_t high, bool are_written)
{
    PyObject *const *values = (PyObject *const *)(const void *)item->data;
    PyObject **known = (PyObject **)(void *)item->copy;
    xo_recorder *recorder = xo_owner(item->entity);
    if (known == NULL) { /* too much to keep: all of it may have changed */
        xo_mark_dirty(item->object, item->entity);
        return;
    }
    for (Py_ssize_t i = low / (Py_ssize_t)sizeof *values; i < high / (Py_ssize_t)sizeof *values; i++) {
        if (are_written || known[i] != values[i]) {
            known[i] = values[i];
            xo_position start = xo_record_begin(recorder->writer, XO_OP_LIST_SET, item->entity);
            xo_put_varint(recorder->writer, (uint64_t)i);
            xo_put_value(recorder, values[i] == NULL ? Py_None : values[i]);
            xo_change_end(item->object, item->entity, start);
        }
    }
}

static bool
has_moved(const xo_memory_watch *item)
{
    const char *data;
    Py_ssize_t size;
    return !xo_memory_now(item->object, &data, &size) || data != item->data || size != item->size;
}

static void
look(xo_memory_watch *item, Py_ssize_t low, Py_ssize_t high, bool are_written)
{
    if (xo_image_will_tell(item->entity)) {
        return; /* the image that is due tells all */
    }
    bool is_whole = low <= 0 && high >= item->size;
    if (has_moved(item) || (item->has_values && are_written && is_whole && item->size > 0)) {
        xo_mark_dirty(item->object, item->entity);
        return;
    }
    low = low < 0 ? 0 : low;
    high = high > item->size ? item->size : high;
    if (item->has_values) {
        look_at_values(item, low, high, are_written);
        return;
    }
    for (size_t block = (size_t)(low / XO_BLOCK); (Py_ssize_t)block * XO_BLOCK < high; block++) {
        look_at_block(item, block, low, high);
    }
}

static void
look_at_suspects(struct xo_watches *watches)
{
    while (watches->suspect_count > 0) {
        xo_memory_watch *item = watches->suspects[--watches->suspect_count];
        item->is_suspect = false;
        look(item, item->low, item->high, true);
        bool is_free = xo_is_flat(item->object) && !xo_watch_is_pinned(watches, item->object) && xo_export_count(item->object) == 0;
        if (is_free && !(item->entity->user & (XO_DIRTY | XO_FRESH))) {
            xo_watch_remove(watches, item);
        }
    }
}

static void
look_unasked(xo_recorder *recorder, xo_memory_watch *item)
{
    xo_position before = item->entity->position;
    bool was_due = (item->entity->user & (XO_DIRTY | XO_FRESH)) != 0;
    look(item, 0, PY_SSIZE_T_MAX, false);
    bool has_changed = item->entity->position != before || (item->entity->user & XO_DIRTY);
    if (has_changed && !was_due) {
        xo_note_late(item->entity, item->right_at);
    }
    item->right_at = recorder->writer->steps + recorder->settling;
}

/* Looks at those whose turn it is, as far as the credit reaches. */
static void
look_in_turn(xo_recorder *recorder)
{
    struct xo_watches *watches = recorder->watches;
    watches->credit += watches->credit < most_credit ? CREDIT_PER_STEP : 0;
    for (size_t looked = 0; looked < watches->count; looked++) {
        watches->next = watches->next < watches->count ? watches->next : 0;
        xo_memory_watch *item = watches->all[watches->next];
        uint64_t cost = (uint64_t)item->size + 64;
        if (cost > watches->credit) {
            return;
        }
        watches->credit -= cost;
        watches->next++;
        look_unasked(recorder, item);
    }
}

void
xo_watchpoints_settle(xo_recorder *recorder)
{
    struct xo_watches *watches = recorder->watches;
    look_at_suspects(watches);
    look_in_turn(recorder);
}
