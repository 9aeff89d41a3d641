/* All hooks are put in place when the first recording begins, and taken away when the last one ends. The first imports
 * modules, while which other threads run as well: so one thread at a time begins or ends a recording. */
#include "buffers.h"
#include "events.h"
#include "hooks.h"
#include "registered.h"

static bool state_is_hooked, output_is_hooked;
static PyThread_type_lock turnstile;
static unsigned long inside; /* the thread that begins or ends a recording; 0: none */
static bool collector_was_on;

static void
resume_collector(void)
{
    if (collector_was_on) {
        xo_collector_resume();
    }
}

bool
xo_turnstile_enter(void)
{
    unsigned long self = PyThread_get_thread_ident();
    if (turnstile == NULL) {
        turnstile = PyThread_allocate_lock();
    }
    if (turnstile == NULL || inside == self) {
        return false;
    }
    if (!PyThread_acquire_lock(turnstile, NOWAIT_LOCK)) {
        Py_BEGIN_ALLOW_THREADS
        PyThread_acquire_lock(turnstile, WAIT_LOCK);
        Py_END_ALLOW_THREADS
    }
    inside = self;
    collector_was_on = xo_collector_pause();
    return true;
}

void
xo_turnstile_leave(bool entered)
{
    if (entered) {
        resume_collector();
        inside = 0;
        PyThread_release_lock(turnstile);
    }
}

void
xo_turnstile_reset(void)
{
    if (inside != 0) {
        resume_collector();
    }
    turnstile = NULL; /* whoever held it will never release it */
    inside = 0;
}

static int
hook_state(void)
{
    if (state_is_hooked) {
        return 0;
    }
    state_is_hooked = true;
    xo_buffers_reset();
    bool made = xo_hook_lists() == 0 && xo_hook_list_functions() == 0 && xo_hook_dicts() == 0 && xo_hook_sets() == 0
                && xo_hook_iterators() == 0 && xo_hook_deques() == 0 && xo_hook_ordered_dicts() == 0
                && xo_hook_exceptions() == 0 && xo_hook_reduce() == 0 && xo_hook_attributes() == 0
                && xo_hook_bytearrays() == 0 && xo_hook_memoryviews() == 0 && xo_hook_dict_functions() == 0
                && xo_hook_frame_locals() == 0 && xo_hook_namespaces() == 0 && xo_hook_default_dicts() == 0
                && xo_hook_partials() == 0 && xo_hook_compiled_modules() == 0;
    xo_hook_unpickling();
    return made ? 0 : -1;
}

static int
hook_output(void)
{
    if (output_is_hooked) {
        return 0;
    }
    output_is_hooked = true;
    return xo_hook_output() < 0 ? -1 : xo_hook_processes();
}

int
xo_hooks_install(xo_recorder *recorder)
{
    if (hook_output() < 0 || (recorder->record_state && hook_state() < 0) || xo_events_start(recorder) < 0) {
        return -1;
    }
    if (recorder->record_state) {
        xo_note_compiled(recorder);
    }
    return xo_patches_apply();
}

void
xo_hooks_remove(void)
{
    xo_patches_restore();
    if (state_is_hooked) {
        xo_unhook_lists();
        xo_unhook_dicts();
        xo_unhook_attributes();
        xo_unhook_iterators();
        xo_unhook_exceptions();
        xo_unhook_numpy();
        xo_unhook_unpickling();
        xo_lifetimes_restore();
    }
    state_is_hooked = output_is_hooked = false;
}
