/* platform.h for POSIX systems: what is in files, and clocks. */
#define _GNU_SOURCE
#include "platform_posix.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

xo_status
xo_status_of_errno(void)
{
    switch (errno) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return XO_NO_SPACE;
    case ENOMEM: return XO_NO_MEMORY;
    default: return XO_IO;
    }
}

bool
xo_descriptor_is_right(xo_file file)
{
    struct stat about;
    if (file.descriptor >= 0 && fstat(file.descriptor, &about) == 0 && (uint64_t)about.st_dev == file.device
        && (uint64_t)about.st_ino == file.inode && (file.mark < 0 || lseek(file.descriptor, 0, SEEK_CUR) == file.mark)) {
        return true;
    }
    errno = EBADF;
    return false;
}

xo_status
xo_file_size(xo_file file, uint64_t *size_bytes)
{
    struct stat about;
    if (!xo_descriptor_is_right(file) || fstat(file.descriptor, &about) != 0) {
        return xo_status_of_errno();
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
    if (!xo_descriptor_is_right(file)) {
        return XO_IO;
    }
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
        return xo_status_of_errno();
    }
    return XO_OK;
#endif
}

void
xo_file_give_back(xo_file file, uint64_t from, uint64_t to)
{
#if defined(FALLOC_FL_PUNCH_HOLE)
    int saved = errno;
    (void)(xo_descriptor_is_right(file) && fallocate(file.descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)from, (off_t)(to - from)) == 0);
    errno = saved;
#else
    (void)file, (void)from, (void)to;
#endif
}

xo_status
xo_file_truncate(xo_file file, uint64_t size_bytes)
{
    return xo_descriptor_is_right(file) && ftruncate(file.descriptor, (off_t)size_bytes) == 0 ? XO_OK : xo_status_of_errno();
}

xo_status
xo_file_read(xo_file file, uint64_t offset, void *out, size_t size_bytes, size_t *done)
{
    *done = 0;
    if (!xo_descriptor_is_right(file)) {
        return XO_IO;
    }
    while (*done < size_bytes) {
        ssize_t count = pread(file.descriptor, (uint8_t *)out + *done, size_bytes - *done, (off_t)(offset + *done));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return xo_status_of_errno();
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
    if (!xo_descriptor_is_right(file)) {
        return XO_IO;
    }
    while (size_bytes > 0) {
        ssize_t count = pwrite(file.descriptor, at, size_bytes, (off_t)offset);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return xo_status_of_errno();
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
    void *map = xo_descriptor_is_right(file)
                    ? mmap(NULL, size_bytes, protection, MAP_SHARED, file.descriptor, (off_t)offset)
                    : MAP_FAILED;
    if (map == MAP_FAILED) {
        return xo_status_of_errno();
    }
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
