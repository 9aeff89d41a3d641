/* What the parts that watch memory share. */
#ifndef EXECORDER_WATCHES_H
#define EXECORDER_WATCHES_H

#include "buffers.h"

enum { XO_BLOCK = 4096 };

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
    uint64_t right_at;    /* like xo_entity.right_at, when all of it was compared last */
} xo_memory_watch;

struct xo_watches {
    xo_pointer_map by_object;
    xo_pointer_map pinned; /* PyObject * -> itself: views of it are known */
    xo_memory_watch **all; /* owned, as are its elements */
    size_t count, capacity;
    xo_memory_watch **suspects; /* owned */
    size_t suspect_count, suspect_capacity;
    size_t next; /* whose turn it is */
    uint64_t credit;
    uint64_t copied_bytes;
};

/* memory_copies.c: what was recorded last, as a copy, or a hash per block where copies would take too much memory */
uint64_t xo_block_hash(const char *bytes, size_t size);
Py_ssize_t xo_block_size(const xo_memory_watch *item, size_t block);
/* Remembers the memory as it is. False when there is no room to. */
bool xo_copy_take(struct xo_watches *watches, xo_memory_watch *item);
void xo_copy_drop(struct xo_watches *watches, xo_memory_watch *item);

/* watches.c */
void xo_watch_remove(struct xo_watches *watches, xo_memory_watch *item);
/* Whether it is looked at also when nobody seems to hold a pointer into it. */
bool xo_watch_is_pinned(const struct xo_watches *watches, PyObject *object);

#endif
