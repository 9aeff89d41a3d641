"""Tests of CPython that can't come out the same under any recorder, and why.

Each is ``(pattern of the test's id, reason)``. What belongs here asks for something that a recorder uses itself, never
for what an ordinary program sees.
"""

KNOWN = (
    ('test.test_monitoring.*', 'expects to be the only user of sys.monitoring: asks which events are switched on'),
    ('test.test_opcache.*', 'asks for specialised instructions: recorded code runs the general ones'),
)
