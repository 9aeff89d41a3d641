/* What the recording tells once: files, codes, threads, notes. */
#include "definitions.h"

#include "buffer.h"

#include <stdlib.h>

char *
xo_text_copy(xo_slice text)
{
    char *copy = malloc((size_t)text.size + 1);
    if (copy != NULL) {
        memcpy(copy, text.bytes, (size_t)text.size);
        copy[text.size] = '\0';
    }
    return copy;
}

xo_status
xo_definition_number(xo_log_cursor *cursor, uint64_t known)
{
    uint64_t number;
    if (xo_varint_read(&cursor->at, cursor->limit, &number) != XO_OK) {
        return XO_CORRUPT;
    }
    if (number >= 1 && number <= known) {
        return XO_NOT_FOUND;
    }
    return number == known + 1 && number <= UINT32_MAX ? XO_OK : XO_CORRUPT;
}

void
xo_definitions_free(xo_reader *reader)
{
    for (size_t i = 0; i < reader->files.count; i++) {
        free((void *)reader->files.items[i].path);
        free((void *)reader->files.items[i].source);
    }
    for (size_t i = 0; i < reader->codes.count; i++) {
        xo_code_entry_free(&reader->codes.items[i]);
    }
    for (size_t i = 0; i < reader->threads.count; i++) {
        free(reader->threads.items[i].name);
    }
    for (size_t i = 0; i < reader->notes.count; i++) {
        free(reader->notes.items[i].owned_key);
        free(reader->notes.items[i].owned_text);
    }
    free(reader->files.items);
    free(reader->codes.items);
    free(reader->threads.items);
    free(reader->notes.items);
}

static xo_status
load_file(xo_reader *reader, xo_log_cursor *cursor)
{
    xo_slice path, source;
    uint64_t has_source;
    xo_status status = xo_definition_number(cursor, reader->files.count);
    if (status != XO_OK) {
        return status;
    }
    if (xo_slice_read(&cursor->at, cursor->limit, &path) != XO_OK
        || xo_varint_read(&cursor->at, cursor->limit, &has_source) != XO_OK
        || xo_slice_read(&cursor->at, cursor->limit, &source) != XO_OK) {
        return XO_CORRUPT;
    }
    char *copy = xo_text_copy(path);
    char *source_copy = has_source ? xo_text_copy(source) : NULL;
    if (copy == NULL || (has_source && source_copy == NULL) || !xo_marks_room(&reader->files)) {
        free(copy);
        free(source_copy);
        return XO_NO_MEMORY;
    }
    reader->files.items[reader->files.count++] = (xo_file_view){
        .path = copy,
        .source = (const uint8_t *)source_copy,
        .source_bytes = has_source ? source.size : 0,
    };
    return XO_OK;
}

static xo_status
load_thread(xo_reader *reader, xo_log_cursor *cursor)
{
    xo_thread_entry thread;
    xo_slice name;
    xo_status status = xo_definition_number(cursor, reader->threads.count);
    if (status != XO_OK) {
        return status;
    }
    if (xo_varint_read(&cursor->at, cursor->limit, &thread.system_id) != XO_OK
        || xo_slice_read(&cursor->at, cursor->limit, &name) != XO_OK) {
        return XO_CORRUPT;
    }
    thread.name = xo_text_copy(name);
    if (thread.name == NULL || !xo_marks_room(&reader->threads)) {
        free(thread.name);
        return XO_NO_MEMORY;
    }
    reader->threads.items[reader->threads.count++] = thread;
    return XO_OK;
}

static xo_status
load_note(xo_reader *reader, xo_log_cursor *cursor)
{
    xo_note_entry note;
    xo_slice key, text;
    if (xo_slice_read(&cursor->at, cursor->limit, &key) != XO_OK
        || xo_slice_read(&cursor->at, cursor->limit, &text) != XO_OK) {
        return XO_CORRUPT;
    }
    note.owned_key = xo_text_copy(key);
    note.owned_text = xo_text_copy(text);
    note.key = (xo_slice){(const uint8_t *)note.owned_key, key.size};
    note.text = (xo_slice){(const uint8_t *)note.owned_text, text.size};
    if (note.owned_key == NULL || note.owned_text == NULL || !xo_marks_room(&reader->notes)) {
        free(note.owned_key);
        free(note.owned_text);
        return XO_NO_MEMORY;
    }
    reader->notes.items[reader->notes.count++] = note;
    return XO_OK;
}

static xo_status
load_one(xo_reader *reader, uint64_t position)
{
    xo_record record;
    xo_log_cursor cursor;
    xo_status status = xo_log_record(reader, position, &record, &cursor);
    if (status != XO_OK) {
        return status;
    }
    switch (record.op) {
    case XO_OP_DEFINE_FILE: return load_file(reader, &cursor);
    case XO_OP_DEFINE_CODE: return xo_code_definition_load(reader, &cursor);
    case XO_OP_DEFINE_THREAD: return load_thread(reader, &cursor);
    case XO_OP_NOTE: return load_note(reader, &cursor);
    default: return XO_CORRUPT;
    }
}

typedef struct {
    uint64_t *items; /* newest first */
    size_t count, capacity;
} position_list;

/* The definitions from `newest` back to the newest one that is loaded already. */
static xo_status
walk_back(xo_reader *reader, uint64_t newest, position_list *list)
{
    uint64_t position = newest;
    uint64_t next = UINT64_MAX;
    while (position > reader->definition) {
        xo_record record;
        xo_log_cursor cursor;
        void *items = list->items;
        xo_status status = xo_log_record(reader, position, &record, &cursor);
        if (status != XO_OK) {
            return status;
        }
        if (!xo_op_is_definition(record.op) || record.distance > position
            || cursor.position + (uint64_t)(record.end - cursor.log) > next) {
            return XO_CORRUPT;
        }
        if (!xo_array_reserve(&items, &list->capacity, list->count + 1, sizeof *list->items)) {
            return XO_NO_MEMORY;
        }
        list->items = items;
        list->items[list->count++] = position;
        next = position;
        position = record.distance == 0 ? 0 : position - record.distance;
    }
    return position == reader->definition || position == 0 ? XO_OK : XO_CORRUPT; /* 0: all were written anew */
}

xo_status
xo_definitions_load(xo_reader *reader, uint64_t newest)
{
    position_list list = {0};
    xo_status status = walk_back(reader, newest, &list);
    for (size_t i = list.count; i-- > 0 && status == XO_OK;) {
        status = load_one(reader, list.items[i]);
        status = status == XO_NOT_FOUND ? XO_OK : status; /* it is known */
        if (status == XO_OK) {
            reader->definition = list.items[i];
        }
    }
    free(list.items);
    return status;
}
