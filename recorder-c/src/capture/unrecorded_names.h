/* Names that library code binds in dicts; nothing to do where dicts have watchers. */
#ifndef EXECORDER_UNRECORDED_NAMES_H
#define EXECORDER_UNRECORDED_NAMES_H

#include "capture.h"

/* Whether the frame runs library code that binds such names. What it has bound so far will be in the recording. `starts`: it
 * has bound nothing yet. */
bool xo_look_at_library_names(const xo_iframe *iframe, bool starts);

#endif
