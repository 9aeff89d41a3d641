"""Run as a script, by its path: `python -m execorder` without a PYTHONPATH that the program would inherit.

A file of the package, and not a text for `python -c`, since frames of the package are never the program's.
"""

import os
import sys

FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def import_recorder():
    """The package's main module, imported while its folder is on sys.path for just that moment."""
    if not (getattr(sys.flags, 'safe_path', False) or sys.flags.isolated):
        sys.path[0] = ''  # where python put this file's own folder; the program's comes here
    sys.path.insert(0, FOLDER)
    try:
        import execorder.__main__ as recorder
    finally:
        del sys.path[0]
    return recorder


if __name__ == '__main__':
    sys.exit(import_recorder().main())
