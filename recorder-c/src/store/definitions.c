/* What the recording tells once: files, codes, threads, notes. */
#include "buffer.h"
#include "reader_private.h"

#include <stdlib.h>

static char *
copy_text(xo_slice text)
{
    char *copy = malloc((size_t)text.size + 1);
    if (copy != NULL) {
        memcpy(copy, text.bytes, (size_t)text.size);
        copy[text.size] = '\0';
    }
    return copy;
}

static void
free_code(xo_code_entry *code)
{
    for (size_t i = 0; code->view.variable_names != NULL && i < code->view.variable_count; i++) {
        free((void *)code->view.variable_names[i]);
    }
    free((void *)code->view.variable_names);
    free((void *)code->view.variable_flags);
    free((void *)code->view.lines);
    free((void *)code->view.name);
    free((void *)code->view.qualname);
}

void
xo_definitions_free(xo_reader *reader)
{
    for (size_t i = 0; i < reader->files.count; i++) {
        free((void *)reader->files.items[i].path);
    }
    for (size_t i = 0; i < reader->codes.count; i++) {
        free_code(&reader->codes.items[i]);
    }
    for (size_t i = 0; i < reader->threads.count; i++) {
        free(reader->threads.items[i].name);
    }
    for (size_t i = 0; i < reader->notes.count; i++) {
        free(reader->notes.items[i].owned_text);
    }
    free(reader->files.items);
    free(reader->codes.items);
    free(reader->threads.items);
    free(reader->notes.items);
}

/* The number that a definition gives must be the next one. */
static xo_status
read_number(xo_log_cursor *cursor, uint64_t known)
{
    uint64_t number;
    if (xo_varint_read(&cursor->at, cursor->limit, &number) != XO_OK) {
        return XO_CORRUPT;
    }
    return number == known + 1 && number <= UINT32_MAX ? XO_OK : XO_CORRUPT;
}

static xo_status
load_file(xo_reader *reader, xo_log_cursor *cursor)
{
    xo_slice path, source;
    uint64_t has_source;
    if (read_number(cursor, reader->files.count) != XO_OK
        || xo_slice_read(&cursor->at, cursor->limit, &path) != XO_OK
        || xo_varint_read(&cursor->at, cursor->limit, &has_source) != XO_OK
        || xo_slice_read(&cursor->at, cursor->limit, &source) != XO_OK) {
        return XO_CORRUPT;
    }
    char *copy = copy_text(path);
    if (copy == NULL || !xo_marks_room(&reader->files)) {
        free(copy);
        return XO_NO_MEMORY;
    }
    reader->files.items[reader->files.count++] = (xo_file_view){
        .path = copy,
        .source = has_source ? source.bytes : NULL,
        .source_bytes = has_source ? source.size : 0,
    };
    return XO_OK;
}

static xo_status
read_names(xo_log_cursor *cursor, xo_code_entry *code)
{
    xo_slice name, qualname;
    int64_t line;
    if (xo_varint_read_u32(&cursor->at, cursor->limit, &code->view.file) != XO_OK
        || xo_slice_read(&cursor->at, cursor->limit, &name) != XO_OK
        || xo_slice_read(&cursor->at, cursor->limit, &qualname) != XO_OK
        || xo_zigzag_read(&cursor->at, cursor->limit, &line) != XO_OK
        || xo_varint_read_u32(&cursor->at, cursor->limit, &code->view.flags) != XO_OK) {
        return XO_CORRUPT;
    }
    code->view.first_line = (int32_t)line;
    code->view.name = copy_text(name);
    code->view.qualname = copy_text(qualname);
    return code->view.name == NULL || code->view.qualname == NULL ? XO_NO_MEMORY : XO_OK;
}

static xo_status
read_lines(xo_log_cursor *cursor, xo_code_entry *code)
{
    int64_t least, line = 0, difference;
    uint64_t count;
    if (xo_zigzag_read(&cursor->at, cursor->limit, &least) != XO_OK
        || xo_varint_read(&cursor->at, cursor->limit, &code->place_count) != XO_OK
        || xo_varint_read(&cursor->at, cursor->limit, &count) != XO_OK || code->place_count > UINT32_MAX
        || least < INT32_MIN || least > INT32_MAX || count > (uint64_t)(cursor->limit - cursor->at)) {
        return XO_CORRUPT;
    }
    code->min_line = (int32_t)least;
    int32_t *lines = malloc(((size_t)count + 1) * sizeof *lines);
    if (lines == NULL) {
        return XO_NO_MEMORY;
    }
    code->view.lines = lines;
    for (uint64_t i = 0; i < count; i++) {
        if (xo_zigzag_read(&cursor->at, cursor->limit, &difference) != XO_OK || difference > (int64_t)UINT32_MAX
            || difference < -(int64_t)UINT32_MAX || line + difference > INT32_MAX || line + difference < INT32_MIN) {
            return XO_CORRUPT;
        }
        line += difference;
        lines[i] = (int32_t)line;
    }
    code->view.line_count = (size_t)count;
    return XO_OK;
}

static xo_status
read_variables(xo_log_cursor *cursor, xo_code_entry *code)
{
    uint64_t count, flags;
    xo_slice name;
    if (xo_varint_read(&cursor->at, cursor->limit, &count) != XO_OK
        || count > (uint64_t)(cursor->limit - cursor->at) / 2) {
        return XO_CORRUPT;
    }
    const char **names = calloc((size_t)count + 1, sizeof *names);
    uint8_t *all_flags = calloc((size_t)count + 1, 1);
    code->view.variable_names = names;
    code->view.variable_flags = all_flags;
    if (names == NULL || all_flags == NULL) {
        return XO_NO_MEMORY;
    }
    for (uint64_t i = 0; i < count; i++) {
        if (xo_slice_read(&cursor->at, cursor->limit, &name) != XO_OK
            || xo_varint_read(&cursor->at, cursor->limit, &flags) != XO_OK) {
            return XO_CORRUPT;
        }
        code->view.variable_count = (size_t)i + 1;
        all_flags[i] = (uint8_t)flags;
        names[i] = copy_text(name);
        if (names[i] == NULL) {
            return XO_NO_MEMORY;
        }
    }
    return XO_OK;
}

static xo_status
load_code(xo_reader *reader, xo_log_cursor *cursor)
{
    xo_code_entry code = {.view.code = (uint32_t)reader->codes.count + 1, .place_base = reader->place_count};
    xo_status status = read_number(cursor, reader->codes.count);
    if (status != XO_OK || (status = read_names(cursor, &code)) != XO_OK
        || (status = read_lines(cursor, &code)) != XO_OK || (status = read_variables(cursor, &code)) != XO_OK) {
        goto fail;
    }
    if (!xo_marks_room(&reader->codes)) {
        status = XO_NO_MEMORY;
        goto fail;
    }
    reader->place_count += code.place_count;
    reader->codes.items[reader->codes.count++] = code;
    return XO_OK;

fail:
    free_code(&code);
    return status;
}

static xo_status
load_thread(xo_reader *reader, xo_log_cursor *cursor)
{
    xo_thread_entry thread;
    xo_slice name;
    if (read_number(cursor, reader->threads.count) != XO_OK
        || xo_varint_read(&cursor->at, cursor->limit, &thread.system_id) != XO_OK
        || xo_slice_read(&cursor->at, cursor->limit, &name) != XO_OK) {
        return XO_CORRUPT;
    }
    thread.name = copy_text(name);
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
    if (xo_slice_read(&cursor->at, cursor->limit, &note.key) != XO_OK
        || xo_slice_read(&cursor->at, cursor->limit, &note.text) != XO_OK) {
        return XO_CORRUPT;
    }
    note.owned_text = copy_text(note.text);
    if (note.owned_text == NULL || !xo_marks_room(&reader->notes)) {
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
    case XO_OP_DEFINE_CODE: return load_code(reader, &cursor);
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
    while (position > reader->definition) {
        xo_record record;
        xo_log_cursor cursor;
        void *items = list->items;
        xo_status status = xo_log_record(reader, position, &record, &cursor);
        if (status != XO_OK) {
            return status;
        }
        if (!xo_op_is_definition(record.op) || record.distance > position) {
            return XO_CORRUPT;
        }
        if (!xo_array_reserve(&items, &list->capacity, list->count + 1, sizeof *list->items)) {
            return XO_NO_MEMORY;
        }
        list->items = items;
        list->items[list->count++] = position;
        position = record.distance == 0 ? 0 : position - record.distance;
    }
    return position == reader->definition ? XO_OK : XO_CORRUPT;
}

xo_status
xo_definitions_load(xo_reader *reader, uint64_t newest)
{
    position_list list = {0};
    xo_status status = walk_back(reader, newest, &list);
    for (size_t i = list.count; i-- > 0 && status == XO_OK;) {
        status = load_one(reader, list.items[i]);
        if (status == XO_OK) {
            reader->definition = list.items[i];
        }
    }
    free(list.items);
    return status;
}
