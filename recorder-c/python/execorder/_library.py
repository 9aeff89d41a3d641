"""Which code is library code: it runs at full speed, not step by step."""

from __future__ import annotations

import os
import sys

from execorder._tracebacks import FOLDER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Iterable, Tuple

PACKAGE_FOLDERS = ('site-packages', 'dist-packages')


def library_prefixes(more: Iterable[str] = (), all_code: bool = False) -> Tuple[str, ...]:
    """The beginnings of the paths of library code: the standard library, installed packages, `more`, and ourselves.
    With `all_code`, ourselves only."""
    folders = [FOLDER]
    if not all_code:
        folders.append(os.path.dirname(os.__file__))
        folders.extend(path for path in sys.path if os.path.basename(path.rstrip(os.sep)) in PACKAGE_FOLDERS)
        folders.extend(os.path.abspath(path) for path in more)
    found = {}
    for folder in folders:
        for path in (os.path.abspath(folder), os.path.realpath(folder)):
            found[os.path.join(path, '')] = None
    return tuple(found)


def code_rules(wanted: Iterable[Tuple[str, bool]]) -> Tuple[Tuple[str, bool], ...]:
    """Patterns of paths, and whether files that fit are recorded step by step. The first that fits decides; where none
    does, the library's prefixes do. We ourselves never are."""
    rules = tuple(wanted)
    ours = {os.path.join(path, '**'): None for path in (os.path.abspath(FOLDER), os.path.realpath(FOLDER))}
    return tuple((pattern, False) for pattern in ours) + rules if rules else ()
