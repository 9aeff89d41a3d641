/* Trace functions of the program's own, up to CPython 3.11. Each thread has one place for a trace function: ours takes
 * it and calls the one that was there, or would be, after itself. sys.gettrace() still answers the program's. */
#ifndef EXECORDER_OTHER_TRACERS_H
#define EXECORDER_OTHER_TRACERS_H

#include "capture.h"

#if !XO_HAS_MONITORING

/* Puts ours into the current thread's place. */
void xo_tracer_take_place(Py_tracefunc ours);
/* Leaves the current thread's place to the program's. */
void xo_tracer_leave_place(Py_tracefunc ours);
/* Calls the program's trace function: `owner` is its object. -1 with its exception set. */
int xo_tracer_call_other(Py_tracefunc ours, PyObject *owner, PyFrameObject *frame, int event, PyObject *argument);
/* Says in the recording that another has been in our place in this thread. */
void xo_tracer_note_displaced(xo_recorder *recorder, const PyThreadState *python);
/* -1 with an exception set. */
int xo_hook_settrace(Py_tracefunc ours);
void xo_unhook_settrace(void);
/* Frames that run library code have no line events any more: those of this thread may be wanted now. */
void xo_trace_running_frames(void);

/* thread_starts.c: threads that the program starts call these as they begin and end. -1 with an exception set. */
int xo_thread_starts_patch(void (*begin)(void), void (*end)(void));
/* The hooks are taken out, or about to be. */
void xo_thread_starts_forget(void);

#endif
#endif
