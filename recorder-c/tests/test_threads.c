/* Stacks of threads that wait while others run. */
#include "program.h"

#include <stdlib.h>

/* Three threads take turns, each deeper by one; every one's stack is told at any step. */
static void
waiting_threads_keep_their_stacks(void)
{
    test_program program;
    xo_thread *threads[3];
    program_start(&program, "threads.xrec", 200, 1);
    uint32_t code = program_code(&program, "worker", 1, 0);
    threads[0] = program.thread;
    for (int i = 1; i < 3; i++) {
        threads[i] = xo_writer_define_thread(program.writer, 100u + (unsigned)i, "worker");
        xo_writer_switch_thread(program.writer, threads[i]);
        for (int depth = 0; depth < i; depth++) {
            program_enter(&program, code, 1);
        }
    }
    uint64_t first = program.writer->steps;
    for (int i = 0; i < 600; i++) {
        xo_writer_switch_thread(program.writer, threads[i % 3]);
        program_line(&program, 1 + i % 60, i);
    }
    xo_reader *reader = program_finish(&program);
    for (uint64_t i = 3; i < 600; i++) {
        for (uint32_t thread = 1; thread <= 3; thread++) {
            xo_frame_view *frames;
            size_t count;
            uint64_t back = (i % 3 + 3 - (thread - 1)) % 3;
            CHECK_OK(xo_reader_stack(reader, first + i, thread, &frames, &count));
            CHECK_EQUAL(thread == 1 ? 1 : thread - 1, count);
            CHECK_EQUAL(1 + (i - back) % 60, frames[0].line);
            free(frames);
        }
    }
    xo_reader_close(reader);
}

static void
a_thread_that_ended_is_not_alive(void)
{
    test_program program;
    xo_thread_view view;
    program_start(&program, "ended.xrec", 0, 1);
    uint32_t code = program_code(&program, "worker", 1, 0);
    xo_thread *worker = xo_writer_define_thread(program.writer, 5, "worker");
    program_line(&program, 1, 1);
    xo_writer_switch_thread(program.writer, worker);
    program_enter(&program, code, 1);
    uint64_t inside = program.writer->steps - 1;
    program_return(&program);
    xo_writer_switch_thread(program.writer, program.thread);
    program_line(&program, 2, 1);
    uint64_t last = program.writer->steps - 1;
    xo_reader *reader = program_finish(&program);
    CHECK_OK(xo_reader_thread(reader, 0, 2, &view));
    CHECK(!view.alive);
    CHECK_OK(xo_reader_thread(reader, inside, 2, &view));
    CHECK(view.alive);
    CHECK_OK(xo_reader_thread(reader, last, 2, &view));
    CHECK(!view.alive);
    xo_reader_close(reader);
}

const xo_test threads_tests[] = {
    {"threads that wait keep their stacks", waiting_threads_keep_their_stacks},
    {"a thread that ended is not alive", a_thread_that_ended_is_not_alive},
    {0},
};
