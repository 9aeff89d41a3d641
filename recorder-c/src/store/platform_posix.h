/* What the parts of platform.h share on POSIX systems. */
#ifndef XO_PLATFORM_POSIX_H
#define XO_PLATFORM_POSIX_H

#include "platform.h"

xo_status xo_status_of_errno(void);

/* Whether the descriptor still is the one that was opened; errno is EBADF otherwise. */
bool xo_descriptor_is_right(xo_file file);

#endif
