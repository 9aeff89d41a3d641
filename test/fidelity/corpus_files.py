"""The corpus: which programs there are, and what the comments in their first lines ask for.

``# needs 3.12``: runs from that version on. ``# needs numpy``: runs where that package can be imported. ``# truth from 3.13``: before that version a ``sys.settrace`` tracer
itself keeps objects alive (the frame holds a copy of its variables), so only the outcome is compared there.
``# states every 50``: a long program, for recordings of many chunks; only so many of its states are compared.
``# truth from 99.0``: never; a tracer written in Python disturbs it.
``# truth until 3.12``: from the next version on, reading ``f_locals`` there is broken in the interpreter itself.
"""

import glob
import importlib.util
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def corpus():
    """Paths of all programs, sorted."""
    return sorted(glob.glob(os.path.join(HERE, 'corpus', '*.py')))


def reason_to_skip(path):
    """Why this interpreter can't run the program, or None."""
    needed = _version(path, 'needs')
    if needed and sys.version_info[:2] < needed:
        return 'needs %d.%d' % needed
    missing = [name for name in packages_needed(path) if importlib.util.find_spec(name) is None]
    return 'needs ' + ', '.join(missing) if missing else None


def packages_needed(path):
    """Names of the packages that the program imports and that Python doesn't bring along."""
    return re.findall(r'^# needs ([a-z]+)$', _head(path), re.MULTILINE)


def truth_holds(path):
    """Whether the oracle leaves the program as it is."""
    first = _version(path, 'truth from') or (0, 0)
    last = _version(path, 'truth until') or (99, 0)
    return first <= sys.version_info[:2] <= last


def state_interval(path):
    """The state of every how many-th line step is part of the truth."""
    found = re.search(r'^# states every (\d+)$', _head(path), re.MULTILINE)
    return int(found.group(1)) if found else 1


def _version(path, words):
    found = re.search(r'^# %s (\d+)\.(\d+)$' % words, _head(path), re.MULTILINE)
    return found and (int(found.group(1)), int(found.group(2)))


def _head(path):
    with open(path, encoding='utf-8') as file:
        return ''.join(file.readline() for _ in range(3))
