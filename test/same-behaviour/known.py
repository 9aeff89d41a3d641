"""Tests of CPython that can't come out the same under any recorder, and why.

Each is ``(pattern of the test's id, reason)``. What belongs here asks for something that a recorder uses itself, never
for what an ordinary program sees.
"""

KNOWN = (
    ('test.test_monitoring.*', 'expects to be the only user of sys.monitoring: asks which events are switched on'),
    ('test.test_dis.*', 'asks for the instructions of code that runs: recorded code has instrumented ones'),
    ('test.test_int.*.test_denial_of_service_prevented_int_to_str', 'measures the time that a conversion takes'),
    ('test.test_re.*.test_search_anchor_at_beginning', 'measures the time that searches take'),
    ('test.test_sys_settrace.TestEdgeCases.test_reentrancy',
     'on 3.11 a trace function that the finalizer of the one before sets is refused all the same, but in another name'),
    ('test.test_queue.CSimpleQueueTest.test_reentrancy',
     'counts on where the collector runs: a trace function that makes objects moves it, without a recorder too'),
    ('test.test_threading.*.test_3_join_in_forked_from_thread',
     'on 3.12 a race: forks in a thread while the main thread ends; when the thread is slower, Python refuses'),
    ('test.test_frame.TestIncompleteFrameAreInvisible.test_sneaky_frame_object',
     'on 3.11 it fails under any trace function that is there before it: a generator has its frame object then'),
    ('test.test_opcache.*', 'asks for specialised instructions: recorded code runs the general ones'),
)
