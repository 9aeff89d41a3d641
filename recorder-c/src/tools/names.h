/* Which names are to be redacted: those that match an extended regular expression of POSIX anywhere, in any case. */
#ifndef XO_NAMES_H
#define XO_NAMES_H

#include "record.h"

typedef struct xo_names xo_names;

/* XO_NOT_FOUND when the expression makes no sense: *problem (of at least 200 bytes) says why then. */
xo_status xo_names_create(const char *expression, char *problem, xo_names **out);
void xo_names_free(xo_names *names);
bool xo_names_match(xo_names *names, const uint8_t *text, uint64_t size);

#endif
