/* Our place in sys.monitoring, and the events we take there. */
#ifndef EXECORDER_MONITORING_H
#define EXECORDER_MONITORING_H

#include "capture.h"

#if XO_HAS_MONITORING

/* Bits of sys.monitoring.events. */
enum {
    PY_START = 1 << 0,
    PY_RESUME = 1 << 1,
    PY_RETURN = 1 << 2,
    PY_YIELD = 1 << 3,
    LINE = 1 << 5,
    INSTRUCTION = 1 << 6,
    JUMPED = 1 << 7, /* opcode.h has taken JUMP */
    RAISE = 1 << 10,
    PY_UNWIND = 1 << 12,
    PY_THROW = 1 << 13,
    EVERYWHERE = PY_START | PY_RESUME | PY_THROW | PY_UNWIND | RAISE,
    IN_RECORDED_CODE = LINE | PY_RETURN | PY_YIELD,
};

typedef struct {
    int event;
    vectorcallfunc call;
} xo_monitoring_callback;

/* The table ends with event 0. */
extern const xo_monitoring_callback xo_monitoring_callbacks[];
/* What a callback returns to hear no more from this place; NULL while events are off. */
extern PyObject *xo_monitoring_disable;
/* Turns on what the code needs. -1 when that failed, which ends all recordings. */
int xo_instrument(xo_code *code);
/* -1 with an exception set. */
int xo_monitoring_set_local(PyObject *python_code, int events);

#endif

#endif
