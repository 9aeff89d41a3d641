/* A thread that works beside the program and is never noticed by it: it gets no signals, and it is not there while the
 * process forks. It begins when there is work, and needs no lock of the interpreter. */
#ifndef XO_WORKER_H
#define XO_WORKER_H

#include <stdbool.h>

typedef struct xo_worker xo_worker;

/* Does some of the work, in the thread. Answers whether there is more to do now. */
typedef bool (*xo_work)(void *context);

/* No thread begins yet. NULL when memory runs out. */
xo_worker *xo_worker_create(xo_work work, void *context);
/* Ends the thread after the work it does just now. Accepts NULL. */
void xo_worker_free(xo_worker *worker);

/* There is work. Where no thread can be had, it is left undone. */
void xo_worker_wake(xo_worker *worker);
/* Answers when the thread has ended; it begins again at the next wake. */
void xo_worker_pause(xo_worker *worker);

/* Guards what the thread shares with others; it is not held while the work is done. */
void xo_worker_lock(xo_worker *worker);
void xo_worker_unlock(xo_worker *worker);
/* Held by the thread for a part of the work: whoever takes it, without the lock, waits until that is done. */
void xo_worker_hold(xo_worker *worker);
void xo_worker_release(xo_worker *worker);

#endif
