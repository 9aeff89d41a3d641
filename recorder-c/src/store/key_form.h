/* The form in which equal keys are the same. */
#ifndef XO_KEY_FORM_H
#define XO_KEY_FORM_H

#include "execorder/value.h"

/* A value in the one form that all values equal to it share. */
typedef enum {
    FORM_NOTHING, /* None, Ellipsis … : `bits` is the kind */
    FORM_INTEGER,
    FORM_DOUBLE, /* no integer of 64 bits; perhaps a larger one */
    FORM_BIG,    /* bytes; no double has this value */
    FORM_COMPLEX,
    FORM_TEXT,
    FORM_BYTES,
    FORM_OBJECT,
} xo_key_form_kind;

typedef struct {
    xo_key_form_kind form;
    uint64_t bits, more_bits;
    const uint8_t *bytes;
    uint64_t size;
} xo_key_form;

xo_key_form xo_key_form_of(const xo_value *value);

#endif
