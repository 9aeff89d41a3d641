/* Definitions of codes. */
#include "definitions.h"

#include <stdlib.h>

void
xo_code_entry_free(xo_code_entry *code)
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
    code->view.name = xo_text_copy(name);
    code->view.qualname = xo_text_copy(qualname);
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
        names[i] = xo_text_copy(name);
        if (names[i] == NULL) {
            return XO_NO_MEMORY;
        }
    }
    return XO_OK;
}

xo_status
xo_code_definition_load(xo_reader *reader, xo_log_cursor *cursor)
{
    xo_code_entry code = {.view.code = (uint32_t)reader->codes.count + 1, .place_base = reader->place_count};
    xo_status status = xo_definition_number(cursor, reader->codes.count);
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
    xo_code_entry_free(&code);
    return status;
}
