/* The text of a source file, in UTF-8 whatever it is written in. */
#include "codes.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

/* NULL when it can't be read. */
static char *
read_file(const char *path, size_t *size_bytes)
{
    FILE *file = fopen(path, "rb");
    char *data = NULL;
    size_t capacity = 0;
    *size_bytes = 0;
    while (file != NULL) {
        if (*size_bytes == capacity) {
            capacity = capacity == 0 ? 1 << 16 : 2 * capacity;
            char *grown = realloc(data, capacity);
            if (grown == NULL) {
                break;
            }
            data = grown;
        }
        size_t count = fread(data + *size_bytes, 1, capacity - *size_bytes, file);
        if (count == 0) {
            break;
        }
        *size_bytes += count;
    }
    if (file != NULL) {
        fclose(file);
    }
    return data;
}

/* The name that `coding: name` or `coding=name` gives in a comment of this line, into `name`; false: none. */
static bool
find_coding(const char *line, const char *end, char *name, size_t room)
{
    const char *comment = memchr(line, '#', (size_t)(end - line));
    for (const char *at = comment; at != NULL && end - at > 7; at++) {
        if (memcmp(at, "coding", 6) != 0 || (at[6] != ':' && at[6] != '=')) {
            continue;
        }
        size_t size = 0;
        for (at += 7; at < end && (*at == ' ' || *at == '\t'); at++) {
        }
        for (; at < end && size + 1 < room && (isalnum((unsigned char)*at) || strchr("-_.", *at) != NULL); at++) {
            name[size++] = *at == '-' || *at == '.' ? '_' : (char)tolower((unsigned char)*at);
        }
        name[size] = 0;
        return size > 0;
    }
    return false;
}

/* As PEP 263 has it, in one of the first two lines. */
static bool
coding_of(const char *source, size_t size, char *name, size_t room)
{
    const char *line = source, *end = source + size;
    for (int i = 0; i < 2 && line < end; i++) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        stop = stop == NULL ? end : stop;
        if (find_coding(line, stop, name, room)) {
            return true;
        }
        line = stop < end ? stop + 1 : end;
    }
    return false;
}

/* Whether the standard library's module for this encoding is loaded: then nothing else decodes it. */
static bool
is_loaded(const char *name)
{
    char module[80];
    PyObject *modules = PyImport_GetModuleDict(); /* borrowed, as all here */
    PyObject *aliases = PyDict_GetItemString(modules, "encodings.aliases");
    PyObject *table = aliases == NULL ? NULL : PyDict_GetItemString(PyModule_GetDict(aliases), "aliases");
    PyObject *alias = table == NULL || !PyDict_Check(table) ? NULL : PyDict_GetItemString(table, name);
    const char *known = alias == NULL || !PyUnicode_Check(alias) ? name : PyUnicode_AsUTF8(alias);
    snprintf(module, sizeof module, "encodings.%s", known == NULL ? name : known);
    return PyDict_GetItemString(modules, module) != NULL;
}

/* The text; NULL when it is in UTF-8, or in what only code outside of the standard library could read, or wrong. Python
 * has just read the file itself, as a rule, so that nothing is imported for this. */
static PyObject *
decode(const char *source, size_t size)
{
    char name[64];
    if (!coding_of(source, size, name, sizeof name) || strncmp(name, "utf_8", 5) == 0 || strcmp(name, "utf8") == 0) {
        return NULL;
    }
    if (strcmp(name, "latin_1") == 0 || strcmp(name, "latin1") == 0 || strcmp(name, "iso_8859_1") == 0) {
        return PyUnicode_DecodeLatin1(source, (Py_ssize_t)size, NULL);
    }
    return is_loaded(name) ? PyUnicode_Decode(source, (Py_ssize_t)size, name, NULL) : NULL;
}

char *
xo_source_read(const char *path, size_t *size_bytes)
{
    char *source = read_file(path, size_bytes);
    PyObject *text = source == NULL ? NULL : decode(source, *size_bytes);
    Py_ssize_t size;
    const char *utf8 = text == NULL ? NULL : PyUnicode_AsUTF8AndSize(text, &size);
    char *copy = utf8 == NULL ? NULL : malloc((size_t)size + 1);
    PyErr_Clear();
    if (copy != NULL) {
        memcpy(copy, utf8, (size_t)size);
        free(source);
        source = copy;
        *size_bytes = (size_t)size;
    }
    Py_XDECREF(text);
    return source;
}
