/* The operands of a record, one after the other, with what each of them is. */
#ifndef XO_WALK_H
#define XO_WALK_H

#include "record.h"

typedef enum {
    XO_PART_RAW,    /* numbers that mean the same wherever they stand */
    XO_PART_OBJECT, /* a varint: the number of an object, or 0 */
    XO_PART_MEMORY, /* varint size, bytes of a buffer */
    XO_PART_VALUE,  /* an item, an element, a cell's content, a result */
    XO_PART_KEY,    /* a dict's key */
    XO_PART_NAME,   /* an attribute's name */
    XO_PART_MAPPED, /* the value that belongs to the key or name just before */
    XO_PART_SLOT,   /* the value of a frame's variable; `slot` says which */
    XO_PART_TITLE,  /* a qualified name, a module's name */
} xo_part_role;

typedef struct {
    xo_part_role role;
    uint64_t slot;
    const uint8_t *at, *end;
} xo_part;

typedef xo_status (*xo_part_visit)(void *context, const xo_part *part);

static inline bool
xo_part_is_value(const xo_part *part)
{
    return part->role >= XO_PART_VALUE;
}

/* Visits the operands of a frame's or an object's record, of RESULT, RAISED and BIND. What the walk doesn't know is
 * one raw part. Ends early with what the visit answers when that isn't XO_OK. */
xo_status xo_record_walk(const xo_record *record, xo_part_visit visit, void *context);

#endif
