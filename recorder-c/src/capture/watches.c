/* Memory in C that may be changed by those who hold a pointer into it. What was recorded of it last is kept as a copy;
 * before a step, memory that may have changed is compared with that, and what differs is recorded.
 *
 * What may have changed is told by hooks (xo_memory_touched). All other watched memory is looked at in turn as well, so much
 * of it per step that the cost stays small: little memory is looked at before every step. */
#include "buffers.h"

#include <stdio.h>
#include <stdlib.h>

enum { BLOCK = 4096, CREDIT_PER_STEP = 8192, NEAR = 24 };
static const uint64_t most_credit = UINT64_C(1) << 26;
static const uint64_t most_copies = UINT64_C(1) << 28; /* bytes; beyond, blocks are known by their hash */

typedef struct {
    PyObject *object; /* borrowed */
    xo_entity *entity;
    const char *data; /* borrowed: the memory, as it was at the last look */
    Py_ssize_t size;
    char *copy;       /* owned; NULL: hashes */
    uint64_t *hashes; /* owned; by block */
    size_t index;     /* among all */
    bool has_values;
    bool is_suspect;
    Py_ssize_t low, high; /* what may have changed, when it is suspect */
    uint64_t looked;      /* the step before which all of it was compared last */
} watch;

struct xo_watches {
    xo_pointer_map by_object;
    xo_pointer_map pinned; /* PyObject * -> itself: views of it are known */
    watch **all; /* owned, as are its elements */
    size_t count, capacity;
    watch **suspects; /* owned */
    size_t suspect_count, suspect_capacity;
    size_t next; /* whose turn it is */
    uint64_t credit;
    uint64_t copied_bytes;
    uint64_t late; /* how many changes were seen later than at the next step */
};

static watch *
find(const xo_recorder *recorder, PyObject *object)
{
    return recorder->watches == NULL ? NULL : xo_map_get(&recorder->watches->by_object, object);
}

bool
xo_is_watched(PyObject *object)
{
    const xo_entity *entity = xo_find(object);
    while (entity != NULL && find(xo_owner(entity), object) == NULL) {
        entity = entity->next;
    }
    return entity != NULL;
}

/* Whether it is looked at also when nobody seems to hold a pointer into it. */
static bool
is_pinned(const struct xo_watches *watches, PyObject *object)
{
    return watches != NULL && xo_map_get(&watches->pinned, object) != NULL;
}

/* ---- copies ---- */

static uint64_t
hash_block(const char *bytes, size_t size)
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
    return (size_t)((size + BLOCK - 1) / BLOCK);
}

static Py_ssize_t
block_size(const watch *item, size_t block)
{
    Py_ssize_t start = (Py_ssize_t)block * BLOCK;
    return item->size - start < BLOCK ? item->size - start : BLOCK;
}

static void
drop_copy(struct xo_watches *watches, watch *item)
{
    if (item->copy != NULL) {
        watches->copied_bytes -= (uint64_t)item->size;
    }
    free(item->copy);
    free(item->hashes);
    item->copy = NULL;
    item->hashes = NULL;
}

/* Remembers the memory as it is. False when there is no room to. */
static bool
take_copy(struct xo_watches *watches, watch *item)
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
        item->hashes[block] = hash_block(item->data + block * BLOCK, (size_t)block_size(item, block));
    }
    return item->hashes != NULL;
}

/* ---- watches ---- */

static void
unsuspect(struct xo_watches *watches, watch *item)
{
    for (size_t i = 0; item->is_suspect && i < watches->suspect_count; i++) {
        if (watches->suspects[i] == item) {
            watches->suspects[i] = watches->suspects[--watches->suspect_count];
            break;
        }
    }
    item->is_suspect = false;
}

static void
remove_watch(struct xo_watches *watches, watch *item)
{
    unsuspect(watches, item);
    xo_map_remove(&watches->by_object, item->object);
    watch *last = watches->all[--watches->count];
    watches->all[item->index] = last;
    last->index = item->index;
    drop_copy(watches, item);
    free(item);
}

static bool
add_pointer(watch ***items, size_t *count, size_t *capacity, watch *item)
{
    if (*count == *capacity) {
        size_t more = *capacity == 0 ? 16 : 2 * *capacity;
        watch **grown = realloc(*items, more * sizeof *grown);
        if (grown == NULL) {
            return false;
        }
        *items = grown;
        *capacity = more;
    }
    (*items)[(*count)++] = item;
    return true;
}

static watch *
add_watch(struct xo_watches *watches, PyObject *object)
{
    watch *item = calloc(1, sizeof *item);
    if (item == NULL || !xo_map_set(&watches->by_object, object, item)) {
        free(item);
        return NULL;
    }
    if (!add_pointer(&watches->all, &watches->count, &watches->capacity, item)) {
        xo_map_remove(&watches->by_object, object);
        free(item);
        return NULL;
    }
    item->object = object;
    item->index = watches->count - 1;
    return item;
}

static struct xo_watches *
watches_of(xo_recorder *recorder)
{
    if (recorder->watches == NULL) {
        recorder->watches = calloc(1, sizeof *recorder->watches);
    }
    return recorder->watches;
}

/* Remembers what has just been recorded of this memory. */
static void
remember(xo_recorder *recorder, PyObject *object, xo_entity *entity, const char *data, Py_ssize_t size, bool has_values)
{
    struct xo_watches *watches = watches_of(recorder);
    watch *item = watches == NULL ? NULL : xo_map_get(&watches->by_object, object);
    if (item == NULL && (watches == NULL || (item = add_watch(watches, object)) == NULL)) {
        recorder->writer->failure = XO_NO_MEMORY;
        return;
    }
    drop_copy(watches, item);
    item->entity = entity;
    item->data = data;
    item->size = size;
    item->has_values = has_values;
    item->looked = recorder->writer->steps;
    if (!take_copy(watches, item)) {
        recorder->writer->failure = XO_NO_MEMORY;
    }
}

void
xo_watch_memory(xo_recorder *recorder, PyObject *object, xo_entity *entity, const xo_layout *layout)
{
    watch *item = find(recorder, object);
    bool is_flat = layout->dimensions < 0;
    if (is_flat && xo_export_count(object) == 0 && !is_pinned(recorder->watches, object)) {
        if (item != NULL) {
            remove_watch(recorder->watches, item);
        }
        return;
    }
    remember(recorder, object, entity, layout->memory, layout->memory_bytes, (layout->flags & XO_BUFFER_VALUES) != 0);
}

void
xo_watches_forget(xo_recorder *recorder, PyObject *object)
{
    watch *item = find(recorder, object);
    if (item != NULL) {
        remove_watch(recorder->watches, item);
    }
    xo_map_remove(&recorder->watches->pinned, object);
}

/* A view of this memory is known: it is compared for as long as it lives. */
void
xo_watch_pin(xo_recorder *recorder, PyObject *storage)
{
    struct xo_watches *watches = watches_of(recorder);
    xo_entity *entity = xo_find_in(recorder, storage);
    if (watches == NULL || entity == NULL || is_pinned(watches, storage)) {
        return;
    }
    if (!xo_map_set(&watches->pinned, storage, storage)) {
        recorder->writer->failure = XO_NO_MEMORY;
    }
    if (find(recorder, storage) == NULL) { /* the view may have been written already */
        xo_mark_dirty(storage, entity);
    }
}

void
xo_watches_free(xo_recorder *recorder)
{
    struct xo_watches *watches = recorder->watches;
    if (watches == NULL) {
        return;
    }
    for (size_t i = 0; i < watches->count; i++) {
        free(watches->all[i]->copy);
        free(watches->all[i]->hashes);
        free(watches->all[i]);
    }
    xo_map_free(&watches->by_object);
    xo_map_free(&watches->pinned);
    free(watches->all);
    free(watches->suspects);
    free(watches);
    recorder->watches = NULL;
}

/* ---- what may have changed ---- */

static void
suspect(struct xo_watches *watches, watch *item, Py_ssize_t low, Py_ssize_t high)
{
    if (item->is_suspect) {
        item->low = low < item->low ? low : item->low;
        item->high = high > item->high ? high : item->high;
        return;
    }
    if (add_pointer(&watches->suspects, &watches->suspect_count, &watches->suspect_capacity, item)) {
        item->is_suspect = true;
        item->low = low;
        item->high = high;
    }
}

/* Where only some of the recordings that follow the object compare its memory, its image is due in the others. */
static void
touched_in(xo_entity *entity, PyObject *storage, const char *start, Py_ssize_t size)
{
    watch *item = find(xo_owner(entity), storage);
    if (item == NULL) {
        xo_mark_dirty(storage, entity);
        return;
    }
    Py_ssize_t low = start - item->data;
    bool is_part = size >= 0 && low >= 0 && low <= item->size - size;
    suspect(xo_owner(entity)->watches, item, is_part ? low : 0, is_part ? low + size : PY_SSIZE_T_MAX);
}

void
xo_memory_touched(PyObject *object, const char *start, Py_ssize_t size)
{
    PyObject *storage = xo_storage_of(object);
    if (!xo_is_watched(storage)) {
        if (storage != object && xo_is_flat(storage)) { /* through a view that holds no buffer */
            xo_touch(storage);
        }
        return;
    }
    for (xo_entity *entity = xo_find(storage); entity != NULL; entity = entity->next) {
        touched_in(entity, storage, start, size);
    }
}

static void
exposed_in(xo_entity *entity, PyObject *storage)
{
    Py_ssize_t size;
    xo_recorder *recorder = xo_owner(entity);
    watch *item = find(recorder, storage);
    if (item == NULL && !(entity->user & (XO_DIRTY | XO_FRESH)) && xo_is_flat(storage)) {
        const char *data = xo_flat_bytes(storage, &size);
        remember(recorder, storage, entity, data, size, false);
        item = find(recorder, storage);
    }
    if (item != NULL) {
        suspect(recorder->watches, item, 0, PY_SSIZE_T_MAX);
    }
}

void
xo_all_memory_touched(void)
{
    for (xo_recorder *recorder = xo_recorders; recorder != NULL; recorder = recorder->next) {
        struct xo_watches *watches = recorder->watches;
        for (size_t i = 0; watches != NULL && i < watches->count; i++) {
            suspect(watches, watches->all[i], 0, PY_SSIZE_T_MAX);
        }
    }
}

void
xo_memory_exposed(PyObject *object)
{
    PyObject *storage = xo_storage_of(object);
    for (xo_entity *entity = xo_find(storage); entity != NULL; entity = entity->next) {
        exposed_in(entity, storage);
    }
}

/* ---- looking ---- */

static void
log_range(watch *item, Py_ssize_t start, Py_ssize_t end)
{
    xo_log_bytes(item->object, item->entity, start, end - start, item->data + start, end - start);
    if (item->copy != NULL) {
        memcpy(item->copy + start, item->data + start, (size_t)(end - start));
    }
}

/* How many bytes from `at` on are equal. */
static Py_ssize_t
equal_bytes(const watch *item, Py_ssize_t at, Py_ssize_t end)
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
run_end(const watch *item, Py_ssize_t first, Py_ssize_t end)
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
log_differences(watch *item, Py_ssize_t start, Py_ssize_t end)
{
    Py_ssize_t at = start + equal_bytes(item, start, end);
    while (at < end) {
        Py_ssize_t last = run_end(item, at, end);
        log_range(item, at, last);
        at = last + equal_bytes(item, last, end);
    }
}

static void
look_at_block(watch *item, size_t block, Py_ssize_t low, Py_ssize_t high)
{
    Py_ssize_t start = (Py_ssize_t)block * BLOCK, size = block_size(item, block);
    if (item->hashes != NULL) {
        uint64_t hash = hash_block(item->data + start, (size_t)size);
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
look_at_values(watch *item, Py_ssize_t low, Py_ssize_t high, bool are_written)
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
has_moved(const watch *item)
{
    const char *data;
    Py_ssize_t size;
    return !xo_memory_now(item->object, &data, &size) || data != item->data || size != item->size;
}

static void
look(watch *item, Py_ssize_t low, Py_ssize_t high, bool are_written)
{
    if (item->entity->user & (XO_DIRTY | XO_FRESH)) {
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
    for (size_t block = (size_t)(low / BLOCK); (Py_ssize_t)block * BLOCK < high; block++) {
        look_at_block(item, block, low, high);
    }
}

static void
look_at_suspects(struct xo_watches *watches)
{
    while (watches->suspect_count > 0) {
        watch *item = watches->suspects[--watches->suspect_count];
        item->is_suspect = false;
        look(item, item->low, item->high, true);
        bool is_free = xo_is_flat(item->object) && !is_pinned(watches, item->object) && xo_export_count(item->object) == 0;
        if (is_free && !(item->entity->user & (XO_DIRTY | XO_FRESH))) {
            remove_watch(watches, item);
        }
    }
}

/* A change that no hook told of, in memory too large to be compared before each step: the recording says that it shows it
 * later than it happened. */
static void
note_late(xo_recorder *recorder, const watch *item)
{
    char text[160];
    snprintf(text, sizeof text, "%llu times memory was found changed by C code that nothing told of; the newest: object %llu, "
             "between steps %llu and %llu", (unsigned long long)++recorder->watches->late,
             (unsigned long long)item->entity->number, (unsigned long long)item->looked,
             (unsigned long long)recorder->writer->steps);
    xo_writer_note(recorder->writer, "seen_late", text);
}

static void
look_unasked(xo_recorder *recorder, watch *item)
{
    xo_position before = item->entity->position;
    bool was_due = (item->entity->user & (XO_DIRTY | XO_FRESH)) != 0;
    look(item, 0, PY_SSIZE_T_MAX, false);
    bool has_changed = item->entity->position != before || (item->entity->user & XO_DIRTY);
    if (has_changed && !was_due && recorder->writer->steps > item->looked + 1) {
        note_late(recorder, item);
    }
    item->looked = recorder->writer->steps;
}

/* Looks at those whose turn it is, as far as the credit reaches. */
static void
look_in_turn(xo_recorder *recorder)
{
    struct xo_watches *watches = recorder->watches;
    watches->credit += watches->credit < most_credit ? CREDIT_PER_STEP : 0;
    for (size_t looked = 0; looked < watches->count; looked++) {
        watches->next = watches->next < watches->count ? watches->next : 0;
        watch *item = watches->all[watches->next];
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
