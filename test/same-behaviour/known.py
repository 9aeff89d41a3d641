"""Tests of CPython that can't come out the same under any recorder, and why.

Each is ``(pattern of the test's id, reason)``. What belongs here asks for something that a recorder uses itself, never
for what an ordinary program sees.
"""

KNOWN = ()
