/* Values that are too large or too rare to be written inline. */
#include "writer_private.h"

#include "bytes.h"

/* Bytes of any number; they are dropped when there is no room, which is so only after a failure. */
void
xo_put_verbatim(xo_writer *writer, const void *bytes, size_t size)
{
    xo_reserve(writer, size);
    if ((size_t)(writer->limit - writer->cursor) < size) {
        return;
    }
    if (size > 0) {
        memcpy(writer->cursor, bytes, size);
        writer->cursor += size;
    }
}

void
xo_put_sized(xo_writer *writer, const void *bytes, size_t size)
{
    xo_put_varint(writer, size);
    xo_put_verbatim(writer, bytes, size);
}

void
xo_put_float(xo_writer *writer, double value)
{
    xo_reserve(writer, 9);
    xo_put_raw(writer, XO_TAG_FLOAT);
    xo_store_double(writer->cursor, value);
    writer->cursor += 8;
}

void
xo_put_complex(xo_writer *writer, double real, double imaginary)
{
    xo_reserve(writer, 17);
    xo_put_raw(writer, XO_TAG_COMPLEX);
    xo_store_double(writer->cursor, real);
    xo_store_double(writer->cursor + 8, imaginary);
    writer->cursor += 16;
}

void
xo_put_bigint(xo_writer *writer, const uint8_t *bytes, size_t size_bytes)
{
    xo_put_tag(writer, XO_TAG_BIGINT);
    xo_put_sized(writer, bytes, size_bytes);
}

xo_position
xo_put_str(xo_writer *writer, const char *utf8, size_t size_bytes)
{
    xo_position start = xo_here(writer);
    if (size_bytes < 32) {
        xo_put_short_str(writer, (const uint8_t *)utf8, size_bytes);
        return start;
    }
    xo_put_tag(writer, XO_TAG_STR);
    xo_put_sized(writer, utf8, size_bytes);
    return start;
}

xo_position
xo_put_bytes(xo_writer *writer, const uint8_t *bytes, size_t size_bytes)
{
    xo_position start = xo_here(writer);
    xo_put_tag(writer, XO_TAG_BYTES);
    xo_put_sized(writer, bytes, size_bytes);
    return start;
}

xo_position
xo_put_str_grown(xo_writer *writer, xo_position position, const char *utf8, size_t size_bytes)
{
    xo_position start = xo_here(writer);
    xo_put_tag(writer, XO_TAG_STR_GROWN);
    xo_put_varint(writer, start - position);
    xo_put_sized(writer, utf8, size_bytes);
    return start;
}

void
xo_put_text_ref(xo_writer *writer, xo_tag tag, xo_position position)
{
    xo_position start = xo_here(writer);
    xo_put_tag(writer, tag);
    xo_put_varint(writer, start - position);
}
