/* Images that say that the object is what it was before: it is. */
#include "check.h"
#include "object_read.h"
#include "slot_hash.h"
#include "slot_value.h"

#include <inttypes.h>

static uint64_t
print_of(const xo_value *value)
{
    return xo_mix(xo_key_part(value) + (value->kind == XO_OBJECT ? value->object : 0)) + (uint64_t)value->kind;
}

/* The items of a list by their order; sets and attributes may be told in any. */
static uint64_t
print_of_items(const xo_contents *contents)
{
    uint64_t print = contents->item_count;
    for (size_t i = 0; i < contents->item_count; i++) {
        const xo_entry *item = &contents->items[i];
        uint64_t place = contents->kind == XO_KIND_DICT ? print_of(&item->key)
                         : contents->kind == XO_KIND_SET || contents->kind == XO_KIND_FROZENSET ? 0 : i;
        print += xo_mix(xo_mix(place) + print_of(&item->value));
    }
    return print;
}

static uint64_t
print_of_attributes(const xo_contents *contents)
{
    uint64_t print = contents->attribute_count;
    for (size_t i = 0; i < contents->attribute_count; i++) {
        print += xo_mix(xo_mix(print_of(&contents->attributes[i].key)) + print_of(&contents->attributes[i].value));
    }
    return print;
}

static bool
same_buffer(const xo_buffer_contents *before, const xo_buffer_contents *after)
{
    bool same = before->size_bytes == after->size_bytes && before->value_count == after->value_count
                && (after->size_bytes == 0 || memcmp(before->bytes, after->bytes, (size_t)after->size_bytes) == 0);
    for (size_t i = 0; i < after->value_count && same; i++) {
        same = xo_value_same(&before->values[i], &after->values[i]);
    }
    return same;
}

static bool
same_contents(const xo_contents *before, const xo_contents *after)
{
    return before->kind == after->kind && before->unknown == after->unknown
           && before->attribute_dict == after->attribute_dict
           && (after->kind == XO_KIND_BUFFER
                   ? same_buffer(&before->buffer, &after->buffer)
                   : print_of_items(before) == print_of_items(after))
           && print_of_attributes(before) == print_of_attributes(after);
}

static bool
says_no_news(const xo_record *record)
{
    uint64_t class_number;
    const uint8_t *at = record->operands;
    return record->op == XO_OP_IMAGE && record->distance != 0 && xo_varint_read(&at, record->end, &class_number) == XO_OK
           && at < record->end && (*at & XO_IMAGE_NO_NEWS);
}

static xo_status
check_image(xo_checker *checker, const xo_chunk_index *index, const xo_record *record, uint64_t offset, uint64_t end)
{
    xo_contents *before = NULL, *after = NULL;
    uint64_t here = index->position + offset;
    xo_status status = xo_object_read_own(checker->reader, index, offset, record->number, here - record->distance, &before);
    if (status == XO_OK) {
        status = xo_object_read_own(checker->reader, index, end, record->number, here, &after);
    }
    if (status == XO_OK && !same_contents(before, after)) {
        xo_check_problem(checker, "position %" PRIu64 ": the image of object %" PRIu64 " says that it has no news, but it has",
                         here, record->number);
    }
    xo_contents_free(before);
    xo_contents_free(after);
    return status;
}

xo_status
xo_check_images(xo_checker *checker)
{
    xo_chunk_index *index;
    xo_status status = xo_reader_chunk_index(checker->reader, checker->chunk, &index);
    if (status != XO_OK) {
        return status;
    }
    index->pins++;
    for (size_t i = 0; i < index->objects.count && status == XO_OK; i++) {
        const xo_object_mark *mark = &index->objects.items[i];
        xo_record record;
        xo_log_cursor cursor;
        status = xo_object_record_read(checker->reader, index->position + mark->offset, UINT64_MAX, mark->number, &record,
                                       &cursor);
        if (status == XO_OK && says_no_news(&record)) {
            status = check_image(checker, index, &record, mark->offset, (uint64_t)(record.end - cursor.log));
        }
    }
    index->pins--;
    return status;
}
