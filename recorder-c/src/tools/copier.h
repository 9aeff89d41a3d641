/* Copies a recording record by record through the writer. What the copy leaves out or replaces is up to a filter, where
 * it starts up to the caller. Chunks end where the original's end. */
#ifndef XO_COPIER_H
#define XO_COPIER_H

#include "execorder/redactor.h"
#include "execorder/writer.h"
#include "reader_private.h"
#include "walk.h"

/* What is replaced. Each function gets `context`. */
typedef struct {
    void *context;
    bool (*hides_slot)(void *context, uint32_t code, uint64_t slot);
    /* A dict's key or an attribute's name whose value is hidden. */
    bool (*hides_name)(void *context, xo_slice name);
    /* What this object holds is not to be told. */
    bool (*hides_object)(void *context, uint64_t object);
    /* *out is what stands for `text`, `text` itself by default: valid until the next call. With `is_key`, it is a dict's
     * key, which may be a name. */
    xo_status (*text)(void *context, xo_slice text, bool is_key, xo_slice *out);
    /* The same for the source of a program. */
    xo_status (*source)(void *context, xo_slice text, xo_slice *out);
    /* The same for memory of a buffer: as large as it was. */
    xo_status (*memory)(void *context, xo_slice bytes, xo_slice *out);
    /* Whether something to be replaced reaches over offset `at` of the text. */
    bool (*reaches_over)(void *context, xo_slice text, uint64_t at);
} xo_copy_filter;

/* From the tag of a text at `from` on, texts stand in the copy at their old position plus `shift`. */
typedef struct {
    uint64_t from;
    int64_t shift;
    bool left_out;
} xo_text_run;

typedef XO_MARKS(uint64_t) xo_object_list;

typedef struct {
    xo_reader *reader;
    xo_writer *writer;
    const xo_copy_filter *filter; /* NULL: nothing is replaced */
    bool partial;                 /* it doesn't start at the start: older objects come along when they are met */
    bool aside;                   /* what is being copied stands elsewhere in the original, out of order */
    bool defined;                 /* all definitions stand at the start */
    size_t definitions, repeats;  /* copied so far; of them, how many a new generation still has to say again */

    xo_log_cursor source;         /* the chunk that the record being copied stands in */
    uint64_t chunk;               /* the one being gone through, an index in the reader's table */
    uint64_t chunk_position;      /* of its first record */
    xo_number_map entities;       /* by number */
    xo_number_map frames;         /* in the open chunk: position of a frame's newest ENTER or FRAME in the copy */
    xo_object_list touched[2];    /* numbers: in the open chunk; in its group of chunks */
    XO_MARKS(xo_text_run) runs;
    xo_number_map texts;          /* of what was written elsewhere: position in the copy by the old one */
    xo_object_list wanted;        /* numbers of objects that are still to be brought along */
    xo_thread **threads;          /* owned; by number - 1 */
    size_t thread_count, threads_capacity;
    bool hides_next;              /* the value of the name that was just copied is hidden */
    xo_part_role role;            /* of the value that is being copied */
    uint32_t code;                /* of the record's frame */
} xo_copier;

/* `writer` was created with whole_chunks. */
void xo_copier_start(xo_copier *copier, xo_reader *reader, xo_writer *writer, const xo_copy_filter *filter);
void xo_copier_free(xo_copier *copier);

/* Copies everything. */
xo_status xo_copier_run(xo_copier *copier);
/* Copies the steps from `first` to `last`; what is needed of all that came before is written in front. */
xo_status xo_copier_run_part(xo_copier *copier, uint64_t first, uint64_t last);

/* ---- between the copier's files ---- */

/* copy_value.c: a value of the source. */
xo_status xo_copy_value(xo_copier *copier, const uint8_t *at, const uint8_t *end);
xo_status xo_copy_value_at(xo_copier *copier, uint64_t position);
/* Stands for a value that is hidden. */
xo_status xo_copy_hidden(xo_copier *copier, const uint8_t *at, const uint8_t *end);
/* One part of a record, by its role. */
xo_status xo_copy_part(void *copier, const xo_part *part);
xo_status xo_copy_filter_text(xo_copier *copier, xo_slice text, xo_slice *out);

/* copy_texts.c: where texts stand in the copy; 0: nowhere. */
uint64_t xo_copy_text_position(const xo_copier *copier, uint64_t old);
/* The text at `old` stands at `position`, or is left out with 0. */
bool xo_copy_text_moved(xo_copier *copier, uint64_t old, uint64_t position);

/* copy_object.c */
xo_status xo_copy_object_record(xo_copier *copier, const xo_record *record);
/* Ends the objects that ended in the chunk (or group of chunks) that was just copied. */
xo_status xo_copy_end_objects(xo_copier *copier);

/* copy_older.c: writes the objects that this record refers to and the copy doesn't have, as they are before offset
 * `end` of the chunk. */
xo_status xo_copy_older_objects(xo_copier *copier, const xo_record *record, uint64_t end);
xo_status xo_copy_older_object(xo_copier *copier, uint64_t number, uint64_t end);

/* Whether no step is copied yet of a recording whose oldest part was given up. */
bool xo_copy_is_at_base(const xo_copier *copier);

/* copy_step.c: threads, frames, variables and steps. */
xo_status xo_copy_step_record(xo_copier *copier, const xo_record *record);
xo_status xo_copy_line(xo_copier *copier, int64_t line);

/* copy_frame.c */
/* The current thread's top frame; NULL without one. */
xo_frame *xo_copy_top(const xo_copier *copier);
/* NULL when there is no such code. */
const xo_code_entry *xo_copy_code(const xo_copier *copier, uint32_t number);
xo_status xo_copy_enter(xo_copier *copier, const xo_record *record);
xo_status xo_copy_frame(xo_copier *copier, const xo_record *record);
xo_status xo_copy_reenter(xo_copier *copier, const xo_record *record);
/* A frame as it is before offset `end` of the chunk. */
xo_status xo_copy_frame_at(xo_copier *copier, const xo_frame_view *frame, uint64_t end);

/* frame_slots.c: where the values of a frame's variables stand in the log, before offset `end` of the indexed chunk;
 * 0 for one that nothing was said about. *positions has `count` elements and is owned by the caller. */
xo_status xo_frame_slots(xo_reader *reader, const xo_chunk_index *index, const xo_frame_mark *frame, uint64_t end,
                         size_t count, uint64_t **positions);

/* copy_define.c */
xo_status xo_copy_definition(xo_copier *copier, const xo_record *record);
xo_status xo_copy_output(xo_copier *copier, const xo_record *record);
xo_status xo_copy_define_all(xo_copier *copier);
/* NULL when no such thread is defined yet. */
xo_thread *xo_copy_thread(xo_copier *copier, uint64_t number);

#endif
