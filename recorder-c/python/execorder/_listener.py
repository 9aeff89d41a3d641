"""Where a program waits for debuggers to come (docs/CONTROL.md)."""

from __future__ import annotations

import json
import os
import sys

import _socket

from execorder._channel import Channel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Optional, Tuple

HERE = '127.0.0.1'
PATIENCE_S = 2.0  # for whoever connects to say who he is; the program stands still meanwhile
STRANGER = (
    "The program does not know this token: leave 'token' out for a program of yours on this machine, "
    'else give the one that it printed.'
)


class Listener:
    """A port that takes one debugger at a time, and only one that knows the token.

    On this machine a debugger of the same user finds the token in a file that nobody else may read.
    """

    def __init__(self, host: str, port: int, token: str) -> None:
        family, kind, protocol, _, address = _socket.getaddrinfo(host, port, 0, _socket.SOCK_STREAM)[0]
        self._socket = _socket.socket(family, kind, protocol)
        self._socket.setsockopt(_socket.SOL_SOCKET, _socket.SO_REUSEADDR, 1)
        self._socket.bind(address)
        self._socket.listen(1)
        self._pid = os.getpid()
        self._token = token or os.urandom(16).hex()
        self.host, self.port = self._socket.getsockname()[:2]
        self._file = os.path.join(folder_of_tokens(), '%d.json' % self.port)

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        return self.host in (HERE, '::1')

    def announce(self, recording: str) -> None:
        """Tells people where it is, and debuggers of this user how to get in."""
        self._write(recording)
        secret = '' if self.is_local else ' with the token %s' % self._token
        sys.stderr.write('execorder: a debugger can attach to %s:%d%s\n' % (self.host, self.port, secret))
        sys.stderr.flush()

    def _write(self, recording: str) -> None:
        try:
            os.makedirs(os.path.dirname(self._file), 0o700, exist_ok=True)
            text = json.dumps({'pid': self._pid, 'port': self.port, 'token': self._token, 'recording': recording})
            descriptor = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, 'w') as file:
                file.write(text)
        except OSError as error:
            sys.stderr.write('execorder: the token is %s, since %s can\'t be written: %s\n' % (
                self._token, self._file, error.strerror,
            ))

    def fileno(self) -> int:
        """The descriptor to wait on."""
        return self._socket.fileno()

    def accept(self, wait: bool) -> Optional[Channel]:
        """The channel to a debugger that has shown the token, or None: then nobody came, or a stranger."""
        try:
            self._socket.settimeout(None if wait else 0.0)
            connection = self._accepted()
        except OSError:
            return None
        channel = Channel(connection)
        first = (channel.receive(True, PATIENCE_S) or [{}])[0]
        if first.get('command') == 'attach' and same(str(first.get('token', '')), self._token):
            channel.send({'id': first.get('id'), 'ok': True, 'result': None})
            return channel
        channel.send({'id': first.get('id', 0), 'ok': False, 'error': STRANGER})
        channel.close()
        return None

    def _accepted(self) -> _socket.socket:
        descriptor, _ = self._socket._accept()
        return _socket.socket(fileno=descriptor)

    def close(self) -> None:
        """Nobody can come any more."""
        self._socket.close()
        if os.getpid() == self._pid:
            try:
                os.unlink(self._file)
            except OSError:
                pass


def folder_of_tokens() -> str:
    """A folder of this user's, the same for every program and debugger."""
    own = os.environ.get('EXECORDER_CACHE')
    caches = os.environ.get('XDG_CACHE_HOME') or os.path.join(os.path.expanduser('~'), '.cache')
    return os.path.join(own or os.path.join(caches, 'execorder'), 'listening')


def same(shown: str, expected: str) -> bool:
    """Compares in a time that tells nothing about where they differ."""
    from _operator import _compare_digest

    return _compare_digest(shown.encode('utf-8'), expected.encode('utf-8'))


def address_of(text: str) -> Tuple[str, int]:
    """`PORT` or `HOST:PORT`. Raises ValueError."""
    host, _, port = text.rpartition(':')
    number = int(port)
    if not 0 <= number < 65536:
        raise ValueError(text)
    return host.strip('[]') or HERE, number
