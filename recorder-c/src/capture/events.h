/* What tells the recorder of the steps: events_trace.c before 3.12, events_monitoring.c and monitoring.c since. */
#ifndef XO_EVENTS_H
#define XO_EVENTS_H

#include "capture.h"

int xo_events_start(xo_recorder *recorder);
void xo_events_stop(bool is_last);
/* Takes this thread's events back from another trace function that C code has put into the recorder's place, and says so
 * in the recording; and those of all threads. */
#if XO_HAS_MONITORING
static inline void
xo_events_check(void)
{
}

static inline void
xo_events_check_all(void)
{
}

static inline void
xo_coverage_find(void)
{
}
#else
void xo_events_check(void);
void xo_events_check_all(void);
/* other_tracers.c: coverage's tracer in C, once it has been loaded, gets its place behind ours. */
void xo_coverage_find(void);
#endif

#endif
