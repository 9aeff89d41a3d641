#include "compare_writes.h"

#include "reader_private.h"

#include <string.h>

enum { KEYS = CHANGING_KEYS };

xo_value
int_key(int64_t number)
{
    return (xo_value){.kind = XO_INT, .integer = number};
}

xo_value
text_key(const char *text)
{
    return (xo_value){.kind = XO_STR, .bytes = (const uint8_t *)text, .size_bytes = strlen(text)};
}

/* Opens a recording and forgets that it has filters. */
xo_reader *
open_plainly(const char *path)
{
    xo_reader *reader = open_recording(path);
    reader->header.version = XO_SLOTS_SINCE - 1;
    return reader;
}

void
compare_writes(xo_reader *filtered, xo_reader *plain, uint64_t step, const xo_slot *slot)
{
    xo_write one, other;
    xo_status status = xo_reader_last_write(plain, step, slot, &other);
    CHECK_STATUS(status, xo_reader_last_write(filtered, step, slot, &one));
    CHECK(status != XO_OK
          || (one.step == other.step && one.writer == other.writer && one.op == other.op && one.first == other.first
              && model_same_value(&one.value, &other.value)));
}

void
compare_all_slots(changing *run, xo_reader *filtered, xo_reader *plain, uint64_t step)
{
    xo_slot slot = {.kind = XO_SLOT_VARIABLE, .owner = 1, .key = text_key("v1")};
    set_context("step %llu", (unsigned long long)step);
    compare_writes(filtered, plain, step, &slot);
    for (int i = 0; i < 6; i++) {
        size_t key = i < 3 ? (size_t)i : (size_t)changing_dice(run, KEYS * 4);
        slot = (xo_slot){.kind = XO_SLOT_ITEM, .owner = CHANGING_LIST, .key = int_key((int64_t)key)};
        compare_writes(filtered, plain, step, &slot);
        slot = (xo_slot){.kind = XO_SLOT_ITEM, .owner = CHANGING_BUFFER, .key = int_key((int64_t)(key * 7))};
        compare_writes(filtered, plain, step, &slot);
        key %= KEYS;
        slot = (xo_slot){.kind = XO_SLOT_ITEM, .owner = CHANGING_DICT, .key = int_key((int64_t)key)};
        compare_writes(filtered, plain, step, &slot);
        slot = (xo_slot){.kind = XO_SLOT_ATTRIBUTE, .owner = CHANGING_INSTANCE, .key = text_key(changing_name(key))};
        compare_writes(filtered, plain, step, &slot);
    }
    slot = (xo_slot){.kind = XO_SLOT_ITEM, .owner = CHANGING_CELL};
    compare_writes(filtered, plain, step, &slot);
}
