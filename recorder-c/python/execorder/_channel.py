"""One JSON object per line, both ways, over a TCP connection to this machine (docs/CONTROL.md)."""

from __future__ import annotations

import json
from os import fstat

# Below what the program may have replaced in the module socket.
import _socket

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import FrozenSet, List, Optional

PIECE_BYTES = 1 << 16


def connect(port: int) -> Channel:
    """A channel to whoever listens on `port` of this machine. Raises OSError."""
    connection = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
    connection.connect(('127.0.0.1', port))
    return Channel(connection)


class Channel:
    """A connection to a debugger. Once it is broken, `open` is false for good, and sending and receiving do nothing."""

    def __init__(self, connection: _socket.socket) -> None:
        self.open = True
        self._socket = connection
        self._socket.setsockopt(_socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
        self._identity = _identity(connection.fileno())
        self._received = b''
        self._kept = []  # type: List[dict]

    def fileno(self) -> int:
        """The descriptor to wait on."""
        return self._socket.fileno()

    def send(self, message: dict) -> None:
        """Sends one message."""
        if not self._is_there():
            return
        data = json.dumps(message).encode('ascii') + b'\n'
        try:
            self._socket.settimeout(None)
            while data:
                data = data[self._socket.send(data):]
        except OSError:
            self.close()

    def receive(self, wait: bool, patience: Optional[float] = None) -> List[dict]:
        """The messages that have arrived; with `wait` at least one, or none when the connection is broken or nothing
        came for `patience` seconds."""
        messages, self._kept = self._kept, []
        while self.open and not messages:
            if not self._read(wait, patience):
                break
            messages = self._take_lines()
        return messages

    def has_arrived(self, commands: FrozenSet[str]) -> bool:
        """Whether a message with one of these commands has come since the last look; all are kept for `receive`."""
        messages = self._take_lines() if self.open and self._read(False, None) else []
        self._kept += messages
        return any(message.get('command') in commands for message in messages)

    def _take_lines(self) -> List[dict]:
        *lines, self._received = self._received.split(b'\n')
        return [message for message in map(_parsed, lines) if message is not None]

    def _read(self, wait: bool, patience: Optional[float]) -> bool:
        """Reads what there is; false when there is nothing."""
        if not self._is_there():
            return False
        try:
            self._socket.settimeout(patience if wait else 0.0)
            piece = self._socket.recv(PIECE_BYTES)
        except BlockingIOError:
            return False
        except OSError:
            piece = b''
        if not piece:
            self.close()
            return False
        self._received += piece
        return True

    def _is_there(self) -> bool:
        """Whether it is open. A program that closes all descriptors closes ours, too, whose number may be that of a file of its
        own then: nothing goes there."""
        if self.open and _identity(self._socket.fileno()) != self._identity:
            self.open = False
            self._socket.detach()
        return self.open

    def close(self) -> None:
        """Ends the connection."""
        if self._is_there():
            self.open = False
            try:
                self._socket.close()
            except OSError:
                pass


def _identity(descriptor: int):
    """What tells the files of one process apart; None for no file."""
    try:
        about = fstat(descriptor)
    except OSError:
        return None
    return about.st_dev, about.st_ino


def _parsed(line: bytes):
    """The object on this line; None for anything else."""
    try:
        message = json.loads(line.decode('utf-8'))
    except ValueError:
        return None
    return message if isinstance(message, dict) else None
