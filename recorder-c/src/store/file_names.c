/* platform.h for POSIX systems: how files are opened, and what they are called. */
#define _GNU_SOURCE
#include "platform_posix.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Takes a file of this name away, so that nobody who still reads it has it cut off under his feet. */
static xo_status
remove_old(const char *path)
{
    struct stat about;
    if (lstat(path, &about) != 0) {
        return errno == ENOENT ? XO_OK : xo_status_of_errno();
    }
    if (!S_ISREG(about.st_mode) && !S_ISLNK(about.st_mode)) {
        errno = S_ISDIR(about.st_mode) ? EISDIR : EEXIST;
        return XO_IO;
    }
    return unlink(path) == 0 || errno == ENOENT ? XO_OK : xo_status_of_errno();
}

/* Remembers which file it is, and marks the descriptor. */
static xo_status
take_descriptor(int descriptor, xo_file *out)
{
    static int64_t marks;
    struct stat about;
    *out = XO_NO_FILE;
    if (descriptor < 0 || fstat(descriptor, &about) != 0) {
        return xo_status_of_errno();
    }
    int64_t mark = lseek(descriptor, (off_t)__atomic_add_fetch(&marks, 1, __ATOMIC_RELAXED), SEEK_SET);
    *out = (xo_file){descriptor, (uint64_t)about.st_dev, (uint64_t)about.st_ino, mark};
    return XO_OK;
}

xo_status
xo_file_create(const char *path, xo_file *out)
{
    xo_status status = remove_old(path);
    if (status != XO_OK) {
        return status;
    }
    return take_descriptor(open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600), out);
}

/* A name of the open file by which it can be linked. */
static bool
name_of(xo_file file, char *out, size_t size)
{
    snprintf(out, size, "/proc/self/fd/%d", file.descriptor);
    return xo_descriptor_is_right(file) && access(out, F_OK) == 0;
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
    xo_status status = take_descriptor(open(dirname(folder), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600), out);
    free(folder);
    if (status == XO_OK && name_of(*out, name, sizeof name)) {
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
        return xo_status_of_errno();
    }
    return linkat(AT_FDCWD, name, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0 ? XO_OK : xo_status_of_errno();
}

xo_status
xo_file_open(const char *path, xo_file *out)
{
    return take_descriptor(open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), out);
}

xo_status
xo_file_open_again(xo_file file, const char *path, xo_file *out)
{
    *out = XO_NO_FILE;
    xo_status status = path == NULL ? XO_IO : take_descriptor(open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK), out);
    if (status == XO_OK && (out->device != file.device || out->inode != file.inode)) {
        xo_file_close(out);
        errno = ENOENT;
        return XO_IO;
    }
    return status;
}

xo_status
xo_file_regain(xo_file *file, const char *path)
{
    xo_file again;
    if (xo_descriptor_is_right(*file)) {
        return XO_OK;
    }
    xo_status status = xo_file_open_again(*file, path, &again);
    if (status == XO_OK) {
        *file = again;
    }
    return status;
}

void
xo_file_close(xo_file *file)
{
    int saved = errno;
    if (xo_descriptor_is_right(*file)) {
        close(file->descriptor);
    }
    errno = saved;
    file->descriptor = -1;
}

void
xo_file_remove(const char *path)
{
    int saved = errno;
    unlink(path);
    errno = saved;
}

char *
xo_file_full_path(const char *path)
{
    return realpath(path, NULL);
}

bool
xo_file_is_at(xo_file file, const char *path)
{
    struct stat named;
    return path != NULL && file.descriptor >= 0 && lstat(path, &named) == 0 && (uint64_t)named.st_dev == file.device
           && (uint64_t)named.st_ino == file.inode;
}

bool
xo_file_is_removed(xo_file file, const char *path)
{
    struct stat open_file, named;
    return path != NULL && xo_descriptor_is_right(file) && fstat(file.descriptor, &open_file) == 0 && open_file.st_nlink == 0
           && lstat(path, &named) != 0 && errno == ENOENT;
}

xo_status
xo_file_replace(const char *path, const char *from)
{
    return rename(from, path) == 0 ? XO_OK : xo_status_of_errno();
}
