"""`python -m execorder --open FILE`: shows a step of a recording, and lets one look around in a terminal."""

from __future__ import annotations

import sys

from execorder._errors import RecordingError
from execorder._recording import Recording, open

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Optional

BANNER = '''
recording is this recording, n the step that is shown. Try recording.state(n), recording.around(n),
recording.last_write(n, 'name'), recording.find('name > 0'), help(recording); Ctrl-D ends.'''


def show(path: str, step: Optional[int]) -> int:
    """Prints where the step is, its stack and the steps around it; in a terminal, Python follows. Answers the exit
    code."""
    try:
        recording = open(path)
    except (OSError, RecordingError) as error:
        return _complain(str(error))
    with recording:
        if recording.steps() == 0:
            return _complain('%s has no steps' % path)
        if step is None:
            step = _of_interest(recording)
        elif not -recording.steps() <= step < recording.steps():
            return _complain('%s has no step %d, only 0 to %d' % (path, step, recording.steps() - 1))
        _print(recording, step)
        if sys.stdin.isatty() and sys.stdout.isatty():
            import code

            code.interact(BANNER, local={'recording': recording, 'n': recording.step(step).step}, exitmsg='')
    return 0


def _of_interest(recording: Recording) -> int:
    """Where the exception that ended the program was raised, else the last step."""
    if recording.has_state and recording.stopped_by == 'exception':
        raised = [one for one in recording.exceptions() if not one.swallowed]
        if raised:
            return raised[-1].step
    return recording.steps() - 1


def _print(recording: Recording, step: int) -> None:
    print(recording.around(step))
    if recording.has_state:
        print()
        for frame in recording.stack(step):
            print('  %s:%d in %s' % (frame.file, frame.line, frame.function))


def _complain(sentence: str) -> int:
    sys.stderr.write('execorder: %s\n' % sentence)
    return 2
