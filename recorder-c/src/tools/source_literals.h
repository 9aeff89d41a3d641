/* Literals in the source of a program that belong to a redacted name: `password = 'x'`, `{'password': 'x'}`,
 * `login(password='x')`, `d['password'] = 'x'`, `setattr(o, 'password', 'x')`, comments that mention one. */
#ifndef XO_SOURCE_LITERALS_H
#define XO_SOURCE_LITERALS_H

#include "buffer.h"
#include "names.h"

/* Writes the source with stand-ins into `out`, which is emptied before. Lines stay where they are. Looks at words and
 * brackets only, so it can be fooled: it blanks rather too much. */
xo_status xo_source_literals_blank(xo_names *names, xo_slice source, xo_buffer *out);

#endif
