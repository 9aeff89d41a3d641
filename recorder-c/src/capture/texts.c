/* Texts and bytes: short ones stand where they are used, longer ones once, as long as we remember them. */
#include "redaction.h"

/* The entry for this content: a match when its length is set, else free to be filled. Two contents with the same 64-bit
 * hash and size are taken as the same. */
static xo_text_entry *
entry_of(xo_recorder *recorder, int64_t hash, uint64_t length, bool *known)
{
    xo_text_entry *entry = &recorder->texts[(uint64_t)hash & (XO_TEXT_ENTRIES - 1)];
    *known = entry->length == length && entry->hash == hash;
    if (!*known) {
        entry->hash = hash;
        entry->length = length;
    }
    return entry;
}

/* Answers where the content stands. */
static xo_position
put_pooled(xo_recorder *recorder, PyObject *object, const char *data, size_t size, bool is_text)
{
    bool known;
    int64_t hash = (int64_t)PyObject_Hash(object); /* exact str or bytes: none of the program's code */
    uint64_t length = is_text ? (uint64_t)PyUnicode_GET_LENGTH(object) : size;
    xo_text_entry *entry = entry_of(recorder, is_text ? hash : ~hash, length, &known);
    if (known) {
        xo_put_text_ref(recorder->writer, is_text ? XO_TAG_STR_REF : XO_TAG_BYTES_REF, entry->position);
    } else if (is_text) {
        entry->position = xo_put_str(recorder->writer, data, size);
    } else {
        entry->position = xo_put_bytes(recorder->writer, (const uint8_t *)data, size);
    }
    return entry->position;
}

PyObject *
xo_encoded(xo_recorder *recorder, PyObject *text, Py_ssize_t first)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyObject *part = first > 0 ? PyUnicode_Substring(text, first, PyUnicode_GET_LENGTH(text))
                                                       : Py_NewRef(text);
    PyObject *encoded = part == NULL ? NULL : PyUnicode_AsEncodedString(part, "utf-8", "surrogatepass");
    Py_XDECREF(part);
    if (encoded == NULL) {
        PyErr_Clear();
        recorder->writer->failure = XO_NO_MEMORY;
    }
    PyErr_Restore(type, value, traceback);
    return encoded;
}

/* Hashing a text of a subclass could run the program's code. */
static xo_position
put_utf8(xo_recorder *recorder, PyObject *text, const char *data, size_t size)
{
    bool is_pooled = size > XO_INLINE_BYTES && PyUnicode_CheckExact(text);
    return is_pooled ? put_pooled(recorder, text, data, size, true) : xo_put_str(recorder->writer, data, size);
}

/* Where it stands already, so that it need not be encoded; 0: nowhere, or not known. */
static xo_position
known_position(const xo_recorder *recorder, PyObject *text)
{
    int64_t hash = PyUnicode_CheckExact(text) ? (int64_t)((PyASCIIObject *)text)->hash : -1;
    const xo_text_entry *entry = &recorder->texts[(uint64_t)hash & (XO_TEXT_ENTRIES - 1)];
    bool is_known = hash != -1 && entry->hash == hash && entry->length == (uint64_t)PyUnicode_GET_LENGTH(text);
    return is_known && entry->length > XO_INLINE_BYTES ? entry->position : 0;
}

static xo_position
put_whole(xo_recorder *recorder, PyObject *text)
{
    if (PyUnicode_IS_COMPACT_ASCII(text)) {
        return put_utf8(recorder, text, (const char *)PyUnicode_1BYTE_DATA(text), (size_t)PyUnicode_GET_LENGTH(text));
    }
    xo_position known = known_position(recorder, text);
    if (known != 0) {
        xo_put_text_ref(recorder->writer, XO_TAG_STR_REF, known);
        return known;
    }
    PyObject *encoded = xo_encoded(recorder, text, 0);
    if (encoded == NULL) {
        xo_put_tag(recorder->writer, XO_TAG_UNBOUND);
        return 0;
    }
    xo_position position = put_utf8(recorder, text, PyBytes_AS_STRING(encoded), (size_t)PyBytes_GET_SIZE(encoded));
    Py_DECREF(encoded);
    return position;
}

/* A text whose hash is known may have been met before; otherwise it may be one that grows, which need not be hashed. */
void
xo_put_name(xo_recorder *recorder, PyObject *text)
{
    bool may_grow = PyUnicode_CheckExact(text) && xo_text_bytes(text) >= XO_LONG_TEXT_BYTES;
    if (may_grow && ((PyASCIIObject *)text)->hash == -1 && xo_put_growing(recorder, text)) {
        return;
    }
    xo_position position = put_whole(recorder, text);
    if (may_grow && position != 0) {
        xo_keep_growing(recorder, text, position);
    }
}

void
xo_put_bytes_object(xo_recorder *recorder, PyObject *bytes)
{
    if (recorder->redactor != NULL && xo_put_if_replaced(recorder, bytes)) {
        return;
    }
    const char *data = PyBytes_AS_STRING(bytes);
    size_t size = (size_t)PyBytes_GET_SIZE(bytes);
    if (size <= XO_INLINE_BYTES || !PyBytes_CheckExact(bytes)) {
        xo_put_bytes(recorder->writer, (const uint8_t *)data, size);
    } else {
        (void)put_pooled(recorder, bytes, data, size, false);
    }
}

void
xo_put_latin(xo_recorder *recorder, const char *text)
{
    xo_put_str(recorder->writer, text, strlen(text));
}
