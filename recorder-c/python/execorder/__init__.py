"""Execorder: record the execution of Python code and look at every moment of it.

>>> import execorder
>>> recording = execorder.exec('''
... total = 0
... for number in range(3):
...     total += number
... ''')
>>> [recording.state(n)['total'] for n in recording.visits(4)]
[0, 0, 1]
>>> recording.stopped_by
'end'

Importing this package changes nothing in the interpreter; only `exec` and `python -m execorder` do, for as long as
they record.
"""

from execorder._interpreter import refusal as _refusal

if _refusal() is not None:
    raise ImportError(_refusal(), name='execorder')

TYPE_CHECKING = False
if TYPE_CHECKING:
    from execorder._attach import allow_attach
    from execorder._decorator import record
    from execorder._errors import (
        CorruptRecordingError,
        MaxStepsReached,
        NotARecordingError,
        RecordedError,
        RecordingError,
        StoppedByCallback,
        StopRecorded,
        TimeLimitReached,
        TooNewError,
    )
    from execorder._excerpt import Excerpt
    from execorder._exec import exec
    from execorder._listen import listen
    from execorder._opaque import Opaque, OpaqueArray
    from execorder._recording import Recording, open
    from execorder._register import register
    from execorder._sessions import dump, recording, start, stop
    from execorder._views import UNBOUND, Change, Frame, Raised, Step, Thread

__version__ = '0.1.0'

_HOMES = {
    'Change': '_views',
    'CorruptRecordingError': '_errors',
    'Excerpt': '_excerpt',
    'Frame': '_views',
    'MaxStepsReached': '_errors',
    'NotARecordingError': '_errors',
    'Opaque': '_opaque',
    'OpaqueArray': '_opaque',
    'Raised': '_views',
    'RecordedError': '_errors',
    'Recording': '_recording',
    'RecordingError': '_errors',
    'Step': '_views',
    'StopRecorded': '_errors',
    'StoppedByCallback': '_errors',
    'Thread': '_views',
    'TimeLimitReached': '_errors',
    'TooNewError': '_errors',
    'UNBOUND': '_views',
    'allow_attach': '_attach',
    'dump': '_sessions',
    'exec': '_exec',
    'listen': '_listen',
    'open': '_recording',
    'record': '_decorator',
    'register': '_register',
    'recording': '_sessions',
    'start': '_sessions',
    'stop': '_sessions',
}

__all__ = [  # as a list, for type checkers; a test compares it with the names above
    'Change',
    'CorruptRecordingError',
    'Excerpt',
    'Frame',
    'MaxStepsReached',
    'NotARecordingError',
    'Opaque',
    'OpaqueArray',
    'Raised',
    'RecordedError',
    'Recording',
    'RecordingError',
    'Step',
    'StopRecorded',
    'StoppedByCallback',
    'Thread',
    'TimeLimitReached',
    'TooNewError',
    'UNBOUND',
    'allow_attach',
    'dump',
    'exec',
    'listen',
    'open',
    'record',
    'recording',
    'register',
    'start',
    'stop',
]


def __getattr__(name):
    # Loaded when first used: a program that runs under the recorder needs none of these, and sees few modules of ours.
    if name not in _HOMES:
        raise AttributeError('module %r has no attribute %r' % (__name__, name))
    from importlib import import_module

    value = getattr(import_module('execorder.' + _HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__():
    return sorted(set(globals()) | set(_HOMES))


def _attach_if_asked():
    import os

    if os.environ.get('EXECORDER_ATTACH') == '1':
        __getattr__('allow_attach')()


_attach_if_asked()
