/* From the store's views to plain Python objects. Each answers a new reference, or NULL with an exception set. */
#ifndef EXECORDER_BINDING_CONVERT_H
#define EXECORDER_BINDING_CONVERT_H

#include "state.h"

/* A scalar as itself, an object as a Ref, an unbound value as UNBOUND. */
PyObject *convert_value(const binding_state *state, const xo_value *value);

/* UTF-8 in which a lone surrogate stands as its three bytes. */
PyObject *convert_text(const char *text, size_t size_bytes);

/* (step, kind, thread, frame, depth, code, line) */
PyObject *convert_step(const binding_state *state, const xo_step_view *step);

/* (file, name, qualname, first_line, flags, lines, variable_names, variable_flags) */
PyObject *convert_code(const xo_code_view *code);

/* [(frame, code, line, depth, globals, locals), …] */
PyObject *convert_stack(const xo_frame_view *frames, size_t count);

/* (kind, class_object, unknown, items, attributes, attribute_dict, name, module, bases, file, line); items are
 * (key, value) pairs for a dict and values otherwise, attributes are pairs. */
PyObject *convert_contents(const binding_state *state, const xo_contents *contents);

/* [(step, stream, text), …] */
PyObject *convert_output(const xo_output_view *pieces, size_t count);

/* [(step, is_image, op, key, value), …] */
PyObject *convert_history(const binding_state *state, const xo_change *changes, size_t count);

/* (step, writer, op, first, value) */
PyObject *convert_write(const binding_state *state, const xo_write *write);

/* A list of `count` values. */
PyObject *convert_values(const binding_state *state, const xo_value *values, size_t count);

#endif
