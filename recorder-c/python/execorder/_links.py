"""What opens a recording at a step: a command for a shell and a link for VS Code."""

from __future__ import annotations

import os
import shlex
from urllib.parse import quote

EXTENSION = 'execorder.execorder-vscode'


def open_command(path: str, step: int) -> str:
    """The command that shows a step of a recording and lets one look around.

    >>> open_command('a b.xrec', 7)
    "python -m execorder --open 'a b.xrec' --step 7"
    """
    return 'python -m execorder --open %s --step %d' % (shlex.quote(path), step)


def vscode_link(path: str, step: int) -> str:
    """The link that has the VS Code extension open a recording at a step.

    >>> vscode_link('/tmp/a b.xrec', 7)
    'vscode://execorder.execorder-vscode/open?recording=%2Ftmp%2Fa%20b.xrec&step=7'
    """
    return 'vscode://%s/open?recording=%s&step=%d' % (EXTENSION, quote(os.path.abspath(path), safe=''), step)
