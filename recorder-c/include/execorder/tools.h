/* What can be done with a whole recording: a part of it, or all of it, written to another file. The original is only
 * read; the new file has mode 0600 and keeps the process number, the time and the objects' numbers. */
#ifndef EXECORDER_TOOLS_H
#define EXECORDER_TOOLS_H

#include "redactor.h"
#include "status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Which file a failure is about. */
typedef enum {
    XO_OF_ORIGINAL,
    XO_OF_COPY,
} xo_tool_side;

/* Each of these writes `to`, which must be another file than `from`; on failure `to` doesn't exist, and *side (may be
 * NULL) says which of the two it is about. */

/* All of it, written anew: compressed where the recording wasn't, complete where the program was killed. */
xo_status xo_compact(const char *from, const char *to, xo_tool_side *side);
typedef struct {
    const char *key, *text;
} xo_tool_note;
/* The same of a recording that goes on: what is there at the moment, with these notes added. Nobody may write to it
 * meanwhile. */
xo_status xo_snapshot(const char *from, const char *to, const xo_tool_note *notes, size_t count, xo_tool_side *side);
/* The steps from `first` to `last`, which become 0 to last - first. XO_NOT_FOUND when there are no such steps. */
xo_status xo_trim(const char *from, const char *to, uint64_t first, uint64_t last, xo_tool_side *side);

typedef struct {
    uint64_t values;   /* bound to the names */
    uint64_t objects;  /* whose contents are hidden */
    uint64_t texts;    /* that are replaced wherever they are */
    char problem[200]; /* what is wrong with the expression */
} xo_redact_report;
/* All of it, without the values of variables, keys and attributes whose name matches the expression (an extended regular
 * expression of POSIX, found anywhere in the name, in any case). Texts among these values are replaced wherever the same
 * text stands, also inside of other texts, sources, output and notes; objects among them lose their contents, and so do
 * the objects that they hold. XO_NOT_FOUND when the expression makes no sense. */
xo_status xo_redact(const char *from, const char *to, const char *expression, xo_redact_report *report,
                    xo_tool_side *side);
/* The same with a redactor that may know secrets already, and learns those of the recording. */
xo_status xo_redact_with(const char *from, const char *to, xo_redactor *redactor, xo_redact_report *report,
                         xo_tool_side *side);

/* What the bytes of a recording are for. */
typedef enum {
    XO_SIZE_STEPS,
    XO_SIZE_FRAMES,      /* calls, returns, switches of threads, frames written again */
    XO_SIZE_VARIABLES,
    XO_SIZE_IMAGES,      /* objects in full */
    XO_SIZE_CHANGES,     /* of objects */
    XO_SIZE_DEFINITIONS, /* files with their sources, codes, threads, notes */
    XO_SIZE_OUTPUT,
    XO_SIZE_KINDS,
} xo_size_kind;

typedef struct {
    uint64_t records[XO_SIZE_KINDS];
    uint64_t bytes[XO_SIZE_KINDS]; /* before compression */
} xo_sizes;
xo_status xo_sizes_read(const char *path, xo_sizes *out);

/* Objects of which a recording shows the type and no contents. */
typedef struct {
    uint64_t type;    /* the object number of their type */
    uint64_t example; /* one of them */
    uint64_t objects;
} xo_opaque_type;
typedef struct {
    uint64_t opaque;
    uint64_t unknown;       /* other objects whose contents, from some step on, can't be told */
    uint64_t unknown_since; /* the first such step */
    xo_opaque_type *types;  /* owned */
    size_t type_count;
} xo_fidelity;
/* What the recording leaves open; reads all of it but for what is damaged. On failure *out is empty, else the caller frees it. */
xo_status xo_fidelity_read(const char *path, xo_fidelity *out);
void xo_fidelity_free(xo_fidelity *report);

typedef struct {
    bool complete;        /* closed by its writer */
    xo_status ended_early; /* as in xo_info */
    uint64_t chunks;      /* log chunks and index blocks */
    uint64_t blocks;
    uint64_t records, steps, values, objects;
    uint64_t unread_bytes; /* at the end of the file: of what was being written, or damaged */
    uint64_t problems;
} xo_check_report;
/* One sentence about a problem. */
typedef void (*xo_check_tell)(void *context, const char *problem);

/* Reads the recording from end to end and compares each part with all others: checksums, records, chains, references,
 * start tables, summaries and indexes. XO_OK when it could be read, whatever was found. */
xo_status xo_check(const char *path, xo_check_tell tell, void *context, xo_check_report *out);

#endif
