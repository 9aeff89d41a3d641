/* What the store wants of the operating system: file_map.c, file_names.c and file_hold.c have it for POSIX, a port writes such files, too. */
#ifndef XO_PLATFORM_H
#define XO_PLATFORM_H

#include "execorder/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Mappings start at multiples of this, on every system. */
#define XO_MAP_ALIGNMENT 65536u

/* An open file. The program may close all descriptors, whosever they are, and get the number of this one for a file of its
 * own, or we for the same file elsewhere: so nothing is done with a descriptor before it is seen to be the one that was opened. */
typedef struct {
    int descriptor; /* -1: none */
    uint64_t device, inode;
    int64_t mark; /* the descriptor's own place in the file, which nothing else needs: another for each; -1: it has none */
} xo_file;
#define XO_NO_FILE ((xo_file){.descriptor = -1})

/* Creates a file for reading and writing, mode 0600. A file of this name is replaced: whoever has it open keeps it. */
xo_status xo_file_create(const char *path, xo_file *out);
/* The same, but where the system can do that, the file has no name until xo_file_show gives it this one: when the process
 * dies before, nothing is left of it. *unseen says whether it is so. */
xo_status xo_file_create_unseen(const char *path, xo_file *out, bool *unseen);
xo_status xo_file_show(xo_file file, const char *path);
xo_status xo_file_open(const char *path, xo_file *out);
/* Another descriptor, for reading and writing, of a file that is open and has this name; XO_IO when it has another now. */
xo_status xo_file_open_again(xo_file file, const char *path, xo_file *out);
/* When the descriptor isn't the file's any more, a new one is found by its name. */
xo_status xo_file_regain(xo_file *file, const char *path);
void xo_file_close(xo_file *file);
void xo_file_remove(const char *path);

xo_status xo_file_size(xo_file file, uint64_t *size_bytes);
/* Makes the file `size_bytes` long, with room on the disk for all from `from` on, filled with zeros. */
xo_status xo_file_extend(xo_file file, uint64_t from, uint64_t size_bytes);
/* Gives the room of this part back to the system, where it can do that; the bytes are zero then or what they were. */
void xo_file_give_back(xo_file file, uint64_t from, uint64_t to);
xo_status xo_file_truncate(xo_file file, uint64_t size_bytes);
/* Reads up to `size_bytes`; *done is less only at the end of the file. */
xo_status xo_file_read(xo_file file, uint64_t offset, void *out, size_t size_bytes, size_t *done);
xo_status xo_file_write(xo_file file, uint64_t offset, const void *bytes, size_t size_bytes);

/* Maps a part of the file, shared with all who have it open; `offset` is a multiple of XO_MAP_ALIGNMENT. */
xo_status xo_file_map(xo_file file, uint64_t offset, size_t size_bytes, bool writable, uint8_t **out);
void xo_file_unmap(uint8_t *map, size_t size_bytes);
/* Takes a part of a mapping for writing into memory, zeros or not: a disk that can't keep up holds up the caller here and
 * not at some later store. Where the system has no such call, it does nothing. */
void xo_file_map_touch(uint8_t *map, size_t size_bytes);
/* Lets go of the memory that a mapping for reading takes: what is looked at again comes from the file again. */
void xo_file_map_forget(uint8_t *map, size_t size_bytes);

/* Whoever reads a recording that grows holds its file, together with other readers; it waits for a writer that has it alone.
 * A writer takes nothing away that such a reader may look at: it tries to have the file alone before, without waiting. */
void xo_file_hold(xo_file file);
bool xo_file_try_alone(xo_file file);
void xo_file_let_go(xo_file file);

/* The absolute path, owned by the caller; NULL when there is none. */
char *xo_file_full_path(const char *path);
/* Whether the file of this name is that one. */
bool xo_file_is_at(xo_file file, const char *path);
/* Whether the file has lost its last name, and nothing else has the one that it had. */
bool xo_file_is_removed(xo_file file, const char *path);
/* `from` takes the place and the name of `path`. */
xo_status xo_file_replace(const char *path, const char *from);

uint64_t xo_process_number(void);
uint64_t xo_wall_clock_ns(void);
/* Of a clock that is never set. */
uint64_t xo_steady_clock_ns(void);

#endif
