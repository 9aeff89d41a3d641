/* What is to be hidden of a recording: found in one pass, applied by a copy. */
#ifndef XO_REDACT_H
#define XO_REDACT_H

#include "copier.h"
#include "redactor.h"

typedef struct {
    xo_reader *reader; /* borrowed */
    xo_redactor *redactor; /* borrowed */
    xo_number_map hidden;     /* objects whose contents are hidden */
    xo_number_map namespaces; /* the globals of frames: never hidden as a whole */
    xo_number_map newest;     /* position of each object's newest record so far */
    XO_MARKS(uint64_t) waiting; /* hidden objects whose records so far are still to be looked at */
    uint8_t **slots;          /* owned; by code - 1: for each variable 1 when it is hidden; NULL: not asked yet */
    size_t code_count;
    uint64_t hidden_values;
} xo_redaction;

/* redact_find.c: goes through the recording and gathers the secrets. */
xo_status xo_redaction_find(xo_redaction *redaction);
bool xo_redaction_hides_slot(xo_redaction *redaction, uint32_t code, uint64_t slot);
void xo_redaction_free(xo_redaction *redaction);

#endif
