"""The small records in which a Recording answers."""

from collections import namedtuple


class Step(namedtuple('Step', ['step', 'kind', 'file', 'line', 'function', 'thread', 'depth'])):
    """A moment of a recording.

    step: its number, from 0. kind: 'call', 'line', 'return', 'yield', 'resume' or 'exception'; a 'line' step is the
    moment before that line runs. file, line, function: where. thread: number of the thread, from 1. depth: how many
    frames are below this one, 0 for the outermost.
    """

    __slots__ = ()


class Frame(namedtuple('Frame', ['function', 'file', 'line', 'depth', 'locals'])):
    """A frame of the stack at some step; `locals` is a dict of fresh copies."""

    __slots__ = ()

    def __repr__(self):
        return 'Frame(%s at %s:%d, locals: %s)' % (
            self.function, self.file, self.line, ', '.join(self.locals) or 'none',
        )


Step.__module__ = Frame.__module__ = 'execorder'
