/* Who wrote a slot, asked with filters and without. */
#ifndef XO_TEST_COMPARE_WRITES_H
#define XO_TEST_COMPARE_WRITES_H

#include "changing.h"

xo_value int_key(int64_t number);
xo_value text_key(const char *text);

/* Opens a recording and forgets that it has filters. */
xo_reader *open_plainly(const char *path);

void compare_writes(xo_reader *filtered, xo_reader *plain, uint64_t step, const xo_slot *slot);
/* Some slots of each of the objects of `run`. */
void compare_all_slots(changing *run, xo_reader *filtered, xo_reader *plain, uint64_t step);

#endif
