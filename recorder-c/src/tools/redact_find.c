#include "code_stacks.h"
#include "redact.h"

#include <stdlib.h>

typedef struct {
    xo_redaction *redaction;
    xo_code_stacks stacks;
    xo_log_cursor source;
    uint32_t code;
    bool takes_next;  /* the value of the name just passed is hidden */
    bool takes_all;   /* the record is one of a hidden object */
} search;

void
xo_redaction_free(xo_redaction *redaction)
{
    for (size_t i = 0; redaction->slots != NULL && i < redaction->code_count; i++) {
        free(redaction->slots[i]);
    }
    free(redaction->slots);
    free(redaction->waiting.items);
    xo_number_map_free(&redaction->hidden);
    xo_number_map_free(&redaction->namespaces);
    xo_number_map_free(&redaction->newest);
}

bool
xo_redaction_hides_slot(xo_redaction *redaction, uint32_t code, uint64_t slot)
{
    if (code < 1 || code > redaction->code_count) {
        return false;
    }
    const xo_code_view *view = &redaction->reader->codes.items[code - 1].view;
    uint8_t **slots = &redaction->slots[code - 1];
    if (*slots == NULL) {
        *slots = calloc(view->variable_count + 1, 1);
        for (size_t i = 0; *slots != NULL && i < view->variable_count; i++) {
            const char *name = view->variable_names[i];
            (*slots)[i] = xo_redactor_hides(redaction->redactor, name, strlen(name));
        }
    }
    return slot < view->variable_count && (*slots == NULL || (*slots)[slot]);
}

static xo_text_origin
origin_of(const search *finder, xo_part_role role)
{
    return !finder->takes_all ? XO_TEXT_OF_NAME : role == XO_PART_KEY ? XO_TEXT_OF_KEY : XO_TEXT_OF_OBJECT;
}

static xo_status
learn(const search *finder, xo_text_origin origin, xo_slice text)
{
    bool learnt = xo_redactor_learn(finder->redaction->redactor, origin, text.bytes, (size_t)text.size);
    return learnt ? XO_OK : XO_NO_MEMORY;
}

static xo_status
hide_object(xo_redaction *redaction, uint64_t number)
{
    if (number == 0 || xo_number_map_get(&redaction->hidden, number) != NULL
        || xo_number_map_get(&redaction->namespaces, number) != NULL) {
        return XO_OK;
    }
    if (!xo_number_map_put(&redaction->hidden, number, 1) || !xo_marks_room(&redaction->waiting)) {
        return XO_NO_MEMORY;
    }
    redaction->waiting.items[redaction->waiting.count++] = number;
    return XO_OK;
}

static xo_status
take_value(search *finder, const xo_part *part)
{
    xo_redaction *redaction = finder->redaction;
    xo_value value;
    xo_log_cursor cursor = finder->source;
    cursor.at = part->at;
    xo_status status = xo_value_read(redaction->reader, &cursor, &value);
    if (status != XO_OK) {
        return status;
    }
    redaction->hidden_values += !finder->takes_all && value.kind != XO_UNBOUND;
    if (value.kind == XO_OBJECT) {
        return hide_object(redaction, value.object);
    }
    xo_slice text = {value.bytes, value.size_bytes};
    bool is_own_word = finder->takes_all && (part->role == XO_PART_NAME || part->role == XO_PART_TITLE);
    if ((value.kind != XO_STR && value.kind != XO_BYTES) || is_own_word) {
        return XO_OK;
    }
    return learn(finder, origin_of(finder, part->role), text);
}

static xo_status
look_at_name(search *finder, const xo_part *part)
{
    xo_log_cursor cursor = finder->source;
    xo_value name;
    finder->takes_next = false;
    cursor.at = part->at;
    if (*part->at == XO_TAG_OBJECT) {
        return XO_OK;
    }
    xo_status status = xo_value_read(finder->redaction->reader, &cursor, &name);
    if (status == XO_OK && (name.kind == XO_STR || name.kind == XO_BYTES)) {
        finder->takes_next = xo_redactor_hides(finder->redaction->redactor, name.bytes, (size_t)name.size_bytes);
    }
    return status;
}

static xo_status
take_memory(search *finder, const xo_part *part)
{
    const uint8_t *at = part->at;
    xo_slice memory;
    if (xo_slice_read(&at, part->end, &memory) != XO_OK) {
        return XO_CORRUPT;
    }
    return learn(finder, XO_TEXT_OF_MEMORY, memory);
}

static xo_status
find_in_part(void *context, const xo_part *part)
{
    search *finder = context;
    bool takes = finder->takes_all;
    if (part->role == XO_PART_RAW) {
        return XO_OK;
    }
    if (part->role == XO_PART_MEMORY) {
        return takes ? take_memory(finder, part) : XO_OK;
    }
    if (part->role == XO_PART_OBJECT) {
        const uint8_t *at = part->at;
        uint64_t number;
        if (!takes) {
            return XO_OK;
        }
        return xo_varint_read(&at, part->end, &number) != XO_OK ? XO_CORRUPT
                                                                 : hide_object(finder->redaction, number);
    }
    if (part->role == XO_PART_KEY || part->role == XO_PART_NAME) {
        xo_status status = look_at_name(finder, part);
        if (status != XO_OK) {
            return status;
        }
    }
    takes = takes || (part->role == XO_PART_MAPPED && finder->takes_next)
            || (part->role == XO_PART_SLOT
                && xo_redaction_hides_slot(finder->redaction, finder->code, part->slot));
    return takes ? take_value(finder, part) : XO_OK;
}

/* Classes and what only has a name are part of the program: they stay. */
static bool
is_data(const xo_record *image)
{
    const uint8_t *at = image->operands;
    uint64_t class_number;
    if (xo_varint_read(&at, image->end, &class_number) != XO_OK || at == image->end) {
        return false;
    }
    return *at != XO_KIND_CLASS && *at != XO_KIND_OPAQUE;
}

static xo_status
find_in_object_record(search *finder, const xo_record *record)
{
    xo_redaction *redaction = finder->redaction;
    finder->takes_all = xo_number_map_get(&redaction->hidden, record->number) != NULL;
    if (finder->takes_all && record->op == XO_OP_IMAGE && !is_data(record)) {
        xo_number_map_remove(&redaction->hidden, record->number);
        (void)xo_number_map_put(&redaction->namespaces, record->number, 1);
        finder->takes_all = false;
    }
    xo_status status = xo_record_walk(record, find_in_part, finder);
    finder->takes_all = false;
    return status;
}

/* Whether the newest image of the object is one of data; the position of that image. */
static xo_status
find_image(const search *finder, uint64_t position, bool *data)
{
    xo_record record;
    xo_log_cursor cursor;
    uint64_t before = UINT64_MAX;
    for (;;) {
        xo_status status = xo_log_record(finder->redaction->reader, position, &record, &cursor);
        if (status != XO_OK) {
            return status;
        }
        if (!xo_op_is_object(record.op) || position >= before) {
            return XO_CORRUPT;
        }
        if (record.op == XO_OP_IMAGE) {
            *data = is_data(&record);
            return XO_OK;
        }
        if (record.distance == 0 || record.distance >= position) {
            return XO_CORRUPT;
        }
        before = position;
        position -= record.distance;
    }
}

/* All records so far of an object that turns out to be hidden. */
static xo_status
find_in_past(search *finder, uint64_t number)
{
    xo_redaction *redaction = finder->redaction;
    const uint64_t *newest = xo_number_map_get(&redaction->newest, number);
    uint64_t position = newest == NULL ? 0 : *newest;
    bool data = true;
    xo_status status = position == 0 ? XO_OK : find_image(finder, position, &data);
    if (!data) {
        xo_number_map_remove(&redaction->hidden, number);
        return xo_number_map_put(&redaction->namespaces, number, 1) ? XO_OK : XO_NO_MEMORY;
    }
    while (position != 0 && status == XO_OK) {
        xo_record record;
        xo_log_cursor before = finder->source;
        if ((status = xo_log_record(redaction->reader, position, &record, &finder->source)) == XO_OK) {
            finder->takes_all = true;
            status = record.distance < position ? xo_record_walk(&record, find_in_part, finder) : XO_CORRUPT;
            finder->takes_all = false;
        }
        if (status == XO_OK) {
            status = xo_older_record(redaction->reader, number, position, record.distance, &position);
        }
        finder->source = before;
    }
    return status;
}

static xo_status
find_in_waiting(search *finder)
{
    xo_status status = XO_OK;
    while (finder->redaction->waiting.count > 0 && status == XO_OK) {
        status = find_in_past(finder, finder->redaction->waiting.items[--finder->redaction->waiting.count]);
    }
    return status;
}

/* The namespaces of a program are no values of its variables. */
static xo_status
note_namespace(search *finder, uint64_t globals)
{
    if (globals == 0) {
        return XO_OK;
    }
    return xo_number_map_put(&finder->redaction->namespaces, globals, 1) ? XO_OK : XO_NO_MEMORY;
}

static xo_status
find_in_lines(search *finder, const xo_record *record)
{
    const uint8_t *at = record->operands;
    for (uint64_t i = 0; i < record->count; i++) {
        xo_packed_line line;
        if (xo_packed_line_read(at, record->end, &line) != XO_OK) {
            return XO_CORRUPT;
        }
        at = line.binds;
        for (uint64_t k = 0; k < line.bind_count; k++) {
            xo_part part = {.role = XO_PART_SLOT};
            (void)xo_varint_read(&at, line.end, &part.slot);
            part.at = at;
            (void)xo_value_skip(&at, line.end);
            part.end = at;
            xo_status status = find_in_part(finder, &part);
            if (status != XO_OK) {
                return status;
            }
        }
        at = line.end;
    }
    return XO_OK;
}

static xo_status
find_in_frame_record(search *finder, const xo_record *record)
{
    xo_status status = XO_OK;
    switch (record->op) {
    case XO_OP_THREAD: return xo_code_stacks_switch(&finder->stacks, record->number);
    case XO_OP_LEAVE: return xo_code_stacks_pop(&finder->stacks);
    case XO_OP_REENTER: return xo_code_stacks_push(&finder->stacks, record->code);
    case XO_OP_ENTER: status = xo_code_stacks_push(&finder->stacks, record->code); break;
    default: break;
    }
    if (status == XO_OK && (record->op == XO_OP_ENTER || record->op == XO_OP_FRAME)) {
        status = note_namespace(finder, record->globals);
    }
    finder->code = xo_code_stacks_top(&finder->stacks);
    if (status != XO_OK || finder->code == 0) {
        return status;
    }
    return record->op == XO_OP_LINES ? find_in_lines(finder, record) : xo_record_walk(record, find_in_part, finder);
}

static xo_status
find_in_record(search *finder, const xo_record *record, uint64_t position)
{
    xo_status status;
    if (!xo_op_is_object(record->op)) {
        status = find_in_frame_record(finder, record);
    } else if (!xo_number_map_put(&finder->redaction->newest, record->number, position)) {
        return XO_NO_MEMORY;
    } else {
        status = find_in_object_record(finder, record);
    }
    return status == XO_OK ? find_in_waiting(finder) : status;
}

static xo_status
find_in_chunk(search *finder, uint64_t number)
{
    xo_log_chunk *chunk;
    xo_status status = xo_chunk_load_records(finder->redaction->reader, number, &chunk);
    if (status != XO_OK) {
        return status;
    }
    const uint8_t *log = chunk->payload + chunk->header.table_bytes;
    const uint8_t *limit = log + chunk->log_bytes;
    uint64_t position = chunk->position;
    for (const uint8_t *at = log; at < limit && status == XO_OK;) {
        xo_record record;
        finder->source = (xo_log_cursor){at, limit, log, position};
        if ((status = xo_record_read(at, limit, &record)) == XO_OK) {
            status = find_in_record(finder, &record, position + (uint64_t)(at - log));
            at = record.end;
        }
    }
    return status;
}

xo_status
xo_redaction_find(xo_redaction *redaction)
{
    search finder = {.redaction = redaction};
    redaction->code_count = redaction->reader->codes.count;
    redaction->slots = calloc(redaction->code_count + 1, sizeof *redaction->slots);
    if (redaction->slots == NULL) {
        return XO_NO_MEMORY;
    }
    xo_status status = xo_code_stacks_start(&finder.stacks, redaction->reader);
    for (uint64_t chunk = 0; chunk < redaction->reader->chunks.count && status == XO_OK; chunk++) {
        status = find_in_chunk(&finder, chunk);
    }
    xo_code_stacks_free(&finder.stacks);
    return status;
}
