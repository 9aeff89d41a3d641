"""How much slower a recorded step is than one that is not recorded, measured here and now."""

from __future__ import annotations

import os
import time

from execorder import _native
from execorder._temporary import temporary_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable, List, Optional

ROUNDS = 2000
_PROBE = '''\
def probe(rounds):
    total = 0
    for n in range(rounds):
        total += n
        total -= 1
'''
_measured: Optional[float] = None


def nanoseconds_per_step() -> float:
    """Of simple lines; measured once, which takes a few milliseconds."""
    global _measured
    if _measured is None:
        _measured = _measure()
    return _measured


def _measure() -> float:
    names: dict = {}
    code = compile(_PROBE, '<execorder overhead>', 'exec')
    exec(code, names)
    plain = _seconds_of(names['probe'])
    path = temporary_path()
    try:
        token = _native.start(path, {}, {'library': ('',), 'just_my_code': True, 'record_state': True})
        _native.record_code(code, None, token)
        recorded = _seconds_of(names['probe'])
        steps = _native.steps(token)
        _native.stop('end', None, token)
    finally:
        os.unlink(path)
    return max(0.0, (recorded - plain) * 1e9 / max(steps, 1) * 2)


def _seconds_of(probe: Callable[[int], None]) -> float:
    """The better of two."""
    times: List[float] = []
    for _ in range(2):
        started = time.perf_counter()
        probe(ROUNDS)
        times.append(time.perf_counter() - started)
    return min(times)
