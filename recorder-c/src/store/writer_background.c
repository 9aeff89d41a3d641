#include "writer_background.h"

#include "worker.h"

#include <stdlib.h>

/* So many chunks are moved before anybody is told. */
#define BATCH 16u
/* Of a mapping, for which memory is taken at once. */
#define STEP_BYTES (64u << 10)

typedef struct {
    uint64_t offset, end; /* of the file, as it was written */
    uint64_t moved_to;
    uint32_t level; /* 0: of the log */
} piece;

struct xo_background {
    xo_file file;     /* owned: a descriptor of its own */
    const char *path; /* borrowed */
    uint64_t batch_bytes;
    xo_worker *worker; /* owned; its lock guards the next seven */
    uint8_t *ahead, *ahead_end; /* of the writer's mapping: has no memory yet */
    piece *pieces;     /* owned: in the order of the file */
    size_t piece_count, pieces_capacity;
    size_t moved_count; /* of these */
    uint64_t waiting_bytes;
    xo_status status; /* of what went wrong: no more is moved */

    /* of whoever moves */
    xo_mover mover;
    bool begun, taken; /* a chunk is taken and waits for room */
    uint64_t log_count; /* moved log chunks */
    uint64_t block_counts[XO_INDEX_LEVELS];
    uint64_t free_end; /* what is between mover.end and here belongs to nobody */
};

static void
begin(xo_background *background, bool compress)
{
    if (background->begun) {
        return;
    }
    background->begun = true;
    if (!compress) {
        return;
    }
    if (xo_mover_compress(&background->mover) == XO_OK && xo_file_is_at(background->file, background->path)) {
        xo_filters_open(&background->mover.filters, background->path, UINT64_MAX);
    }
}

/* The filter's reader looks at the file as it is now. */
static void
look_again(xo_background *background)
{
    xo_filter_maker *filters = &background->mover.filters;
    if (filters->reader != NULL && xo_reader_refresh(filters->reader, NULL) != XO_OK) {
        xo_filters_close(filters);
        *filters = (xo_filter_maker){0};
    }
}

static xo_status
take(xo_background *background, const piece *next)
{
    if (background->taken) {
        return XO_OK;
    }
    xo_status status = next->level == 0 ? xo_mover_take_chunk(&background->mover, background->log_count, next->offset)
                                        : xo_mover_take_block(&background->mover, next->level, next->offset);
    background->taken = status == XO_OK;
    return status;
}

/* Says that the chunks before the offset `upto` were moved; then the room that they had is free, unless somebody may look
 * at it. */
static xo_status
commit(xo_background *background, uint64_t upto)
{
    uint8_t bytes[XO_GAP_BYTES];
    xo_gap_store(&(xo_gap){background->mover.end, upto}, bytes);
    xo_status status = xo_file_write(background->file, XO_GAP_OFFSET, bytes, sizeof bytes);
    if (status == XO_OK && upto > background->free_end && xo_file_try_alone(background->file)) {
        xo_file_give_back(background->file, background->free_end, upto);
        xo_file_let_go(background->file);
        background->free_end = upto;
    }
    return status;
}

/* Whether the chunk that was taken has room in the gap. */
static bool
fits(xo_background *background)
{
    return xo_mover_needs(&background->mover) <= background->free_end - background->mover.end;
}

/* XO_NOT_FOUND when there is no room for it yet. */
static xo_status
put(xo_background *background, piece *next)
{
    xo_status status = XO_OK;
    if (!fits(background) && (status = commit(background, next->offset)) != XO_OK) {
        return status;
    }
    if (!fits(background)) {
        return background->free_end == next->offset ? XO_NO_SPACE : XO_NOT_FOUND;
    }
    if ((status = xo_mover_put(&background->mover, &next->moved_to)) != XO_OK) {
        return status;
    }
    xo_reader *reader = background->mover.filters.reader;
    background->taken = false;
    if (next->level == 0) {
        xo_chunk_moved(reader, background->log_count++, next->moved_to);
    } else {
        xo_block_moved(reader, next->level, background->block_counts[next->level - 1]++, next->moved_to);
    }
    return XO_OK;
}

static void
take_memory(xo_background *background)
{
    size_t bytes;
    xo_worker_hold(background->worker); /* the mapping stays */
    do {
        xo_worker_lock(background->worker);
        uint8_t *from = background->ahead;
        size_t left = (size_t)(background->ahead_end - from);
        bytes = left < STEP_BYTES ? left : STEP_BYTES;
        background->ahead += bytes;
        xo_worker_unlock(background->worker);
        if (bytes > 0) {
            xo_file_map_touch(from, bytes);
        }
    } while (bytes > 0);
    xo_worker_release(background->worker);
}

/* Answers how many of these could be moved. */
static size_t
move(xo_background *background, piece *pieces, size_t count, xo_status *status)
{
    size_t moved = 0;
    *status = xo_file_regain(&background->file, background->path);
    background->mover.from = background->mover.to = background->file;
    look_again(background);
    while (moved < count && *status == XO_OK) {
        piece *next = &pieces[moved];
        take_memory(background); /* the writer must not get there first */
        if ((*status = take(background, next)) == XO_OK && (*status = put(background, next)) == XO_OK) {
            moved++;
        }
    }
    xo_moved_forget(background->mover.filters.reader);
    if (moved > 0 && (*status == XO_OK || *status == XO_NOT_FOUND)) {
        xo_status told = commit(background, pieces[moved - 1].end);
        *status = told != XO_OK ? told : *status;
    }
    return moved;
}

static size_t
copy_waiting(const xo_background *background, piece *out)
{
    size_t count = background->piece_count - background->moved_count;
    count = background->status != XO_OK ? 0 : count > BATCH ? BATCH : count;
    if (count > 0) {
        memcpy(out, background->pieces + background->moved_count, count * sizeof *out);
    }
    return count;
}

/* Moves some chunks. XO_NOT_FOUND when there are none, or no room for them yet. */
static xo_status
move_some(xo_background *background)
{
    piece pieces[BATCH];
    xo_status status = XO_NOT_FOUND;
    xo_worker_lock(background->worker);
    size_t count = copy_waiting(background, pieces);
    xo_worker_unlock(background->worker);
    size_t moved = count == 0 ? 0 : move(background, pieces, count, &status);
    xo_worker_lock(background->worker);
    for (size_t i = 0; i < moved; i++) {
        background->pieces[background->moved_count++].moved_to = pieces[i].moved_to;
        background->waiting_bytes -= pieces[i].end - pieces[i].offset;
    }
    if (status != XO_OK && status != XO_NOT_FOUND) {
        background->status = status;
    }
    xo_worker_unlock(background->worker);
    return status;
}

/* With the worker's lock. */
static bool
has_batch(const xo_background *background)
{
    return background->status == XO_OK && background->waiting_bytes >= background->batch_bytes;
}

static bool
is_due(const xo_background *background)
{
    xo_worker_lock(background->worker);
    bool due = has_batch(background);
    xo_worker_unlock(background->worker);
    return due;
}

static bool
work(void *context)
{
    xo_background *background = context;
    take_memory(background);
    if (!is_due(background)) {
        return false;
    }
    begin(background, true);
    return move_some(background) == XO_OK && is_due(background);
}

xo_background *
xo_background_create(xo_file file, const char *path, uint64_t batch_bytes)
{
    xo_background *background = calloc(1, sizeof *background);
    if (background == NULL) {
        return NULL;
    }
    background->worker = xo_worker_create(work, background);
    if (background->worker == NULL || xo_file_open_again(file, path, &background->file) != XO_OK) {
        xo_worker_free(background->worker);
        free(background);
        return NULL;
    }
    background->path = path;
    background->batch_bytes = batch_bytes;
    background->mover.end = XO_PAGE_BYTES;
    background->free_end = XO_PAGE_BYTES + XO_FIRST_GAP;
    return background;
}

void
xo_background_free(xo_background *background)
{
    if (background != NULL) {
        xo_worker_free(background->worker);
        xo_mover_free(&background->mover);
        xo_file_close(&background->file);
        free(background->pieces);
        free(background);
    }
}

xo_status
xo_background_begin(xo_background *background, uint64_t *first)
{
    *first = background->free_end;
    return commit(background, background->free_end);
}

static void
set_ahead(xo_background *background, uint8_t *from, uint8_t *end)
{
    xo_worker_lock(background->worker);
    background->ahead = from;
    background->ahead_end = end;
    xo_worker_unlock(background->worker);
}

void
xo_background_take_memory(xo_background *background, uint8_t *map, size_t bytes)
{
    set_ahead(background, NULL, NULL);
    xo_worker_hold(background->worker); /* not in the old mapping any more */
    xo_worker_release(background->worker);
    if (bytes > 0) {
        set_ahead(background, map, map + bytes);
        xo_worker_wake(background->worker);
    }
}

uint8_t *
xo_background_leave_memory(xo_background *background, uint8_t *from, uint8_t *upto)
{
    xo_worker_lock(background->worker);
    if (background->ahead_end != NULL) {
        from = from > background->ahead ? from : background->ahead;
        background->ahead = upto > background->ahead ? upto : background->ahead;
    }
    xo_worker_unlock(background->worker);
    return from < upto ? from : upto;
}

void
xo_background_add(xo_background *background, uint32_t level, uint64_t offset, uint64_t end)
{
    xo_worker_lock(background->worker);
    void *pieces = background->pieces;
    if (background->status == XO_OK
        && !xo_array_reserve(&pieces, &background->pieces_capacity, background->piece_count + 1, sizeof *background->pieces)) {
        background->status = XO_NO_MEMORY;
    }
    background->pieces = pieces;
    if (background->status == XO_OK) {
        background->pieces[background->piece_count++] = (piece){.offset = offset, .end = end, .level = level};
        background->waiting_bytes += end - offset;
    }
    bool due = has_batch(background);
    xo_worker_unlock(background->worker);
    if (due) {
        xo_worker_wake(background->worker);
    }
}

xo_status
xo_background_finish(xo_background *background, bool compress)
{
    xo_status status = XO_OK;
    xo_background_take_memory(background, NULL, 0);
    xo_worker_pause(background->worker);
    begin(background, compress);
    while (status == XO_OK && background->moved_count < background->piece_count) {
        status = move_some(background);
    }
    look_again(background);
    return background->status != XO_OK ? background->status : status;
}

bool
xo_background_moved(const xo_background *background, size_t i, uint32_t *level, uint64_t *offset)
{
    if (i >= background->moved_count) {
        return false;
    }
    *level = background->pieces[i].level;
    *offset = background->pieces[i].moved_to;
    return true;
}

xo_mover *
xo_background_mover(xo_background *background)
{
    return &background->mover;
}
