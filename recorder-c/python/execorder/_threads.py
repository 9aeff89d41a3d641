"""The living frames of the program's threads."""

from __future__ import annotations

import sys

from execorder import _native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Optional

_OURS = __file__[:-len('_threads.py')]
_BEGINNINGS = ('run', '_bootstrap_inner', '_bootstrap')


def ends_thread(frame: FrameType) -> bool:
    """Whether an exception that leaves this frame ends its thread: below, there is only what every thread begins with. A
    pool's workers keep it for whoever asks for the result, a greenlet gives it to its parent."""
    greenlet = sys.modules.get('greenlet')
    if greenlet is not None and greenlet.getcurrent().parent is not None:
        return False
    threading = sys.modules.get('threading')
    below = frame.f_back
    while below is not None:
        code = below.f_code
        if threading is None or code.co_filename != threading.__file__ or code.co_name not in _BEGINNINGS:
            return False
        below = below.f_back
    return True


def is_called_by_library(frame: FrameType) -> bool:
    """Whether below this outermost recorded frame there is more than what the program, or a thread, begins with."""
    below = frame.f_back
    return below is not None and not below.f_code.co_filename.startswith(_OURS) and not ends_thread(frame)


def living_frame(number: int) -> Optional[FrameType]:
    """The frame with this number of the recording, in whatever thread; None when it has ended."""
    for frame in sys._current_frames().values() if _native.active() else ():
        while frame is not None and _native.frame_number(frame) != number:
            frame = frame.f_back
        if frame is not None:
            return frame
    return None
