"""What a user should know about how recording went."""

from __future__ import annotations

from execorder import _native


def troubles(token: int) -> list:
    """Sentences without a full stop, mostly none; to be asked before the recording is stopped."""
    told = []
    failure = _native.failure(token)
    if failure is not None:
        told.append('the recording ended early: %s' % failure)
    waited = _native.waited(token)
    if waited:
        told.append('the program waited %.1f s for the disk of its recording, since nothing is dropped' % waited)
    least = _native.least_size(token)
    if least:
        told.append('the limit of the recording\'s size is too small for what the program holds: it took up to %.1f MB'
                    % (least / 1e6))
    return told
