"""What Execorder tells whoever started the program, in the middle of it and at its end."""

import sys


def say(sentence: str) -> None:
    """A line on the standard error that the process began with.

    What the program has put in its place is the program's: it may be None, or run code. Where there is none, or it can't
    be written to, nobody is told.
    """
    try:
        sys.__stderr__.write('execorder: %s\n' % sentence)
        sys.__stderr__.flush()
    except (AttributeError, OSError, ValueError):
        pass
