"""What a recording says about the run that made it."""

from __future__ import annotations

import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Dict, List


def notes_of(program: str, record_state: bool, with_arguments: bool = False) -> Dict[str, str]:
    """The notes to start a recording with. `program`: the path (or made-up name) of the main file."""
    return {
        'python': '%d.%d.%d' % sys.version_info[:3],
        'implementation': sys.implementation.name,
        'executable': sys.executable or '',
        'platform': sys.platform,
        'program': _whole(program),
        'argv': ' '.join(map(_quoted, _arguments())) if with_arguments else '',
        'folder': _folder(),
        'pid': str(os.getpid()),
        'started': time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime()),
        'record_state': 'yes' if record_state else 'no',
    }


def _whole(program: str) -> str:
    """Up to 3.8 a script's code has the name that the command line gave; the recorder writes the whole path."""
    if sys.version_info >= (3, 9) or os.path.isabs(program) or not os.access(program, os.R_OK):
        return program
    return '%s/%s' % (_folder(), program[2:] if program.startswith('./') else program)


def _folder() -> str:
    try:
        return os.getcwd()
    except OSError:  # it was removed
        return ''


def _arguments() -> List[str]:
    """Those of sys.argv that are texts: a program may have put anything there."""
    words = getattr(sys, 'argv', None)
    return [word for word in words if type(word) is str] if type(words) in (list, tuple) else []


def _quoted(word: str) -> str:
    plain = word and all(letter.isalnum() or letter in '-_./=:,+@%' for letter in word)
    return word if plain else repr(word)
