/* What is not to be told is replaced before anything is written: the values of hidden names, and their texts wherever
 * they stand. An object that such a name is bound to is hidden: its records tell how many parts it has, and of these
 * only the objects, which are hidden as well. What was written before it was bound to the name stays. */
#include "redaction.h"

enum {
    MOST_LOOKS = 100000, /* at once, at what a newly hidden object holds; its records tell of the rest */
    MOST_DEPTH = 8,
};

typedef struct {
    const char *data;
    size_t size_bytes;
    PyObject *encoded; /* owned; NULL: the text holds them itself */
} text_bytes;

/* False when memory runs out. Exceptions stay as they are. */
static bool
read_text(xo_recorder *recorder, PyObject *text, text_bytes *out)
{
    if (PyUnicode_IS_COMPACT_ASCII(text)) {
        *out = (text_bytes){(const char *)PyUnicode_1BYTE_DATA(text), (size_t)PyUnicode_GET_LENGTH(text), NULL};
        return true;
    }
    PyObject *encoded = xo_encoded(recorder, text, 0);
    if (encoded == NULL) {
        return false;
    }
    *out = (text_bytes){PyBytes_AS_STRING(encoded), (size_t)PyBytes_GET_SIZE(encoded), encoded};
    return true;
}

/* The same of a text or bytes; false for anything else, too. */
static bool
read_bytes(xo_recorder *recorder, PyObject *object, text_bytes *out)
{
    if (PyUnicode_Check(object)) {
        return read_text(recorder, object, out);
    }
    if (!PyBytes_Check(object)) {
        return false;
    }
    *out = (text_bytes){PyBytes_AS_STRING(object), (size_t)PyBytes_GET_SIZE(object), NULL};
    return true;
}

static xo_shown
show(xo_recorder *recorder, xo_show_kind kind, const void *text, size_t size_bytes)
{
    static const char stand_in[] = XO_REDACTED;
    xo_shown shown = {text, size_bytes};
    if (recorder->redactor == NULL) {
        return shown;
    }
    if (xo_redactor_show(recorder->redactor, kind, text, size_bytes, &shown) != XO_OK) {
        recorder->writer->failure = XO_NO_MEMORY;
        return (xo_shown){stand_in, kind == XO_SHOW_MEMORY ? 0 : sizeof stand_in - 1};
    }
    return shown;
}

static void
learn(xo_recorder *recorder, xo_text_origin origin, PyObject *object)
{
    text_bytes text;
    if (read_bytes(recorder, object, &text)) {
        if (!xo_redactor_learn(recorder->redactor, origin, text.data, text.size_bytes)) {
            recorder->writer->failure = XO_NO_MEMORY;
        }
        Py_XDECREF(text.encoded);
    }
}

static bool
is_hiding(const xo_recorder *recorder)
{
    const xo_entity *entity = recorder->writer->subject;
    return entity != NULL && (entity->user & XO_HIDDEN);
}

static bool
hides_name(xo_recorder *recorder, PyObject *name)
{
    text_bytes text;
    if (!read_bytes(recorder, name, &text)) {
        return false;
    }
    bool hides = xo_redactor_hides(recorder->redactor, text.data, text.size_bytes);
    Py_XDECREF(text.encoded);
    return hides;
}

/* ---- hidden objects ---- */

static void learn_contents(xo_recorder *recorder, PyObject *object, int depth, int *looks);

static void
learn_part(xo_recorder *recorder, PyObject *part, xo_text_origin origin, int depth, int *looks)
{
    if (part != NULL && --*looks > 0) {
        learn(recorder, origin, part);
        learn_contents(recorder, part, depth + 1, looks);
    }
}

static void
learn_dict(xo_recorder *recorder, PyObject *dict, int depth, int *looks)
{
    PyObject *key, *value;
    for (Py_ssize_t position = 0; *looks > 0 && PyDict_Next(dict, &position, &key, &value);) {
        learn_part(recorder, key, XO_TEXT_OF_KEY, depth, looks);
        learn_part(recorder, value, XO_TEXT_OF_OBJECT, depth, looks);
    }
}

/* What it holds may be written under other names before the object itself is. */
static void
learn_contents(xo_recorder *recorder, PyObject *object, int depth, int *looks)
{
    if (depth > MOST_DEPTH) {
        return;
    }
    if (PyDict_Check(object)) {
        learn_dict(recorder, object, depth, looks);
    } else if (PyCell_Check(object)) {
        learn_part(recorder, PyCell_GET(object), XO_TEXT_OF_NAME, depth, looks);
    } else if (PyList_Check(object) || PyTuple_Check(object)) {
        PyObject **items = PySequence_Fast_ITEMS(object);
        for (Py_ssize_t i = 0; *looks > 0 && i < PySequence_Fast_GET_SIZE(object); i++) {
            learn_part(recorder, items[i], XO_TEXT_OF_OBJECT, depth, looks);
        }
    } else if (PyByteArray_CheckExact(object)) {
        (void)xo_redactor_learn(recorder->redactor, XO_TEXT_OF_MEMORY, PyByteArray_AS_STRING(object),
                                (size_t)PyByteArray_GET_SIZE(object));
    }
}

/* Classes and what only has a name are part of the program, and so are its namespaces. */
static bool
is_data(const xo_recorder *recorder, PyObject *object, const xo_entity *entity)
{
    uint32_t kind = entity->user & XO_KIND_MASK;
    return kind != XO_KIND_CLASS && kind != XO_KIND_OPAQUE && object != recorder->globals
           && object != recorder->noted_globals;
}

static void
hide(xo_recorder *recorder, PyObject *object, xo_entity *entity)
{
    if ((entity->user & XO_HIDDEN) == 0 && is_data(recorder, object, entity)) {
        int looks = MOST_LOOKS;
        entity->user |= XO_HIDDEN;
        learn_contents(recorder, object, 0, &looks);
        xo_mark_dirty(object, entity);
    }
}

static bool
is_scalar(const PyObject *value)
{
    const PyTypeObject *type = Py_TYPE(value);
    return type == &PyLong_Type || type == &PyFloat_Type || type == &PyComplex_Type || type == &PyUnicode_Type
           || type == &PyBytes_Type || type == &PyBool_Type || value == Py_None || value == Py_Ellipsis
           || value == Py_NotImplemented;
}

static void
put_stand_in(xo_recorder *recorder, bool is_bytes)
{
    static const char stand_in[] = XO_REDACTED;
    if (is_bytes) {
        (void)xo_put_bytes(recorder->writer, (const uint8_t *)stand_in, sizeof stand_in - 1);
    } else {
        (void)xo_put_str(recorder->writer, stand_in, sizeof stand_in - 1);
    }
}

/* Learns the value's text, and writes what stands for the value. */
static void
put_secret(xo_recorder *recorder, PyObject *value, xo_text_origin origin)
{
    if (value == NULL) {
        xo_put_tag(recorder->writer, XO_TAG_UNBOUND);
    } else if (is_scalar(value)) {
        learn(recorder, origin, value);
        put_stand_in(recorder, PyBytes_Check(value));
    } else {
        xo_put_object(recorder->writer, xo_number_of(recorder, value));
        hide(recorder, value, xo_find_in(recorder, value));
    }
}

bool
xo_put_if_hidden(xo_recorder *recorder, PyObject *value)
{
    if (!is_hiding(recorder)) {
        return false;
    }
    bool is_cell = (recorder->writer->subject->user & XO_KIND_MASK) == XO_KIND_CELL;
    put_secret(recorder, value, is_cell ? XO_TEXT_OF_NAME : XO_TEXT_OF_OBJECT);
    return true;
}

bool
xo_put_hidden_scalar(xo_recorder *recorder, PyObject *value)
{
    if (!is_hiding(recorder)) {
        return false;
    }
    learn(recorder, XO_TEXT_OF_NAME, value);
    put_stand_in(recorder, PyBytes_Check(value));
    return true;
}

bool
xo_blurs(xo_recorder *recorder, const xo_entity *entity, PyObject *key)
{
    uint32_t kind = entity->user & XO_KIND_MASK;
    text_bytes text;
    if ((entity->user & XO_HIDDEN) && kind != XO_KIND_INSTANCE && kind != XO_KIND_LIST) {
        return true;
    }
    if (!read_bytes(recorder, key, &text)) {
        return false;
    }
    xo_shown shown = show(recorder, kind == XO_KIND_DICT ? XO_SHOW_KEY : XO_SHOW_VALUE, text.data, text.size_bytes);
    Py_XDECREF(text.encoded);
    return shown.bytes != text.data;
}

/* ---- names and their values ---- */

void
xo_put_variable_redacted(xo_recorder *recorder, const xo_code *code, uint32_t slot, PyObject *value)
{
    if (hides_name(recorder, xo_code_slot_name(code->code, (int)slot))) {
        put_secret(recorder, value, XO_TEXT_OF_NAME);
    } else {
        xo_put_value(recorder, value);
    }
}

static void
put_text_key(xo_recorder *recorder, PyObject *key)
{
    text_bytes text;
    if (!read_text(recorder, key, &text)) {
        recorder->writer->failure = XO_NO_MEMORY;
        put_stand_in(recorder, false);
        return;
    }
    xo_shown shown = show(recorder, XO_SHOW_KEY, text.data, text.size_bytes);
    if (shown.bytes == text.data) {
        xo_put_name(recorder, key);
    } else {
        (void)xo_put_str(recorder->writer, shown.bytes, shown.size_bytes);
    }
    Py_XDECREF(text.encoded);
}

void
xo_put_key_redacted(xo_recorder *recorder, PyObject *key)
{
    bool hiding = is_hiding(recorder);
    if (hiding) {
        learn(recorder, XO_TEXT_OF_KEY, key);
    }
    if (PyUnicode_CheckExact(key)) {
        put_text_key(recorder, key);
    } else if (hiding && !is_scalar(key)) {
        put_secret(recorder, key, XO_TEXT_OF_KEY);
    } else {
        xo_put_shown_value(recorder, key);
    }
}

void
xo_put_pair_redacted(xo_recorder *recorder, PyObject *key, PyObject *value)
{
    xo_put_key_redacted(recorder, key);
    if (hides_name(recorder, key)) {
        put_secret(recorder, value, XO_TEXT_OF_NAME);
    } else {
        xo_put_value(recorder, value);
    }
}

bool
xo_hides_member(xo_recorder *recorder, const char *name)
{
    return recorder->redactor != NULL
           && (is_hiding(recorder) || xo_redactor_hides(recorder->redactor, name, strlen(name)));
}

void
xo_put_hidden_member(xo_recorder *recorder, PyObject *value)
{
    put_secret(recorder, value, XO_TEXT_OF_NAME);
}

/* ---- texts ---- */

/* As a text of its own: it may be one that grows. */
static void
put_replaced_text(xo_recorder *recorder, xo_shown shown)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyObject *text = PyUnicode_DecodeUTF8(shown.bytes, (Py_ssize_t)shown.size_bytes, "surrogatepass");
    if (text == NULL) {
        PyErr_Clear();
        put_stand_in(recorder, false);
    } else {
        xo_put_name(recorder, text);
        Py_DECREF(text);
    }
    PyErr_Restore(type, value, traceback);
}

static void
put_replaced(xo_recorder *recorder, xo_shown shown, bool is_text)
{
    if (is_text) {
        put_replaced_text(recorder, shown);
    } else {
        (void)xo_put_bytes(recorder->writer, shown.bytes, shown.size_bytes);
    }
}

bool
xo_put_if_replaced(xo_recorder *recorder, PyObject *object)
{
    text_bytes text;
    if (!read_bytes(recorder, object, &text)) {
        recorder->writer->failure = XO_NO_MEMORY;
        put_stand_in(recorder, PyBytes_Check(object));
        return true;
    }
    xo_shown shown = show(recorder, XO_SHOW_VALUE, text.data, text.size_bytes);
    bool replaced = shown.bytes != text.data;
    if (replaced) {
        put_replaced(recorder, shown, PyUnicode_Check(object));
    }
    Py_XDECREF(text.encoded);
    return replaced;
}

static void
put_asterisks(xo_writer *writer, size_t count)
{
    static const char asterisks[] = "****************";
    xo_put_varint(writer, count);
    for (; count >= sizeof asterisks - 1; count -= sizeof asterisks - 1) {
        xo_put_verbatim(writer, asterisks, sizeof asterisks - 1);
    }
    xo_put_verbatim(writer, asterisks, count);
}

void
xo_put_memory(xo_recorder *recorder, const void *bytes, size_t size_bytes)
{
    if (recorder->redactor != NULL && is_hiding(recorder)) {
        (void)xo_redactor_learn(recorder->redactor, XO_TEXT_OF_MEMORY, bytes, size_bytes);
        put_asterisks(recorder->writer, size_bytes);
        return;
    }
    xo_shown shown = show(recorder, XO_SHOW_MEMORY, bytes, size_bytes);
    if (shown.size_bytes == size_bytes) {
        xo_put_sized(recorder->writer, shown.bytes, size_bytes);
    } else {
        put_asterisks(recorder->writer, size_bytes);
    }
}

void
xo_put_output(xo_recorder *recorder, int stream, const char *text, size_t size_bytes)
{
    xo_shown shown = show(recorder, XO_SHOW_VALUE, text, size_bytes);
    xo_writer_output(recorder->writer, stream, shown.bytes, shown.size_bytes);
}

uint32_t
xo_put_source(xo_recorder *recorder, const char *path, const char *source, size_t size_bytes)
{
    xo_shown shown = {NULL, 0};
    if (source != NULL) {
        shown = show(recorder, XO_SHOW_SOURCE, source, size_bytes);
    }
    return xo_writer_define_file(recorder->writer, path, shown.bytes, shown.size_bytes);
}

void
xo_put_note(xo_recorder *recorder, const char *key, const char *text)
{
    xo_shown shown = show(recorder, XO_SHOW_VALUE, text, strlen(text) + 1); /* with its end */
    xo_writer_note(recorder->writer, key, shown.bytes);
}
