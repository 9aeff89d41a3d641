/* An object while its records are replayed. */
#ifndef XO_OBJECT_STATE_H
#define XO_OBJECT_STATE_H

#include "list_state.h"
#include "memory_state.h"
#include "table_state.h"

typedef struct {
    xo_kind kind;
    uint64_t class_object;
    bool unknown;
    xo_list_state list;        /* list, tuple, cell (one item), memory that holds objects */
    xo_table_state table;      /* dict, set, frozenset */
    xo_table_state attributes; /* those that no dict holds */
    uint64_t attribute_dict;
    xo_value name, module;
    uint64_t *bases; /* owned */
    size_t base_count;
    uint32_t file;
    int32_t line;
    xo_memory_state memory; /* of a buffer */
} xo_object_state;

void xo_object_state_free(xo_object_state *state);
/* An image sets everything, any other record changes something. */
xo_status xo_object_state_apply(xo_object_state *state, xo_key_context *context, const xo_record *record,
                                xo_log_cursor *cursor);

/* image.c */
xo_status xo_object_state_load(xo_object_state *state, xo_reader *reader, xo_log_cursor *cursor);

#endif
