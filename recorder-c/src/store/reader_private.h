/* What the parts of the reader share. */
#ifndef XO_READER_PRIVATE_H
#define XO_READER_PRIVATE_H

#include "chunk_index.h"
#include "execorder/reader.h"
#include "codec.h"
#include "layout.h"
#include "number_map.h"
#include "bytes.h"
#include "platform.h"
#include "record.h"

#define XO_CACHED_INDEXES 8u
#define XO_FIRST_LOG_POSITION 8u

/* A part of the file in memory; it stays until the reader is closed. */
typedef struct {
    uint8_t *map; /* owned mapping */
    uint64_t offset;
    size_t bytes;
} xo_segment;

/* A log chunk. What stands in the table is known at once, the rest when the chunk is first looked at. */
typedef struct {
    uint64_t offset;
    uint64_t position;
    uint64_t first_step;
    uint64_t output_count;
    bool loaded;           /* the fields below hold */
    bool records_verified; /* against their checksum */
    xo_chunk_header header;
    const uint8_t *stored;  /* borrowed: the payload as it is in the file */
    const uint8_t *payload; /* borrowed: start table and records; NULL while they are compressed */
    uint8_t *unpacked;      /* owned: what `payload` points to when they were */
    uint64_t last_question; /* that looked at them */
    const uint8_t *summary; /* borrowed: the reader's copy; NULL: none */
    uint64_t log_bytes;     /* that may be read */
    uint64_t seen;          /* 1 + how often the mappings had been forgotten when its bytes were last looked at */
} xo_log_chunk;

typedef struct {
    uint64_t offset;
    const uint8_t *table; /* borrowed; NULL until first looked at */
    uint64_t table_bytes;
    const uint8_t *slots; /* borrowed: filter of the slots that its chunks write */
    size_t slots_bytes;   /* 0: nothing is known of them */
} xo_index_block;

typedef struct {
    xo_code_view view; /* its texts and arrays are owned */
    int32_t min_line;
    uint64_t place_base, place_count;
} xo_code_entry;

typedef struct {
    uint64_t system_id;
    char *name;        /* owned */
    const char *given; /* borrowed from the note that names it; NULL without one */
} xo_thread_entry;

typedef struct {
    xo_slice key, text; /* of the two below */
    char *owned_key, *owned_text;
} xo_note_entry;

/* What is recorded of the object is out of date from a step on, until the change was found. */
typedef struct {
    uint64_t object, since, found;
} xo_late_change;

/* Texts put together from pieces. A buffer only grows at its end, so that several texts share it. */
typedef struct {
    uint8_t *bytes; /* owned */
    uint64_t used, capacity;
} xo_grown_buffer;

typedef struct {
    const uint8_t *bytes;
    uint64_t size;
    uint32_t buffer;
} xo_grown_text;

struct xo_reader {
    xo_file file;
    xo_file_header header;
    uint64_t file_bytes;
    bool from_footer;
    xo_slice definition_copies; /* borrowed: in the footer; empty: it has none */

    XO_MARKS(xo_segment) segments;
    uint64_t seen_bytes; /* of the mappings, since they were last forgotten */
    uint64_t most_seen_bytes; /* from here on the system may take back what was looked at; bounds as well what is kept of
                               * unpacked records and, at half of it, of summaries */
    uint64_t forgotten;  /* how often that was */
    XO_MARKS(xo_log_chunk) chunks;
    uint64_t newest_chunk; /* that a position was looked up in */
    xo_gap gap; /* of the growing file, where it was when the scan began */
    XO_MARKS(xo_index_block) blocks[XO_INDEX_LEVELS];

    bool finished;        /* the scan met the footer */
    bool rests;           /* it doesn't hold the file */
    bool is_own;          /* of the file's writer, which needs no such care */
    uint64_t scan_offset; /* where the next chunk would start */
    uint64_t damaged_bytes;
    uint64_t steps;
    uint64_t log_end;       /* log position */
    uint64_t last_object, last_frame;
    uint64_t output_count;
    uint64_t definition;    /* position of the newest definition that is loaded */

    XO_MARKS(uint64_t) unpacked; /* the chunks whose records were compressed and are in memory */
    uint64_t unpacked_bytes;
    xo_unpacker *unpacker; /* owned */
    uint64_t questions; /* so far */
    XO_MARKS(uint8_t *) summaries; /* owned */
    uint64_t summary_bytes;

    xo_chunk_index *tail; /* owned: of the last chunk while it is open; NULL: it is closed */
    xo_chunk_index *cached[XO_CACHED_INDEXES]; /* owned */
    uint64_t clock;

    XO_MARKS(xo_file_view) files; /* paths are owned */
    XO_MARKS(xo_code_entry) codes;
    XO_MARKS(xo_thread_entry) threads;
    XO_MARKS(xo_note_entry) notes;
    XO_MARKS(xo_late_change) late;
    bool late_in_order; /* … by object and step */
    uint64_t place_count;

    XO_MARKS(xo_grown_buffer) grown_buffers;
    XO_MARKS(xo_grown_text) grown_texts;
    xo_number_map grown_by_position;
    uint64_t grown_bytes;

    uint64_t seed;                /* of hashes */
    xo_number_map hash_by_object; /* of keys that are objects */
    xo_number_map text_hashes, text_sizes; /* of long texts, by address */
};

/* reader.c: as xo_reader_open, by the recording's writer itself, which takes nothing away that this reader looks at: it says
 * what it moves. `most_seen_bytes`: how much of the file may be in memory at a time, roughly. */
xo_status xo_reader_open_own(const char *path, uint64_t most_seen_bytes, xo_reader **out);

/* segments.c: [offset, offset + bytes) of the file, which must have it. */
xo_status xo_segments_map(xo_reader *reader, uint64_t offset, uint64_t bytes, const uint8_t **out);
/* `bytes` somewhere in the mappings will be looked at: bounds the memory that they take. */
void xo_segments_see(xo_reader *reader, uint64_t bytes);

/* chunk_table.c */
/* Reads the footer; XO_CORRUPT when it is of no use, and the table is empty then. */
xo_status xo_chunk_table_from_footer(xo_reader *reader);
/* Looks for chunks from reader->scan_offset on. */
xo_status xo_chunk_table_scan(xo_reader *reader);
void xo_chunk_table_clear(xo_reader *reader);
/* What has become of the open chunk since. */
xo_status xo_chunk_refresh(xo_reader *reader, xo_log_chunk *chunk);
/* The header of a chunk, and where its payload lies. */
xo_status xo_chunk_load(xo_reader *reader, uint64_t chunk, xo_log_chunk **out);
/* Also checks the records. */
xo_status xo_chunk_load_records(xo_reader *reader, uint64_t chunk, xo_log_chunk **out);
/* How many index blocks of this level are gone: those of chunks that are. */
uint64_t xo_blocks_gone(const xo_reader *reader, uint32_t level);
xo_status xo_index_block_load(xo_reader *reader, uint32_t level, uint64_t block, const xo_index_block **out);
/* The chunk that holds a step (XO_NOT_FOUND past the end) or a record. */
xo_status xo_chunk_of_step(const xo_reader *reader, uint64_t step, uint64_t *chunk);
xo_status xo_chunk_of_position(xo_reader *reader, uint64_t position, uint64_t *chunk);

/* moved.c: the writer has moved log chunk or index block `number`, from 0; NULL is accepted for a reader. */
void xo_chunk_moved(xo_reader *reader, uint64_t number, uint64_t offset);
void xo_block_moved(xo_reader *reader, uint32_t level, uint64_t number, uint64_t offset);
/* Lets go of all that may point to where moved chunks were; the next question begins. */
void xo_moved_forget(xo_reader *reader);
/* Finds out what was moved since the gap was last looked at: it is where the header says now. */
xo_status xo_moved_follow(xo_reader *reader);

/* unpacked.c */
/* A question begins: what was lent to the last 64 stays, compressed records that were looked at before may go. */
void xo_question_begin(xo_reader *reader);
/* Lets go of what was unpacked since there were `first` such chunks, when it is much: nothing of it is lent. */
void xo_unpacked_trim(xo_reader *reader, size_t first);
void xo_unpacked_free(xo_reader *reader);

/* summaries.c */
/* A closed chunk's summary, checked; XO_NOT_FOUND for an open one. It stays until the next question. */
xo_status xo_chunk_load_summary(xo_reader *reader, uint64_t chunk, const uint8_t **summary, uint64_t *size);
/* A question begins: of too many, none stays. */
void xo_summaries_bound(xo_reader *reader);
void xo_summaries_free(xo_reader *reader);

/* index_cache.c */
/* A chunk as it begins: its stacks, and none of its records yet. The caller frees *out, which is NULL on failure. */
xo_status xo_chunk_start_index(xo_reader *reader, uint64_t chunk, xo_chunk_index **out);
xo_status xo_reader_chunk_index(xo_reader *reader, uint64_t chunk, xo_chunk_index **out);
xo_status xo_tail_create(xo_reader *reader);
xo_status xo_tail_extend(xo_reader *reader);
/* The last chunk isn't open any more. */
void xo_tail_retire(xo_reader *reader);
void xo_index_cache_clear(xo_reader *reader);
/* All but the last chunk while it is open. */
void xo_index_cache_drop_closed(xo_reader *reader);

/* Where a step stands. */
typedef struct {
    xo_chunk_index *index; /* borrowed: until the next question */
    uint64_t local;        /* number of the step within the chunk */
    const xo_step_mark *mark;
} xo_located;
xo_status xo_locate(xo_reader *reader, uint64_t step, xo_located *out);

/* reader_step.c: the top frame of a thread at that step, XO_NONE_INDEX when it has none; and its line. */
typedef struct {
    uint32_t node;
    int32_t line;
} xo_stack_place;
void xo_stack_top(const xo_located *located, uint32_t thread, xo_stack_place *out);

/* reader_history.c: the first step that ends behind the record at `position`. */
xo_status xo_step_after(xo_reader *reader, uint64_t position, uint64_t *step);

/* last_bind.c, last_change.c: as xo_reader_last_write, of a variable and of what an object holds. */
xo_status xo_last_bind(xo_reader *reader, const xo_located *located, const xo_slot *slot, xo_write *out);
xo_status xo_last_change(xo_reader *reader, const xo_located *located, const xo_slot *slot, xo_write *out);

/* definitions.c */
xo_status xo_definitions_load(xo_reader *reader, uint64_t newest);
/* All of them from the footer, which has copies of them. */
xo_status xo_definitions_load_copies(xo_reader *reader);
void xo_definitions_free(xo_reader *reader);

/* A place in the log from which to read on. */
typedef struct {
    const uint8_t *at;
    const uint8_t *limit; /* end of the chunk */
    const uint8_t *log;   /* start of the chunk */
    uint64_t position;    /* of `log` */
} xo_log_cursor;

static inline uint64_t
xo_log_here(const xo_log_cursor *cursor)
{
    return cursor->position + (uint64_t)(cursor->at - cursor->log);
}

/* log_cursor.c */
xo_status xo_log_seek(xo_reader *reader, uint64_t position, xo_log_cursor *out);
/* Reads the record at `position` and leaves the cursor at its operands. */
xo_status xo_log_record(xo_reader *reader, uint64_t position, xo_record *record, xo_log_cursor *cursor);

/* value_read.c: reads one value and moves the cursor past it. */
xo_status xo_value_read(xo_reader *reader, xo_log_cursor *cursor, xo_value *out);
xo_status xo_value_read_at(xo_reader *reader, const xo_chunk_index *index, uint64_t offset, xo_value *out);

/* grown_text.c: the text whose STR_GROWN tag stands at `position`. */
xo_status xo_grown_text_read(xo_reader *reader, uint64_t position, xo_value *out);
void xo_grown_texts_free(xo_reader *reader);

/* find_record.c: the newest record of an object before `end` of the chunk's log. */
xo_status xo_find_record(xo_reader *reader, const xo_chunk_index *index, uint64_t end, uint64_t object,
                         uint64_t *position);

/* The same before the records of `chunk`, of which nothing is looked at. */
xo_status xo_find_record_before(xo_reader *reader, uint64_t chunk, uint64_t object, uint64_t *position);

/* The object's record before the one at `position`, which says that it is so far away; *older is 0 when there is none.
 * A new generation writes all objects anew, so that what was before stands at no distance: it is looked for. */
xo_status xo_older_record(xo_reader *reader, uint64_t object, uint64_t position, uint64_t distance, uint64_t *older);
/* Whether what is recorded here was only written again: the recording's oldest part is gone. */
bool xo_is_from_before(const xo_reader *reader, uint64_t step);

/* late_changes.c: a note that has been loaded, which may tell of a change that was seen late. */
xo_status xo_late_change_load(xo_reader *reader, const char *key, const char *text);
/* Whether what is recorded of the object is out of date at this step, and since which. */
bool xo_is_out_of_date(xo_reader *reader, uint64_t object, uint64_t step, uint64_t *since);

/* object_read.c: an object at a place of the log. As xo_reader_contents. */
xo_status xo_object_read(xo_reader *reader, const xo_chunk_index *index, uint64_t end, uint64_t object,
                         xo_contents **out);

#endif
