/* platform.h for POSIX systems. */
#define _GNU_SOURCE
#include "platform.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static xo_status
status_of_errno(void)
{
    switch (errno) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return XO_NO_SPACE;
    case ENOMEM: return XO_NO_MEMORY;
    default: return XO_IO;
    }
}

/* Takes a file of this name away, so that nobody who still reads it has it cut off under his feet. */
static xo_status
remove_old(const char *path)
{
    struct stat about;
    if (lstat(path, &about) != 0) {
        return errno == ENOENT ? XO_OK : status_of_errno();
    }
    if (!S_ISREG(about.st_mode) && !S_ISLNK(about.st_mode)) {
        errno = S_ISDIR(about.st_mode) ? EISDIR : EEXIST;
        return XO_IO;
    }
    return unlink(path) == 0 || errno == ENOENT ? XO_OK : status_of_errno();
}

xo_status
xo_file_create(const char *path, xo_file *out)
{
    xo_status status = remove_old(path);
    if (status != XO_OK) {
        return status;
    }
    out->descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    return out->descriptor >= 0 ? XO_OK : status_of_errno();
}

/* A name of the open file by which it can be linked. */
static bool
name_of(xo_file file, char *out, size_t size)
{
    snprintf(out, size, "/proc/self/fd/%d", file.descriptor);
    return access(out, F_OK) == 0;
}

/* A file without a name, in the folder of `path`. Not all systems and file systems can do that. */
static bool
create_nameless(const char *path, xo_file *out)
{
#ifdef O_TMPFILE
    char name[64];
    char *folder = strdup(path);
    if (folder == NULL) {
        return false;
    }
    out->descriptor = open(dirname(folder), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    free(folder);
    if (out->descriptor >= 0 && name_of(*out, name, sizeof name)) {
        return true;
    }
    xo_file_close(out);
#else
    (void)path, (void)out;
#endif
    return false;
}

xo_status
xo_file_create_unseen(const char *path, xo_file *out, bool *unseen)
{
    *unseen = create_nameless(path, out);
    return *unseen ? XO_OK : xo_file_create(path, out);
}

xo_status
xo_file_show(xo_file file, const char *path)
{
    char name[64];
    xo_status status = remove_old(path);
    if (status != XO_OK) {
        return status;
    }
    if (!name_of(file, name, sizeof name)) {
        return status_of_errno();
    }
    return linkat(AT_FDCWD, name, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0 ? XO_OK : status_of_errno();
}

xo_status
xo_file_open(const char *path, xo_file *out)
{
    out->descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    return out->descriptor >= 0 ? XO_OK : status_of_errno();
}

void
xo_file_close(xo_file *file)
{
    if (file->descriptor >= 0) {
        int saved = errno;
        close(file->descriptor);
        errno = saved;
    }
    file->descriptor = -1;
}

void
xo_file_remove(const char *path)
{
    int saved = errno;
    unlink(path);
    errno = saved;
}

xo_status
xo_file_size(xo_file file, uint64_t *size_bytes)
{
    struct stat about;
    if (fstat(file.descriptor, &about) != 0) {
        return status_of_errno();
    }
    if (!S_ISREG(about.st_mode)) {
        return XO_NOT_A_RECORDING;
    }
    *size_bytes = (uint64_t)about.st_size;
    return XO_OK;
}

/* For file systems that can't promise room: claims it by writing zeros. */
static xo_status
write_zeros(xo_file file, uint64_t from, uint64_t to)
{
    static const uint8_t zeros[XO_MAP_ALIGNMENT];
    while (from < to) {
        size_t size = to - from < sizeof zeros ? (size_t)(to - from) : sizeof zeros;
        xo_status status = xo_file_write(file, from, zeros, size);
        if (status != XO_OK) {
            return status;
        }
        from += size;
    }
    return XO_OK;
}

xo_status
xo_file_extend(xo_file file, uint64_t from, uint64_t size_bytes)
{
#if defined(__APPLE__)
    return write_zeros(file, from, size_bytes);
#else
    int error;
    do {
        error = posix_fallocate(file.descriptor, (off_t)from, (off_t)(size_bytes - from));
    } while (error == EINTR);
    if (error == EOPNOTSUPP || error == EINVAL || error == ENOSYS) {
        return write_zeros(file, from, size_bytes);
    }
    if (error != 0) {
        errno = error;
        return status_of_errno();
    }
    return XO_OK;
#endif
}

void
xo_file_give_back(xo_file file, uint64_t from, uint64_t to)
{
#if defined(FALLOC_FL_PUNCH_HOLE)
    int saved = errno;
    (void)fallocate(file.descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)from, (off_t)(to - from));
    errno = saved;
#else
    (void)file, (void)from, (void)to;
#endif
}

xo_status
xo_file_truncate(xo_file file, uint64_t size_bytes)
{
    return ftruncate(file.descriptor, (off_t)size_bytes) == 0 ? XO_OK : status_of_errno();
}

xo_status
xo_file_read(xo_file file, uint64_t offset, void *out, size_t size_bytes, size_t *done)
{
    *done = 0;
    while (*done < size_bytes) {
        ssize_t count = pread(file.descriptor, (uint8_t *)out + *done, size_bytes - *done, (off_t)(offset + *done));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return status_of_errno();
        }
        if (count == 0) {
            break;
        }
        *done += (size_t)count;
    }
    return XO_OK;
}

xo_status
xo_file_write(xo_file file, uint64_t offset, const void *bytes, size_t size_bytes)
{
    const uint8_t *at = bytes;
    while (size_bytes > 0) {
        ssize_t count = pwrite(file.descriptor, at, size_bytes, (off_t)offset);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return status_of_errno();
        }
        at += count;
        offset += (uint64_t)count;
        size_bytes -= (size_t)count;
    }
    return XO_OK;
}

xo_status
xo_file_map(xo_file file, uint64_t offset, size_t size_bytes, bool writable, uint8_t **out)
{
    int protection = writable ? PROT_READ | PROT_WRITE : PROT_READ;
    void *map = mmap(NULL, size_bytes, protection, MAP_SHARED, file.descriptor, (off_t)offset);
    if (map == MAP_FAILED) {
        return status_of_errno();
    }
#ifdef MADV_POPULATE_WRITE
    if (writable) { /* one call costs less than a fault for each page; where it is not known, the faults come */
        (void)madvise(map, size_bytes, MADV_POPULATE_WRITE);
    }
#endif
    *out = map;
    return XO_OK;
}

void
xo_file_unmap(uint8_t *map, size_t size_bytes)
{
    if (map != NULL) {
        munmap(map, size_bytes);
    }
}

void
xo_file_map_touch(uint8_t *map, size_t size_bytes)
{
#if defined(MADV_POPULATE_WRITE)
    int saved = errno;
    size_t before = (uintptr_t)map % (uintptr_t)sysconf(_SC_PAGESIZE);
    (void)madvise(map - before, before + size_bytes, MADV_POPULATE_WRITE); /* since Linux 5.14 */
    errno = saved;
#else
    (void)map, (void)size_bytes;
#endif
}

void
xo_file_map_forget(uint8_t *map, size_t size_bytes)
{
    (void)madvise(map, size_bytes, MADV_DONTNEED);
}

char *
xo_file_full_path(const char *path)
{
    return realpath(path, NULL);
}

bool
xo_file_is_at(xo_file file, const char *path)
{
    struct stat open_file, named;
    return path != NULL && fstat(file.descriptor, &open_file) == 0 && lstat(path, &named) == 0
           && open_file.st_dev == named.st_dev && open_file.st_ino == named.st_ino;
}

bool
xo_file_is_removed(xo_file file, const char *path)
{
    struct stat open_file, named;
    return path != NULL && fstat(file.descriptor, &open_file) == 0 && open_file.st_nlink == 0
           && lstat(path, &named) != 0 && errno == ENOENT;
}

xo_status
xo_file_replace(const char *path, const char *from)
{
    return rename(from, path) == 0 ? XO_OK : status_of_errno();
}

uint64_t
xo_process_number(void)
{
    return (uint64_t)getpid();
}

uint64_t
xo_wall_clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

uint64_t
xo_steady_clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}
