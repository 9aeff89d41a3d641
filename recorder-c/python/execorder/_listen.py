"""Letting debuggers into a program that is running already."""

from __future__ import annotations

from execorder import _native
from execorder._control import listening
from execorder._errors import RecordingError
from execorder._listener import HERE
from execorder._session import Session, main_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from typing import Iterable, Optional, Tuple, Union

_session: Optional[_ListeningSession] = None


def listen(
    address: Union[int, Tuple[str, int]] = 5678,
    *,
    wait: bool = False,
    path: Union[str, os.PathLike[str], None] = None,
    all_code: bool = False,
    library: Iterable[str] = (),
) -> Tuple[str, int]:
    """Begins to record this process and lets debuggers attach to it, from here to its end: in an editor, with
    "request": "attach" and "connect": {"port": 5678}. Answers the host and the port.

    address: a port of this machine, or (host, port); port 0 takes a free one. Debuggers of the same user on this machine
        find the token that they need by themselves; for any other host it is printed.
    wait: stand still until a debugger has attached and lets the program run.
    path, all_code, library: as for `start`.

    Functions that are running already are recorded from here on.

    Raises RecordingError when the process is being recorded already, or the port can't be had.
    """
    global _session
    if _session is not None:
        raise RecordingError('debuggers can attach already, to %s:%d' % _session.address)
    host, port = (HERE, address) if isinstance(address, int) else address
    session = _ListeningSession(host, port, path, all_code=all_code, library=library)
    session.begin()
    _session = session
    session.let_in(wait)
    return session.address


class _ListeningSession(Session):
    def __init__(self, host: str, port: int, path, **options) -> None:
        super().__init__(path, **options)
        try:
            self._control = listening(host, port)
        except RuntimeError as error:
            raise RecordingError(str(error)) from None
        self.address = self._control.address

    def let_in(self, wait: bool) -> None:
        self._control.begin(self.recording.path, main_file(), wait)

    def _on_event(self, kind: str, step: int, thread: int, frame) -> None:
        super()._on_event(kind, step, thread, frame)
        self._control.on_event(kind, step, thread, frame)

    def _complete(self, stopped_by: str, error, text: Optional[str]) -> None:
        self._control.at_end(0 if stopped_by == 'end' else 1)
        super()._complete(stopped_by, error, text)
        self._control.end(0 if stopped_by == 'end' else 1, self._told)
