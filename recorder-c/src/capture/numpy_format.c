/* What numpy says of the elements of an array, as a text: its typestr, or a record of those. */
#include "numpy_layout.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct {
    char *text; /* owned when it isn't the caller's room */
    size_t size, capacity;
    bool is_owned, failed, has_objects;
} writer;

static void
put(writer *out, const char *text, size_t size)
{
    if (out->size + size + 1 > out->capacity) {
        size_t capacity = 2 * (out->size + size + 64);
        char *grown = malloc(capacity);
        if (grown == NULL) {
            out->failed = true;
            return;
        }
        memcpy(grown, out->text, out->size);
        if (out->is_owned) {
            free(out->text);
        }
        out->text = grown;
        out->capacity = capacity;
        out->is_owned = true;
    }
    memcpy(out->text + out->size, text, size);
    out->size += size;
    out->text[out->size] = 0;
}

static void
put_text(writer *out, const char *text)
{
    put(out, text, strlen(text));
}

static void
put_number(writer *out, Py_ssize_t number)
{
    char digits[32];
    put(out, digits, (size_t)snprintf(digits, sizeof digits, "%lld", (long long)number));
}

/* ---- dates ---- */

/* PyArray_DatetimeMetaData */
typedef struct {
    int unit, count;
} date_unit;

static void
put_unit(writer *out, const date_unit *unit)
{
    static const char *const names[] = {"Y", "M", "W", NULL, "D", "h", "m", "s", "ms", "us", "ns", "ps", "fs", "as"};
    if (unit->unit < 0 || unit->unit >= (int)(sizeof names / sizeof *names) || names[unit->unit] == NULL) {
        return; /* generic */
    }
    put_text(out, "[");
    if (unit->count != 1) {
        put_number(out, unit->count);
    }
    put_text(out, names[unit->unit]);
    put_text(out, "]");
}

/* It lies behind what all of numpy's auxiliary data begins with. */
static const date_unit *
unit_of(const void *c_metadata)
{
    return c_metadata == NULL ? NULL : (const date_unit *)(const void *)((const char *)c_metadata + 4 * sizeof(void *));
}

const char *
xo_numpy_scalar_format(const char *typestr, const void *unit, char *room, size_t room_bytes)
{
    writer out = {.text = room, .capacity = room_bytes};
    put_text(&out, typestr);
    if (typestr[1] == 'M' || typestr[1] == 'm') {
        put_unit(&out, unit);
    }
    return out.failed ? NULL : room;
}

/* ---- types ---- */

static void put_type(writer *out, const xo_descr *descr, int depth);

static void
put_simple(writer *out, const xo_descr *descr, const xo_dtype *dtype)
{
    char order = descr->byte_order == '=' ? '<' : descr->byte_order;
    put(out, &order, 1);
    put(out, &descr->kind, 1);
    if (descr->type_number == XO_NUMPY_OBJECT) {
        out->has_objects = true;
        return;
    }
    put_number(out, descr->type_number == XO_NUMPY_UNICODE ? dtype->item_bytes / 4 : dtype->item_bytes);
    if (descr->type_number == XO_NUMPY_DATETIME || descr->type_number == XO_NUMPY_TIMEDELTA) {
        const date_unit *unit = unit_of(dtype->c_metadata);
        if (unit != NULL) {
            put_unit(out, unit);
        }
    }
}

static void
put_shape(writer *out, PyObject *shape)
{
    put_text(out, "(");
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(shape); i++) {
        put_text(out, i == 0 ? "" : ",");
        put_number(out, PyLong_AsSsize_t(PyTuple_GET_ITEM(shape, i)));
    }
    put_text(out, ")");
}

/* A name in quotes, as JSON writes it. */
static void
put_name(writer *out, PyObject *name)
{
    put_text(out, "\"");
    for (Py_ssize_t i = 0; i < PyUnicode_GET_LENGTH(name); i++) {
        Py_UCS4 point = PyUnicode_READ_CHAR(name, i);
        char text[16];
        if (point >= 0x20 && point < 0x7f && point != '"' && point != '\\') {
            snprintf(text, sizeof text, "%c", (char)point);
        } else if (point < 0x10000) {
            snprintf(text, sizeof text, "\\u%04x", (unsigned)point);
        } else {
            unsigned above = (unsigned)point - 0x10000;
            snprintf(text, sizeof text, "\\u%04x\\u%04x", 0xd800 + (above >> 10), 0xdc00 + (above & 0x3ff));
        }
        put_text(out, text);
    }
    put_text(out, "\"");
}

static void
put_field(writer *out, const xo_dtype *dtype, PyObject *name, int depth)
{
    PyObject *field = PyDict_GetItem(dtype->fields, name);
    if (field == NULL || !PyTuple_Check(field) || PyTuple_GET_SIZE(field) < 2) {
        out->failed = true;
        return;
    }
    put_name(out, name);
    put_text(out, ":");
    put_type(out, (const xo_descr *)PyTuple_GET_ITEM(field, 0), depth - 1);
    put_text(out, "@");
    put_number(out, PyLong_AsSsize_t(PyTuple_GET_ITEM(field, 1)));
}

static void
put_record(writer *out, const xo_dtype *dtype, int depth)
{
    put_text(out, "{");
    put_number(out, dtype->item_bytes);
    put_text(out, "|");
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(dtype->names) && !out->failed; i++) {
        put_text(out, i == 0 ? "" : ",");
        put_field(out, dtype, PyTuple_GET_ITEM(dtype->names, i), depth);
    }
    put_text(out, "}");
    out->failed = out->failed || out->has_objects; /* records of objects are neither bytes nor objects */
}

static void
put_type(writer *out, const xo_descr *descr, int depth)
{
    xo_dtype dtype = xo_dtype_of(descr);
    if (depth == 0 || descr->type_number < 0 || descr->type_number > XO_NUMPY_HALF) {
        out->failed = true;
    } else if (dtype.subarray != NULL) {
        put_shape(out, dtype.subarray->shape);
        put_type(out, dtype.subarray->base, depth - 1);
    } else if (dtype.names != NULL && PyTuple_Check(dtype.names) && dtype.fields != NULL) {
        put_record(out, &dtype, depth);
    } else {
        put_simple(out, descr, &dtype);
    }
}

const char *
xo_numpy_format(const xo_descr *descr, char *room, size_t room_bytes, char **owned, bool *has_objects)
{
    writer out = {.text = room, .capacity = room_bytes};
    put_type(&out, descr, 16);
    *has_objects = out.has_objects;
    if (out.failed) {
        if (out.is_owned) {
            free(out.text);
        }
        PyErr_Clear();
        return NULL;
    }
    *owned = out.is_owned ? out.text : NULL;
    return out.text;
}
