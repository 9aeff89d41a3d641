/* Files, codes, threads, notes and output. */
#include "copier.h"

#include "buffer.h"

#include <stdlib.h>

static xo_slice
slice_of(const char *text)
{
    return (xo_slice){(const uint8_t *)text, strlen(text)};
}

/* A zero-terminated copy of a text as it may be shown. */
static xo_status
shown_text(xo_copier *copier, xo_slice text, char **out)
{
    xo_status status = xo_copy_filter_text(copier, text, &text);
    *out = NULL;
    if (status == XO_OK) {
        *out = malloc((size_t)text.size + 1);
        if (*out == NULL) {
            return XO_NO_MEMORY;
        }
        memcpy(*out, text.bytes, (size_t)text.size);
        (*out)[text.size] = '\0';
    }
    return status;
}

static xo_status
define_file(xo_copier *copier, const xo_file_view *file)
{
    const xo_copy_filter *filter = copier->filter;
    xo_slice source = {file->source, file->source_bytes};
    char *path;
    xo_status status = shown_text(copier, slice_of(file->path), &path);
    if (status == XO_OK && filter != NULL && file->source != NULL) {
        status = filter->source(filter->context, source, &source);
    }
    if (status == XO_OK) {
        xo_writer_define_file(copier->writer, path, (const char *)source.bytes, (size_t)source.size);
    }
    free(path);
    return status;
}

static xo_status
define_code(xo_copier *copier, const xo_code_entry *code)
{
    int64_t last = code->min_line + (int64_t)code->place_count - 1;
    if (last > INT32_MAX) {
        return XO_CORRUPT;
    }
    xo_writer_define_code(copier->writer, &(xo_code_definition){
        .name = code->view.name,
        .qualname = code->view.qualname,
        .file = code->view.file,
        .first_line = code->view.first_line,
        .min_line = code->min_line,
        .max_line = (int32_t)last,
        .lines = code->view.lines,
        .line_count = code->view.line_count,
        .flags = code->view.flags,
        .variable_count = code->view.variable_count,
        .variable_names = code->view.variable_names,
        .variable_flags = code->view.variable_flags,
    });
    return copier->writer->failure;
}

static xo_status
define_thread(xo_copier *copier, const xo_thread_entry *entry)
{
    char *name;
    void *threads = copier->threads;
    xo_status status = shown_text(copier, slice_of(entry->name), &name);
    if (status != XO_OK) {
        return status;
    }
    xo_thread *thread = xo_writer_define_thread(copier->writer, entry->system_id, name);
    free(name);
    if (thread == NULL
        || !xo_array_reserve(&threads, &copier->threads_capacity, copier->thread_count + 1, sizeof *copier->threads)) {
        return XO_NO_MEMORY;
    }
    copier->threads = threads;
    copier->threads[copier->thread_count++] = thread;
    return XO_OK;
}

static xo_status
define_note(xo_copier *copier, xo_slice key, xo_slice text)
{
    char *shown_key, *shown;
    xo_status status = shown_text(copier, key, &shown_key);
    if (status != XO_OK) {
        return status;
    }
    if ((status = shown_text(copier, text, &shown)) == XO_OK) {
        xo_writer_note(copier->writer, shown_key, shown);
    }
    free(shown_key);
    free(shown);
    return status;
}

xo_thread *
xo_copy_thread(xo_copier *copier, uint64_t number)
{
    return number >= 1 && number <= copier->thread_count ? copier->threads[number - 1] : NULL;
}

/* Says what time it was at a step, whose number is another one in a part of a recording. */
static bool
is_of_clock(xo_slice key)
{
    return key.size > 6 && memcmp(key.bytes, "clock.", 6) == 0;
}

/* The reader has checked that the numbers count from 1. */
static xo_status
copy_numbered(xo_copier *copier, const xo_record *record)
{
    const xo_reader *reader = copier->reader;
    const uint8_t *at = record->operands;
    uint64_t number;
    if (xo_varint_read(&at, record->end, &number) != XO_OK || number == 0) {
        return XO_CORRUPT;
    }
    switch (record->op) {
    case XO_OP_DEFINE_FILE:
        return number > reader->files.count ? XO_CORRUPT : define_file(copier, &reader->files.items[number - 1]);
    case XO_OP_DEFINE_CODE:
        return number > reader->codes.count ? XO_CORRUPT : define_code(copier, &reader->codes.items[number - 1]);
    default:
        return number > reader->threads.count ? XO_CORRUPT : define_thread(copier, &reader->threads.items[number - 1]);
    }
}

/* Whether it only says again what was said before: a new generation does so with all, in their order. The writer knows
 * them. */
static bool
is_repeated(xo_copier *copier, const xo_record *record)
{
    if (record->distance == 0 && (copier->definitions > 0 || copier->defined)) {
        copier->repeats = copier->definitions;
        xo_writer_generation_repeat(copier->writer);
    }
    if (copier->repeats > 0) {
        copier->repeats--;
        return true;
    }
    copier->definitions++;
    return false;
}

xo_status
xo_copy_definition(xo_copier *copier, const xo_record *record)
{
    const uint8_t *at = record->operands;
    xo_slice key, text;
    if (is_repeated(copier, record) || copier->defined) {
        return XO_OK;
    }
    if (record->op != XO_OP_NOTE) {
        return copy_numbered(copier, record);
    }
    if (xo_slice_read(&at, record->end, &key) != XO_OK || xo_slice_read(&at, record->end, &text) != XO_OK) {
        return XO_CORRUPT;
    }
    return define_note(copier, key, text);
}

xo_status
xo_copy_output(xo_copier *copier, const xo_record *record)
{
    const uint8_t *at = record->operands + 1;
    xo_slice text;
    if (xo_slice_read(&at, record->end, &text) != XO_OK) {
        return XO_CORRUPT;
    }
    xo_status status = xo_copy_filter_text(copier, text, &text);
    if (status == XO_OK) {
        xo_writer_output(copier->writer, *record->operands, (const char *)text.bytes, (size_t)text.size);
    }
    return status;
}

xo_status
xo_copy_define_all(xo_copier *copier)
{
    const xo_reader *reader = copier->reader;
    xo_status status = XO_OK;
    for (size_t i = 0; i < reader->files.count && status == XO_OK; i++) {
        status = define_file(copier, &reader->files.items[i]);
    }
    for (size_t i = 0; i < reader->codes.count && status == XO_OK; i++) {
        status = define_code(copier, &reader->codes.items[i]);
    }
    for (size_t i = 0; i < reader->threads.count && status == XO_OK; i++) {
        status = define_thread(copier, &reader->threads.items[i]);
    }
    for (size_t i = 0; i < reader->notes.count && status == XO_OK; i++) {
        const xo_note_entry *note = &reader->notes.items[i];
        status = is_of_clock(note->key) ? XO_OK : define_note(copier, note->key, note->text);
    }
    copier->defined = true;
    return status;
}
