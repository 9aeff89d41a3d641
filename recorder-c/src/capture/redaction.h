/* redaction.c: what a recording is asked not to tell. Each `_redacted` is called only with a redactor. */
#ifndef EXECORDER_REDACTION_H
#define EXECORDER_REDACTION_H

#include "capture.h"

XO_RARE void xo_put_variable_redacted(xo_recorder *recorder, const xo_code *code, uint32_t slot, PyObject *value);
XO_RARE void xo_put_key_redacted(xo_recorder *recorder, PyObject *key);
XO_RARE void xo_put_pair_redacted(xo_recorder *recorder, PyObject *key, PyObject *value);

static inline void
xo_put_variable(xo_recorder *recorder, const xo_code *code, uint32_t slot, PyObject *value)
{
    if (XO_LIKELY(recorder->redactor == NULL)) {
        xo_put_shown_value(recorder, value);
    } else {
        xo_put_variable_redacted(recorder, code, slot, value);
    }
}

/* A key of a dict, or the name of an attribute. */
static inline void
xo_put_key(xo_recorder *recorder, PyObject *key)
{
    if (XO_LIKELY(recorder->redactor == NULL)) {
        xo_put_shown_value(recorder, key);
    } else {
        xo_put_key_redacted(recorder, key);
    }
}

/* Likewise, with what it leads to. */
static inline void
xo_put_pair(xo_recorder *recorder, PyObject *key, PyObject *value)
{
    if (XO_LIKELY(recorder->redactor == NULL)) {
        xo_put_shown_value(recorder, key);
        xo_put_shown_value(recorder, value);
    } else {
        xo_put_pair_redacted(recorder, key, value);
    }
}

/* Like xo_put_if_hidden, of an instance of a scalar's subclass whose value is at hand. */
bool xo_put_hidden_scalar(xo_recorder *recorder, PyObject *value);

/* Whether a record of one change of this key or element could not be told from that of another: the object is written
 * whole, then. */
XO_RARE bool xo_blurs(xo_recorder *recorder, const xo_entity *entity, PyObject *key);
static inline bool
xo_is_blurred(PyObject *object, xo_entity *entity, PyObject *key)
{
    xo_recorder *recorder = xo_owner(entity);
    if (XO_LIKELY(recorder->redactor == NULL) || !xo_blurs(recorder, entity, key)) {
        return false;
    }
    xo_mark_dirty(object, entity);
    return true;
}

/* Whether the value of this member of the object being recorded is hidden; writes it, then. */
XO_RARE bool xo_hides_member(xo_recorder *recorder, const char *name);
XO_RARE void xo_put_hidden_member(xo_recorder *recorder, PyObject *value);

/* With their secrets replaced, if there is a redactor. */
void xo_put_memory(xo_recorder *recorder, const void *bytes, size_t size_bytes);
void xo_put_output(xo_recorder *recorder, int stream, const char *text, size_t size_bytes);
uint32_t xo_put_source(xo_recorder *recorder, const char *path, const char *source, size_t size_bytes);
void xo_put_note(xo_recorder *recorder, const char *key, const char *text);

#endif
