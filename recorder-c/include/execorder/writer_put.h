/* The writer's hot path, inline: how records, values and steps are put. A part of writer.h. */
#ifndef EXECORDER_WRITER_PUT_H
#define EXECORDER_WRITER_PUT_H

#include "hints.h"
#include "writer.h"

/* The most that may be reserved at once and then filled by hand; the functions below take any size. */
#define XO_RESERVE_MAX 4096

/* Room for `bytes` more; out of line because it may map more of the file or start to discard. */
XO_RARE void xo_writer_grow(xo_writer *writer, size_t bytes);
/* Closes the open chunk and opens the next. Only between records. */
XO_APART void xo_writer_turn_chunk(xo_writer *writer);

static inline void
xo_reserve(xo_writer *writer, size_t bytes)
{
    if (XO_UNLIKELY((size_t)(writer->limit - writer->cursor) < bytes)) {
        xo_writer_grow(writer, bytes);
    }
}

static inline xo_position
xo_here(const xo_writer *writer)
{
    return (xo_position)(writer->cursor - writer->origin) + writer->origin_position;
}

static inline void
xo_put_raw(xo_writer *writer, uint8_t byte)
{
    *writer->cursor++ = byte;
}

/* At most 10 bytes. Answers where they end: a cursor in a register is not read again after each byte. */
static inline uint8_t *
xo_varint_at(uint8_t *at, uint64_t value)
{
    while (value >= 0x80) {
        *at++ = (uint8_t)(value | 0x80);
        value >>= 7;
    }
    *at++ = (uint8_t)value;
    return at;
}

/* The caller has reserved what it takes. */
static inline void
xo_put_raw_varint(xo_writer *writer, uint64_t value)
{
    writer->cursor = xo_varint_at(writer->cursor, value);
}

/* Likewise, behind a byte that says what follows. */
static inline void
xo_put_raw_pair(xo_writer *writer, uint8_t first, uint64_t value)
{
    uint8_t *at = writer->cursor;
    *at = first;
    writer->cursor = xo_varint_at(at + 1, value);
}

static inline uint64_t
xo_zigzag(int64_t value)
{
    return ((uint64_t)value << 1) ^ (uint64_t)(value >> 63);
}

static inline void
xo_put_varint(xo_writer *writer, uint64_t value)
{
    xo_reserve(writer, 10);
    xo_put_raw_varint(writer, value);
}

static inline void
xo_put_tag(xo_writer *writer, xo_tag tag)
{
    xo_reserve(writer, 1);
    xo_put_raw(writer, (uint8_t)tag);
}

static inline void
xo_put_int(xo_writer *writer, int64_t value)
{
    xo_reserve(writer, 11);
    if (value >= -16 && value <= 111) {
        xo_put_raw(writer, (uint8_t)(XO_TAG_SMALL_INT + value));
        return;
    }
    xo_put_raw_pair(writer, XO_TAG_INT, xo_zigzag(value));
}

static inline void
xo_put_object(xo_writer *writer, uint64_t number)
{
    xo_reserve(writer, 11);
    xo_put_raw_pair(writer, XO_TAG_OBJECT, number);
}

/* A text of less than 32 bytes in full. */
static inline void
xo_put_short_str(xo_writer *writer, const uint8_t *utf8, size_t size_bytes)
{
    xo_reserve(writer, 32);
    uint8_t *at = writer->cursor;
    *at++ = (uint8_t)(XO_TAG_SHORT_STR + size_bytes);
    for (size_t i = 0; i < size_bytes; i++) {
        at[i] = utf8[i];
    }
    writer->cursor = at + size_bytes;
}

void xo_put_float(xo_writer *writer, double value);
void xo_put_complex(xo_writer *writer, double real, double imaginary);
void xo_put_bigint(xo_writer *writer, const uint8_t *bytes, size_t size_bytes);
/* A text or bytes in full. Answers where its tag stands, for xo_put_text_ref. */
xo_position xo_put_str(xo_writer *writer, const char *utf8, size_t size_bytes);
xo_position xo_put_bytes(xo_writer *writer, const uint8_t *bytes, size_t size_bytes);
/* Their number and the bytes, as they stand inside a record. */
void xo_put_sized(xo_writer *writer, const void *bytes, size_t size);
/* The text whose tag stands at `position` with `utf8` appended. Answers where its own tag stands. */
xo_position xo_put_str_grown(xo_writer *writer, xo_position position, const char *utf8, size_t size_bytes);
/* The text or bytes whose tag stands at `position`; `tag` is XO_TAG_STR_REF or XO_TAG_BYTES_REF. */
void xo_put_text_ref(xo_writer *writer, xo_tag tag, xo_position position);

/* Bytes as they are: a part of a record that was written before. */
void xo_put_verbatim(xo_writer *writer, const void *bytes, size_t size_bytes);

/* The bit for a slot in a set of bound slots; all those from 63 on share one. */
static inline uint64_t
xo_bound_slot(uint64_t slot)
{
    return (uint64_t)1 << (slot < 63 ? slot : 63);
}

/* Starts the binding of a variable of the current thread's top frame; one value follows. The frame's variables must
 * be in this chunk (variables_chunk == chunk): when they aren't, write FRAME first. */
static inline void
xo_put_bind(xo_writer *writer, uint32_t slot)
{
    xo_reserve(writer, 12);
    writer->thread->frames[writer->thread->depth - 1].bound |= xo_bound_slot(slot);
    if (XO_LIKELY(slot < 32)) {
        xo_put_raw(writer, (uint8_t)(XO_OP_BIND + slot));
        return;
    }
    xo_put_raw_pair(writer, XO_OP_BIND_FAR, slot);
}

/* Starts a record without an object: RESULT, RAISED. */
static inline void
xo_put_op(xo_writer *writer, xo_op op)
{
    xo_reserve(writer, 1);
    xo_put_raw(writer, (uint8_t)op);
}

/* Starts a record of an object: operation, number, distance. Finish with xo_record_end and what this answered. */
static inline xo_position
xo_record_begin(xo_writer *writer, xo_op op, const xo_entity *entity)
{
    xo_position start = xo_here(writer);
    writer->subject = entity;
    xo_reserve(writer, 21);
    xo_put_raw_pair(writer, (uint8_t)op, entity->number);
    xo_put_raw_varint(writer, entity->position == 0 ? 0 : start - entity->position);
    return start;
}

/* For the indexes: the entity's first record in this chunk. */
void xo_writer_touch(xo_writer *writer, xo_entity *entity);

static inline void
xo_record_end(xo_writer *writer, xo_entity *entity, xo_position start, bool is_image)
{
    uint64_t size = xo_here(writer) - start;
    writer->records++;
    writer->subject = NULL;
    entity->position = start;
    if (is_image) {
        entity->image_bytes = size > UINT32_MAX ? UINT32_MAX : (uint32_t)size;
        entity->change_bytes = 0;
    } else {
        uint64_t sum = entity->change_bytes + size;
        entity->change_bytes = sum > UINT32_MAX ? UINT32_MAX : (uint32_t)sum;
    }
    if (XO_UNLIKELY(entity->touched_chunk != (uint32_t)writer->chunk)) {
        xo_writer_touch(writer, entity);
    }
}

/* Whether the next record of this object should be an image, so that replay stays bounded. */
static inline bool
xo_image_is_due(const xo_entity *entity)
{
    return entity->change_bytes > 2u * (uint64_t)entity->image_bytes + 256u;
}

/* Makes all records so far visible to readers, now and after a crash. Only between records. */
static inline void
xo_publish(xo_writer *writer)
{
    uint64_t size = (uint64_t)(writer->cursor - writer->chunk_start);
#if defined(__GNUC__)
    __atomic_store_n(writer->published, size, __ATOMIC_RELEASE);
#else
    *writer->published = size;
#endif
}

/* Ends a step: makes it visible to readers and turns the chunk when it is full. */
static inline void
xo_step_end(xo_writer *writer)
{
    writer->steps++;
    xo_publish(writer);
    if (XO_UNLIKELY(writer->cursor >= writer->chunk_full)) {
        xo_writer_turn_chunk(writer);
    }
}

/* CALL, RETURN, YIELD, RESUME or EXCEPTION in the current thread's top frame. */
static inline void
xo_step(xo_writer *writer, xo_op op)
{
    writer->step_counts[op & 7]++;
    writer->thread->frames[writer->thread->depth - 1].ran_chunk = writer->chunk;
    xo_put_op(writer, op);
    xo_step_end(writer);
}

/* A line step in the current thread's top frame. `line` lies within the code's min_line and max_line. */
static inline void
xo_step_line(xo_writer *writer, int32_t line)
{
    xo_frame *frame = &writer->thread->frames[writer->thread->depth - 1];
    int32_t delta = line - frame->line;
    frame->line = line;
    frame->ran_chunk = writer->chunk;
    writer->visited[frame->place_origin + line] = 1;
    xo_reserve(writer, 11);
    if (XO_LIKELY(delta >= -32 && delta <= 95)) {
        xo_put_raw(writer, (uint8_t)(0x80 + 32 + delta));
    } else {
        xo_put_raw_pair(writer, XO_OP_LINE_FAR, xo_zigzag(delta));
    }
    xo_step_end(writer);
}

#endif
