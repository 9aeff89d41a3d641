/* What can be done with a whole recording: a part of it, or all of it, written to another file. The original is only
 * read; the new file has mode 0600 and keeps the process number, the time and the objects' numbers. */
#ifndef EXECORDER_TOOLS_H
#define EXECORDER_TOOLS_H

#include "status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Which file a failure is about. */
typedef enum {
    XO_OF_ORIGINAL,
    XO_OF_COPY,
} xo_tool_side;

/* Each of these writes `to`, which must be another file than `from`; on failure `to` doesn't exist, and *side (may be
 * NULL) says which of the two it is about. */

/* All of it, written anew: compressed where the recording wasn't, complete where the program was killed. */
xo_status xo_compact(const char *from, const char *to, xo_tool_side *side);
/* The steps from `first` to `last`, which become 0 to last - first. XO_NOT_FOUND when there are no such steps. */
xo_status xo_trim(const char *from, const char *to, uint64_t first, uint64_t last, xo_tool_side *side);

#endif
