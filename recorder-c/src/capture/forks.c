/* Forks: the recordings are the parent's. Before the child lets go of them, Python code may run there (os.register_at_fork,
 * as by threading and the program itself), and nothing of that may reach the file that both have mapped. */
#include "capture.h"

#ifdef _WIN32

int
xo_forks_watch(void)
{
    return 0;
}

#else

#include <pthread.h>

static void
in_child(void)
{
    if (!PyGILState_Check()) {
        return; /* a fork in C, which runs no Python code; another thread may have been writing just then */
    }
    for (xo_recorder *recorder = xo_recorders; recorder != NULL; recorder = recorder->next) {
        if (recorder->writer != NULL) {
            xo_writer_throw_away(recorder->writer);
        }
    }
}

/* From now on. -1 with an exception set when the system can't. */
int
xo_forks_watch(void)
{
    static bool is_watching;
    if (!is_watching && pthread_atfork(NULL, NULL, in_child) != 0) {
        PyErr_NoMemory();
        return -1;
    }
    is_watching = true;
    return 0;
}

#endif
