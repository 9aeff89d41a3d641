/* What an object held at a step. */
#include "object_read.h"
#include "object_state.h"

#include <stdlib.h>

void
xo_contents_free(xo_contents *contents)
{
    if (contents == NULL) {
        return;
    }
    free(contents->items);
    free(contents->attributes);
    free((void *)contents->bases);
    xo_buffer_contents_free(&contents->buffer);
    free(contents);
}

/* `position` is that of the object's newest record; 0: it isn't known. */
static xo_status
replay(xo_key_context *context, uint64_t object, uint64_t position, xo_object_state *state)
{
    xo_record_chain chain;
    xo_status status = position == 0
                           ? xo_record_chain_read(context->reader, context->index, context->end, object, &chain)
                           : xo_record_chain_from(context->reader, position, context->index->position + context->end,
                                                  object, &chain);
    for (size_t i = chain.count; i-- > 0 && status == XO_OK;) {
        xo_record record;
        xo_log_cursor cursor;
        status = xo_log_record(context->reader, chain.positions[i], &record, &cursor);
        context->position = chain.positions[i];
        if (status == XO_OK) {
            status = xo_object_state_apply(state, context, &record, &cursor);
        }
    }
    free(chain.positions);
    return status;
}

static xo_status
give_list(xo_list_state *list, xo_entry **items, size_t *count)
{
    *items = calloc(list->count + 1, sizeof **items);
    if (*items == NULL) {
        return XO_NO_MEMORY;
    }
    *count = list->count;
    for (size_t i = 0; i < list->count; i++) {
        (*items)[i].value = *xo_list_state_at(list, i);
    }
    return XO_OK;
}

static xo_status
give_table(const xo_table_state *table, bool with_keys, xo_entry **items, size_t *count)
{
    *items = calloc(table->live + 1, sizeof **items);
    if (*items == NULL) {
        return XO_NO_MEMORY;
    }
    for (size_t i = 0; i < table->count; i++) {
        const xo_table_entry *entry = &table->entries[i];
        if (!entry->live) {
            continue;
        }
        xo_entry *item = &(*items)[(*count)++];
        item->value = with_keys ? entry->value : entry->key;
        if (with_keys) {
            item->key = entry->key;
        }
    }
    return XO_OK;
}

static xo_status
give_items(xo_object_state *state, xo_contents *out)
{
    switch (state->kind) {
    case XO_KIND_LIST:
    case XO_KIND_TUPLE:
    case XO_KIND_CELL: return give_list(&state->list, &out->items, &out->item_count);
    case XO_KIND_DICT: return give_table(&state->table, true, &out->items, &out->item_count);
    case XO_KIND_BUFFER: return XO_OK;
    default: return give_table(&state->table, false, &out->items, &out->item_count);
    }
}

/* The attributes that a dict of their own holds follow those that stand in slots; a name may be in both. */
static xo_status
add_dict_attributes(xo_key_context *context, xo_object_state *state)
{
    xo_object_state dict = {0};
    xo_status status = replay(context, state->attribute_dict, 0, &dict);
    if (status == XO_OK && dict.kind == XO_KIND_DICT) {
        state->unknown = state->unknown || dict.unknown;
        for (size_t i = 0; i < dict.table.count && status == XO_OK; i++) {
            const xo_table_entry *entry = &dict.table.entries[i];
            if (entry->live && entry->key.kind == XO_STR) {
                status = xo_table_state_add(&state->attributes, &entry->key, &entry->value);
            }
        }
    }
    xo_object_state_free(&dict);
    return status == XO_NOT_FOUND ? XO_OK : status;
}

static xo_status
give(xo_object_state *state, uint64_t object, size_t own_attributes, xo_contents *out)
{
    *out = (xo_contents){
        .object = object,
        .kind = state->kind,
        .class_object = state->class_object,
        .unknown = state->unknown,
        .own_attribute_count = own_attributes,
        .attribute_dict = state->attribute_dict,
        .name = state->name,
        .module = state->module,
        .bases = state->bases,
        .base_count = state->base_count,
        .file = state->file,
        .line = state->line,
    };
    state->bases = NULL;
    xo_status status = give_items(state, out);
    return status != XO_OK ? status
                           : give_table(&state->attributes, true, &out->attributes, &out->attribute_count);
}

static xo_status
give_values(xo_list_state *list, xo_buffer_contents *out)
{
    out->values = calloc(list->count + 1, sizeof *out->values);
    if (out->values == NULL) {
        return XO_NO_MEMORY;
    }
    out->value_count = list->count;
    for (size_t i = 0; i < list->count; i++) {
        out->values[i] = *xo_list_state_at(list, i);
    }
    return XO_OK;
}

/* The memory of a buffer, which may be another's. A memory that is gone, or too small for its view by now, leaves the
 * contents unknown. */
static xo_status
give_buffer(xo_key_context *context, xo_object_state *state, xo_object_state *storage, xo_contents *out)
{
    xo_object_state *owner = state;
    xo_status status = XO_OK;
    if (state->memory.flags & XO_BUFFER_VIEW) {
        status = replay(context, state->memory.storage, 0, storage);
        owner = storage;
    }
    if (status != XO_OK && status != XO_NOT_FOUND) {
        return status;
    }
    if (owner->kind != XO_KIND_BUFFER || (owner->memory.flags & XO_BUFFER_VIEW)) {
        out->unknown = true;
    }
    out->unknown = out->unknown || owner->unknown;
    if (owner->kind == XO_KIND_BUFFER && (owner->memory.flags & XO_BUFFER_VALUES)
        && (status = give_values(&owner->list, &out->buffer)) != XO_OK) {
        return status;
    }
    return xo_memory_give(&state->memory, &owner->memory, out);
}

/* A view's memory belongs to another object. */
static xo_status
give_own_buffer(xo_key_context *context, xo_object_state *state, xo_contents *out)
{
    out->unknown = out->unknown || (state->memory.flags & XO_BUFFER_VIEW) != 0;
    return out->unknown ? XO_OK : give_buffer(context, state, NULL, out);
}

xo_status
xo_object_read_own(xo_reader *reader, const xo_chunk_index *index, uint64_t end, uint64_t object, uint64_t position,
                   xo_contents **out)
{
    xo_key_context context = {.reader = reader, .index = index, .end = end, .budget = 1000000 + 8 * reader->log_end};
    xo_object_state state = {0};
    *out = NULL;
    xo_status status = replay(&context, object, position, &state);
    if (status == XO_OK) {
        *out = calloc(1, sizeof **out);
        status = *out == NULL ? XO_NO_MEMORY : give(&state, object, state.attributes.live, *out);
    }
    if (status == XO_OK && state.kind == XO_KIND_BUFFER) {
        status = give_own_buffer(&context, &state, *out);
    }
    if (status != XO_OK) {
        xo_contents_free(*out);
        *out = NULL;
    }
    xo_object_state_free(&state);
    return status;
}

xo_status
xo_object_read(xo_reader *reader, const xo_chunk_index *index, uint64_t end, uint64_t object, xo_contents **out)
{
    xo_key_context context = {.reader = reader, .index = index, .end = end, .budget = 1000000 + 8 * reader->log_end};
    xo_object_state state = {0}, storage = {0};
    *out = NULL;
    xo_status status = replay(&context, object, 0, &state);
    size_t own_attributes = state.attributes.live;
    if (status == XO_OK && state.attribute_dict != 0) {
        status = add_dict_attributes(&context, &state);
    }
    if (status == XO_OK) {
        *out = calloc(1, sizeof **out);
        status = *out == NULL ? XO_NO_MEMORY : give(&state, object, own_attributes, *out);
    }
    if (status == XO_OK && state.kind == XO_KIND_BUFFER) {
        status = give_buffer(&context, &state, &storage, *out);
    }
    if (status != XO_OK) {
        xo_contents_free(*out);
        *out = NULL;
    }
    xo_object_state_free(&state);
    xo_object_state_free(&storage);
    return status;
}

/* What C code has changed unheard can't be told until that was noticed: neither the object's own items nor, of a view, those of
 * the memory that it shares, nor attributes in a dict of their own. */
static void
hide_if_out_of_date(xo_reader *reader, uint64_t step, xo_contents *contents)
{
    uint64_t since;
    uint64_t storage = contents->kind == XO_KIND_BUFFER ? contents->buffer.storage : 0;
    uint64_t dict = contents->attribute_dict;
    if (dict != 0 && xo_is_out_of_date(reader, dict, step, &since)) {
        contents->attribute_count = contents->own_attribute_count;
    } else if (!xo_is_out_of_date(reader, contents->object, step, &since)
               && (storage == 0 || !xo_is_out_of_date(reader, storage, step, &since))) {
        return;
    }
    contents->unknown = true;
    contents->unknown_since = since;
    if (contents->kind != XO_KIND_BUFFER) {
        contents->item_count = 0;
    }
}

xo_status
xo_reader_contents(xo_reader *reader, uint64_t step, uint64_t object, xo_contents **out)
{
    xo_located located;
    *out = NULL;
    xo_question_begin(reader);
    xo_status status = xo_locate(reader, step, &located);
    if (status != XO_OK) {
        return status;
    }
    if (object == 0) {
        return XO_NOT_FOUND;
    }
    status = xo_object_read(reader, located.index, xo_step_mark_end(located.mark), object, out);
    if (status == XO_OK && reader->late.count != 0) {
        hide_if_out_of_date(reader, step, *out);
    }
    return status;
}
