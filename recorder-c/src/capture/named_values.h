/* The members of values written in C, each by its name, as attributes are written; a redactor may hide them. */
#ifndef EXECORDER_NAMED_VALUES_H
#define EXECORDER_NAMED_VALUES_H

#include "redaction.h"

static inline void
xo_put_named_object(xo_recorder *recorder, const char *name, PyObject *value)
{
    xo_put_latin(recorder, name);
    if (xo_hides_member(recorder, name)) {
        xo_put_hidden_member(recorder, value);
    } else {
        xo_put_value(recorder, value);
    }
}

static inline void
xo_put_named_number(xo_recorder *recorder, const char *name, int64_t number)
{
    xo_put_latin(recorder, name);
    if (xo_hides_member(recorder, name)) {
        xo_put_hidden_member(recorder, Py_None);
    } else {
        xo_put_int(recorder->writer, number);
    }
}

static inline void
xo_put_named_text(xo_recorder *recorder, const char *name, const char *text)
{
    xo_put_latin(recorder, name);
    if (xo_hides_member(recorder, name)) {
        xo_put_hidden_member(recorder, Py_None);
    } else {
        xo_put_latin(recorder, text);
    }
}

#endif
