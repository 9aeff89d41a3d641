/* What time it was at some of the steps, as notes: `clock.1`, `clock.2` … of "STEP NANOSECONDS" (since 1970). Between two
 * of them a reader guesses. */
#include "capture.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

enum {
    MILLISECOND = 1000000,
    SHORTEST = 10 * MILLISECOND, /* from one note to the next */
    SHARE = 1000,                /* a run of any length comes to so many notes, and as many when it is e times as long */
    LONGEST_STRIDE = 128,
    PATIENCE = 64, /* quick looks before the stride grows: a program that waits is seen waiting at the very step */
};

static uint64_t
now(void)
{
    struct timespec time;
    return clock_gettime(CLOCK_REALTIME, &time) != 0 ? 0 : (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

static void
note(xo_recorder *recorder, xo_clock_look look)
{
    char key[32], text[48];
    xo_clock *clock = &recorder->clock;
    if (clock->noted.ns != 0 && look.step <= clock->noted.step) {
        return;
    }
    clock->noted = look;
    snprintf(key, sizeof key, "clock.%" PRIu64, ++clock->count);
    snprintf(text, sizeof text, "%" PRIu64 " %" PRIu64, look.step, look.ns);
    xo_writer_note(recorder->writer, key, text);
}

static uint64_t
least_distance(const xo_clock *clock, uint64_t ns)
{
    uint64_t share = (ns - clock->began_ns) / SHARE;
    return share > SHORTEST ? share : SHORTEST;
}

/* While the program is quick, there are more and more steps from one look to the next; where it has waited, the looks
 * before and after that are noted. A clock that was put back starts anew. */
void
xo_clock_look_at(xo_recorder *recorder)
{
    xo_clock *clock = &recorder->clock;
    uint64_t steps = recorder->writer->steps;
    xo_clock_look look = {.step = steps == 0 ? 0 : steps - 1, .ns = now()};
    if (clock->began_ns == 0 || look.ns < clock->seen.ns) {
        clock->began_ns = look.ns;
        clock->stride = 1;
        note(recorder, look);
    } else {
        uint64_t distance = least_distance(clock, look.ns), waited = look.ns - clock->seen.ns;
        if (waited >= distance / 2) {
            note(recorder, clock->seen);
        }
        if (waited >= distance / 2 || look.ns - clock->noted.ns >= distance) {
            note(recorder, look);
        }
        if (waited > 4 * MILLISECOND) {
            clock->stride = 1;
            clock->quick = 0;
        } else if (++clock->quick >= PATIENCE && clock->stride < LONGEST_STRIDE) {
            clock->stride *= 2;
            clock->quick = 0;
        }
    }
    clock->seen = look;
    clock->look_at = steps + clock->stride;
}

/* The recording ends: when its last step was made. */
void
xo_clock_end(xo_recorder *recorder)
{
    uint64_t steps = recorder->writer->steps;
    if (recorder->clock.began_ns != 0 && recorder->writer->failure == XO_OK) {
        note(recorder, (xo_clock_look){.step = steps == 0 ? 0 : steps - 1, .ns = now()});
    }
}
