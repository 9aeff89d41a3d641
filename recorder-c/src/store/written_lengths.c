/* How long lists are, as far as appends need it: a record of one doesn't tell its index. */
#include "object_read.h"
#include "written_slots.h"

/* Lengths of more lists aren't kept: they are found again. */
#define MOST_LENGTHS 100000u

xo_status
xo_numbers_read(xo_log_cursor *cursor, uint64_t *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (xo_varint_read(&cursor->at, cursor->limit, &numbers[i]) != XO_OK) {
            return XO_CORRUPT;
        }
    }
    return XO_OK;
}

bool
xo_length_set(xo_number_map *lengths, uint64_t object, uint64_t length)
{
    if (lengths->count > MOST_LENGTHS) {
        xo_number_map_free(lengths);
    }
    return xo_number_map_put(lengths, object, length);
}

xo_status
xo_length_told(uint8_t op, xo_log_cursor cursor, uint64_t *length, bool *told)
{
    xo_kind kind;
    uint64_t class_number;
    *told = op == XO_OP_IMAGE || op == XO_OP_CLEAR || op == XO_OP_UNKNOWN;
    *length = 0;
    if (op != XO_OP_IMAGE) {
        return XO_OK;
    }
    xo_status status = xo_image_head(&cursor, &class_number, &kind);
    return status != XO_OK || kind != XO_KIND_LIST ? status : xo_numbers_read(&cursor, length, 1);
}

/* By how many items the record makes the list longer. */
static xo_status
read_growth(const xo_record *record, xo_log_cursor cursor, uint64_t *growth)
{
    uint64_t numbers[3] = {0}; /* start, how many go, how many come */
    xo_status status = record->op == XO_OP_LIST_SPLICE ? xo_numbers_read(&cursor, numbers, 3) : XO_OK;
    *growth = record->op == XO_OP_LIST_APPEND ? 1 : numbers[2] - numbers[1];
    return status;
}

xo_status
xo_length_before(xo_reader *reader, const xo_number_map *lengths, uint64_t object, uint64_t position, uint64_t distance,
                 uint64_t *length)
{
    const uint64_t *known = xo_number_map_get(lengths, object);
    uint64_t grown = 0, growth = 0;
    bool told = known != NULL;
    *length = told ? *known : 0;
    while (!told) {
        xo_record record;
        xo_log_cursor cursor;
        if (distance == 0) {
            return XO_CORRUPT;
        }
        xo_status status = xo_object_record_read(reader, position - distance, position, object, &record, &cursor);
        if (status != XO_OK || (status = xo_length_told(record.op, cursor, length, &told)) != XO_OK
            || (status = read_growth(&record, cursor, &growth)) != XO_OK) {
            return status;
        }
        grown += told ? 0 : growth;
        position -= distance;
        distance = record.distance;
    }
    *length += grown;
    return XO_OK;
}
