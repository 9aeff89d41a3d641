"""The exceptions of Execorder."""

from execorder._native import CorruptRecordingError, NotARecordingError, RecordingError, TooNewError

__all__ = [
    'CorruptRecordingError',
    'MaxStepsReached',
    'NotARecordingError',
    'RecordedError',
    'RecordingError',
    'StopRecorded',
    'StoppedByCallback',
    'TimeLimitReached',
    'TooNewError',
]


class StopRecorded(BaseException):
    """Raised inside recorded code to stop it at one of its bounds.

    It is no Exception, so that `except Exception` doesn't hold it up.
    """

    stopped_by = ''

    __module__ = 'execorder'


class MaxStepsReached(StopRecorded):
    """The code made as many steps as `max_steps` allows."""

    stopped_by = 'max_steps'

    __module__ = 'execorder'


class TimeLimitReached(StopRecorded):
    """The code ran for as long as `time_limit` allows.

    overrun: the seconds from then until the code had ended; closing the recording is not counted.
    """

    stopped_by = 'time_limit'
    overrun = 0.0

    __module__ = 'execorder'


class StoppedByCallback(StopRecorded):
    """The callback returned False, or raised: then its exception is the `__context__`."""

    stopped_by = 'callback'

    __module__ = 'execorder'


class RecordedError(Exception):
    """The exception that ended a recorded program, when the recording was made elsewhere: only its text is left."""

    __module__ = 'execorder'
