"""Files of recordings that nobody asked to keep."""

from __future__ import annotations

import os


def temporary_path() -> str:
    """A new file, empty, that only this user can read."""
    import tempfile

    descriptor, path = tempfile.mkstemp('.xrec', 'execorder-')
    os.close(descriptor)
    return path
