/* Says what a recording must not tell: the values of variables, keys and attributes with some names, and texts among
 * these values wherever they stand. Used by one thread at a time. */
#ifndef EXECORDER_REDACTOR_H
#define EXECORDER_REDACTOR_H

#include "status.h"

#include <stdbool.h>
#include <stddef.h>

/* What is written in place of a value. */
#define XO_REDACTED "<redacted>"

typedef struct xo_redactor xo_redactor;

/* `expression`: an extended regular expression of POSIX, found anywhere in a name, in any case. XO_NOT_FOUND when it
 * makes no sense: *problem (of at least 200 bytes) says why then. On failure *out is NULL. */
xo_status xo_redactor_create(const char *expression, char *problem, xo_redactor **out);
void xo_redactor_free(xo_redactor *redactor); /* accepts NULL */

/* Whether the value of this variable, key or attribute is hidden. */
bool xo_redactor_hides(xo_redactor *redactor, const void *name, size_t size_bytes);

/* What a text was met as. */
typedef enum {
    XO_TEXT_OF_NAME,   /* the value of a hidden name */
    XO_TEXT_OF_OBJECT, /* a text inside of a hidden object: a short one is no secret elsewhere */
    XO_TEXT_OF_KEY,    /* a key inside of a hidden object: a word is no secret elsewhere */
    XO_TEXT_OF_MEMORY, /* bytes of a hidden buffer: many are data, and no secret */
} xo_text_origin;
/* From here on, this text is hidden wherever it stands. False when memory runs out. */
bool xo_redactor_learn(xo_redactor *redactor, xo_text_origin origin, const void *text, size_t size_bytes);

typedef enum {
    XO_SHOW_VALUE,
    XO_SHOW_KEY,    /* of a dict: a word in it is a name, and no secret */
    XO_SHOW_SOURCE, /* of a program: also without literals that belong to a hidden name */
    XO_SHOW_MEMORY, /* keeps its size */
} xo_show_kind;
typedef struct {
    const void *bytes;
    size_t size_bytes;
} xo_shown;
/* *out is what may be shown of a text: the text itself, or what stands for it, which is valid until the next call. */
xo_status xo_redactor_show(xo_redactor *redactor, xo_show_kind kind, const void *text, size_t size_bytes, xo_shown *out);

#endif
