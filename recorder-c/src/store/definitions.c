/* What the recording tells once: files, codes, threads, notes. */
#include "definitions.h"

#include <stdlib.h>
#include <string.h>

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
    free(reader->late.items);
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
    xo_thread_entry thread = {0};
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

/* The note `thread.N` names a thread that was defined before. */
static void
name_thread(xo_reader *reader, const xo_note_entry *note)
{
    static const char prefix[] = "thread.";
    if (strncmp(note->owned_key, prefix, sizeof prefix - 1) == 0) {
        unsigned long number = strtoul(note->owned_key + sizeof prefix - 1, NULL, 10);
        if (number >= 1 && number <= reader->threads.count) {
            reader->threads.items[number - 1].given = note->owned_text;
        }
    }
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
    name_thread(reader, &note);
    return xo_late_change_load(reader, note.owned_key, note.owned_text);
}

/* What is known already counts, too: a new generation says all again. */
static xo_status
load_one(xo_reader *reader, uint8_t op, const uint8_t *operands, size_t size)
{
    xo_status status = XO_CORRUPT;
    xo_log_cursor cursor = {.at = operands, .limit = operands + size};
    switch (op) {
    case XO_OP_DEFINE_FILE: status = load_file(reader, &cursor); break;
    case XO_OP_DEFINE_CODE: status = xo_code_definition_load(reader, &cursor); break;
    case XO_OP_DEFINE_THREAD: status = load_thread(reader, &cursor); break;
    case XO_OP_NOTE: status = load_note(reader, &cursor); break;
    default: break;
    }
    return status == XO_NOT_FOUND ? XO_OK : status;
}

xo_status
xo_definitions_load(xo_reader *reader, uint64_t newest)
{
    xo_definition_list list = {0};
    xo_status status = xo_definition_chain_read(reader, newest, reader->definition, &list);
    for (size_t i = list.count; i-- > 0 && status == XO_OK;) {
        const xo_definition *one = &list.items[i];
        if ((status = load_one(reader, one->op, one->operands, one->size)) == XO_OK) {
            reader->definition = one->position;
        }
    }
    xo_definition_list_free(&list);
    return status;
}

xo_status
xo_definitions_load_copies(xo_reader *reader)
{
    uint8_t *copies;
    size_t size;
    xo_status status = xo_definition_copies_read(reader, &copies, &size);
    const uint8_t *at = copies;
    while (status == XO_OK && at < copies + size) {
        uint8_t op;
        xo_slice operands;
        status = xo_definition_take(&at, copies + size, &op, &operands);
        if (status == XO_OK) {
            status = load_one(reader, op, operands.bytes, (size_t)operands.size);
        }
    }
    free(copies);
    return status;
}
