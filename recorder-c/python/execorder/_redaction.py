"""Takes out of a complete recording what its redactor has learnt to hide too late: under another name it was written."""

from __future__ import annotations

import os

from execorder import _native


def redact_file(unredacted: str, path: str, redactor: object) -> None:
    """Puts the redacted copy of a file at `path`, which may be its own. Raises RecordingError or OSError."""
    copy = path + '.redacting'
    reader = _native.Reader(unredacted)
    try:
        reader.redact(copy, redactor)
    finally:
        reader.close()
    os.replace(copy, path)
