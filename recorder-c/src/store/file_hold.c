/* platform.h's holding of files for POSIX systems: locks that belong to the open file, and end with it. */
#define _GNU_SOURCE
#include "platform_posix.h"

#include <errno.h>
#include <sys/file.h>

static bool
lock(xo_file file, int how)
{
    int saved = errno;
    int result = -1;
    if (!xo_descriptor_is_right(file)) {
        errno = saved;
        return false;
    }
    do {
        result = flock(file.descriptor, how);
    } while (result != 0 && errno == EINTR);
    errno = saved;
    return result == 0;
}

void
xo_file_hold(xo_file file)
{
    (void)lock(file, LOCK_SH); /* where files can't be held, a writer never has one alone */
}

bool
xo_file_try_alone(xo_file file)
{
    return lock(file, LOCK_EX | LOCK_NB);
}

void
xo_file_let_go(xo_file file)
{
    (void)lock(file, LOCK_UN);
}
