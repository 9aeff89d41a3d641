/* Whoever is outside of the program's threads asks for their attention: a debugger that sends something, seen by a thread
 * that takes no GIL and gets no signals. A process forks without it: CPython warns of processes with several threads. */
#include "capture.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>

/* So often the thread looks whether it has to end, or to wait for something else. */
enum { LOOK_AGAIN_MS = 10 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER; /* guards what follows */
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_t watcher;
static int watched_fd = -1;
static bool watching, is_armed, leaving;
static xo_recorder *followed;

void
xo_attention_follow(xo_recorder *recorder)
{
    pthread_mutex_lock(&mutex);
    followed = recorder;
    pthread_mutex_unlock(&mutex);
}

static void
request(void)
{
    if (followed != NULL) {
        followed->attention = 1;
        followed->check_at = 0;
    }
}

void
xo_attention_request(void)
{
    pthread_mutex_lock(&mutex);
    request();
    pthread_mutex_unlock(&mutex);
}

static void *
watch(void *unused)
{
    (void)unused;
    pthread_mutex_lock(&mutex);
    while (!leaving) {
        if (!is_armed) {
            pthread_cond_wait(&changed, &mutex);
            continue;
        }
        struct pollfd wanted = {.fd = watched_fd, .events = POLLIN};
        pthread_mutex_unlock(&mutex);
        int found = poll(&wanted, 1, LOOK_AGAIN_MS);
        bool is_over = found > 0 || (found < 0 && errno != EINTR);
        pthread_mutex_lock(&mutex);
        if (is_over && wanted.fd == watched_fd) {
            is_armed = false;
            request();
        }
    }
    pthread_mutex_unlock(&mutex);
    return NULL;
}

/* With the mutex held: signals are for the program's threads, so that this one is born without them. */
static int
begin_thread(void)
{
    sigset_t every, before;
    sigfillset(&every);
    pthread_sigmask(SIG_SETMASK, &every, &before);
    int error = pthread_create(&watcher, NULL, watch, NULL);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    watching = error == 0;
    return error;
}

static void
before_fork(void)
{
    pthread_mutex_lock(&mutex);
    leaving = watching;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&mutex);
    if (leaving) {
        pthread_join(watcher, NULL);
    }
}

/* CPython counts the threads a little later: ours begins anew when whoever is called at the next step watches on. */
static void
after_fork_in_parent(void)
{
    pthread_mutex_lock(&mutex);
    if (leaving) {
        request();
    }
    leaving = watching = false;
    pthread_mutex_unlock(&mutex);
}

/* The debugger is the parent's. */
static void
after_fork_in_child(void)
{
    leaving = watching = is_armed = false;
}

static void
listen_to_forks(void)
{
    pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
}

/* The thread runs until the process ends. */
int
xo_attention_watch(int fd)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, listen_to_forks);
    pthread_mutex_lock(&mutex);
    watched_fd = fd;
    is_armed = true;
    int error = watching ? 0 : begin_thread();
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&mutex);
    if (error != 0) {
        errno = error;
        PyErr_SetFromErrno(PyExc_OSError);
        return -1;
    }
    return 0;
}
