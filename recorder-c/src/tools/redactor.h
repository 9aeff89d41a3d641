/* The parts of a redactor, for what goes through whole recordings. */
#ifndef XO_REDACTOR_PRIVATE_H
#define XO_REDACTOR_PRIVATE_H

#include "execorder/redactor.h"
#include "names.h"
#include "secrets.h"

struct xo_redactor {
    xo_names *names; /* owned */
    xo_secrets secrets;
    xo_buffer source;
    char *expression; /* owned */
};

#endif
