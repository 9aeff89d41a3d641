/* worker.h with POSIX threads. */
#define _GNU_SOURCE
#include "worker.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#define STACK_BYTES (1u << 20)

struct xo_worker {
    xo_work work;
    void *context;
    pthread_mutex_t mutex; /* guards what follows, and what the user shares */
    pthread_cond_t changed;
    bool wanted;  /* there is work */
    bool leaving; /* the thread is to end */
    bool running;
    pthread_t thread;
    pthread_mutex_t held; /* only the thread takes `mutex` while it has it */
    xo_worker *next;      /* guarded by `all` */
};

static pthread_mutex_t all = PTHREAD_MUTEX_INITIALIZER;
static xo_worker *workers;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void *
run(void *argument)
{
    xo_worker *worker = argument;
    pthread_mutex_lock(&worker->mutex);
    while (!worker->leaving) {
        if (!worker->wanted) {
            pthread_cond_wait(&worker->changed, &worker->mutex);
            continue;
        }
        worker->wanted = false;
        pthread_mutex_unlock(&worker->mutex);
        bool more = worker->work(worker->context);
        pthread_mutex_lock(&worker->mutex);
        worker->wanted = worker->wanted || more;
    }
    pthread_mutex_unlock(&worker->mutex);
    return NULL;
}

/* With the mutex held: signals are for the program's threads, so that this one is born without them. */
static void
begin_thread(xo_worker *worker)
{
    sigset_t every, before;
    pthread_attr_t attributes;
    sigfillset(&every);
    if (pthread_attr_init(&attributes) != 0) {
        return;
    }
    (void)pthread_attr_setstacksize(&attributes, STACK_BYTES);
    pthread_sigmask(SIG_SETMASK, &every, &before);
    worker->running = pthread_create(&worker->thread, &attributes, run, worker) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
}

/* With the mutex held. */
static void
end_thread(xo_worker *worker)
{
    while (worker->running && worker->leaving) { /* somebody else is at it */
        pthread_cond_wait(&worker->changed, &worker->mutex);
    }
    if (!worker->running) {
        return;
    }
    worker->leaving = true;
    pthread_cond_broadcast(&worker->changed);
    pthread_mutex_unlock(&worker->mutex);
    pthread_join(worker->thread, NULL);
    pthread_mutex_lock(&worker->mutex);
    worker->running = worker->leaving = false;
    pthread_cond_broadcast(&worker->changed);
}

/* A process forks without these threads, and with all locks free in the child. */
static void
before_fork(void)
{
    pthread_mutex_lock(&all);
    for (xo_worker *worker = workers; worker != NULL; worker = worker->next) {
        pthread_mutex_lock(&worker->mutex);
        end_thread(worker);
        pthread_mutex_lock(&worker->held);
    }
}

static void
after_fork(void)
{
    for (xo_worker *worker = workers; worker != NULL; worker = worker->next) {
        pthread_mutex_unlock(&worker->held);
        pthread_mutex_unlock(&worker->mutex);
    }
    pthread_mutex_unlock(&all);
}

static void
listen_to_forks(void)
{
    pthread_atfork(before_fork, after_fork, after_fork);
}

xo_worker *
xo_worker_create(xo_work work, void *context)
{
    xo_worker *worker = calloc(1, sizeof *worker);
    if (worker == NULL) {
        return NULL;
    }
    worker->work = work;
    worker->context = context;
    pthread_mutex_init(&worker->mutex, NULL);
    pthread_mutex_init(&worker->held, NULL);
    pthread_cond_init(&worker->changed, NULL);
    pthread_once(&once, listen_to_forks);
    pthread_mutex_lock(&all);
    worker->next = workers;
    workers = worker;
    pthread_mutex_unlock(&all);
    return worker;
}

void
xo_worker_free(xo_worker *worker)
{
    if (worker == NULL) {
        return;
    }
    xo_worker_pause(worker);
    pthread_mutex_lock(&all);
    xo_worker **link = &workers;
    while (*link != worker) {
        link = &(*link)->next;
    }
    *link = worker->next;
    pthread_mutex_unlock(&all);
    pthread_cond_destroy(&worker->changed);
    pthread_mutex_destroy(&worker->mutex);
    pthread_mutex_destroy(&worker->held);
    free(worker);
}

void
xo_worker_wake(xo_worker *worker)
{
    pthread_mutex_lock(&worker->mutex);
    worker->wanted = true;
    if (worker->running) {
        pthread_cond_broadcast(&worker->changed);
    } else {
        begin_thread(worker);
    }
    pthread_mutex_unlock(&worker->mutex);
}

void
xo_worker_pause(xo_worker *worker)
{
    pthread_mutex_lock(&worker->mutex);
    end_thread(worker);
    pthread_mutex_unlock(&worker->mutex);
}

void
xo_worker_lock(xo_worker *worker)
{
    pthread_mutex_lock(&worker->mutex);
}

void
xo_worker_unlock(xo_worker *worker)
{
    pthread_mutex_unlock(&worker->mutex);
}

void
xo_worker_hold(xo_worker *worker)
{
    pthread_mutex_lock(&worker->held);
}

void
xo_worker_release(xo_worker *worker)
{
    pthread_mutex_unlock(&worker->held);
}
