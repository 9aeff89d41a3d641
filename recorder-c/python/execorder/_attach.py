"""Recording a process that runs already, at the wish of another one: `allow_attach` there, `--attach PID` here.

Importing execorder changes nothing in a process, so nobody can attach to one that has only imported it: it has to call
`allow_attach`, or be started with EXECORDER_ATTACH=1 in its environment. Then a thread of it waits on a socket that only
the same user can reach. One line of JSON begins a recording, which lasts until the connection is closed.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading

from execorder._listener import folder_of_tokens
from execorder._session import Session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Optional

_listening_in = 0  # the process that waits: not the forks of it


def allow_attach() -> None:
    """Lets `execorder attach PID` and `python -m execorder --attach PID` of the same user record this process, from the
    moment on that they ask for it. Costs a thread that sleeps until then.

    Raises OSError when the socket can't be made.
    """
    global _listening_in
    if _listening_in == os.getpid():
        return
    path = socket_of(os.getpid())
    os.makedirs(os.path.dirname(path), 0o700, exist_ok=True)
    if os.path.exists(path):  # of a process of this number that is no more
        os.unlink(path)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    os.chmod(path, 0o600)
    listener.listen(1)
    _listening_in = os.getpid()
    threading.Thread(target=_serve, args=(listener,), name='execorder-attach', daemon=True).start()
    import atexit

    atexit.register(_forget, path, os.getpid())


def socket_of(pid: int) -> str:
    """Where a process waits to be attached to."""
    return os.path.join(folder_of_tokens(), 'attach-%d.sock' % pid)


def _forget(path: str, pid: int) -> None:
    if os.getpid() == pid and os.path.exists(path):
        os.unlink(path)


def _serve(listener: socket.socket) -> None:
    while True:
        connection, _ = listener.accept()
        with connection, connection.makefile('rw', encoding='utf-8') as lines:
            try:
                _record_for(lines)
            except (OSError, ValueError):  # it hung up, or speaks another language
                pass


def _record_for(lines) -> None:
    session = Session(json.loads(lines.readline())['path'])
    try:
        session.begin()
    except OSError as error:
        _say(lines, error=str(error))
        return
    try:
        _say(lines, path=session.recording.path)
        lines.readline()  # answers when the other side asks to stop, or is gone
    finally:
        session.end()
        session.recording.close()
    _say(lines, path=session.recording.path)


def _say(lines, **fields: str) -> None:
    lines.write(json.dumps(fields) + '\n')
    lines.flush()


# The other side

def attach(pid: int, output: Optional[str], seconds: Optional[float]) -> int:
    """Has the process record itself, for so many seconds or until Ctrl-C or its end. Answers the exit code."""
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(socket_of(pid))
    except OSError:
        return _complain(_advice(pid))
    path = os.path.abspath(output or 'process-%d.xrec' % pid)
    with connection, connection.makefile('rw', encoding='utf-8') as lines:
        _say(lines, path=path)
        answer = json.loads(lines.readline() or '{"error": "the process has ended"}')
        if 'error' in answer:
            return _complain(answer['error'])
        sys.stderr.write('execorder: recording process %d to %s%s\n' % (
            pid, path, '' if seconds else '; Ctrl-C stops'))
        connection.settimeout(seconds)
        try:
            lines.readline()  # only the end of the process is heard here
        except (KeyboardInterrupt, OSError):
            connection.settimeout(None)
            connection.sendall(b'{"command": "stop"}\n')
            while connection.recv(4096):
                pass
    sys.stdout.write(path + '\n')
    return 0


def _advice(pid: int) -> str:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return 'there is no process %d' % pid
    except PermissionError:
        return 'process %d is another user\'s' % pid
    return (
        'process %d does not let anybody attach, since importing execorder starts nothing in a process. Two ways to allow '
        'it:\n'
        '  in the program      execorder.allow_attach()\n'
        '  when starting it    EXECORDER_ATTACH=1 in its environment, if it imports execorder' % pid
    )


def _complain(sentence: str) -> int:
    sys.stderr.write('execorder: %s\n' % sentence)
    return 2
