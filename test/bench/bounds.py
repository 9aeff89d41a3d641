"""Measures how long hostile programs go on after their time limit on this interpreter: ``python bounds.py [--repeats N]``.

PYTHONPATH must lead to the ``execorder`` package. Prints JSON: for each program the most milliseconds by which its code
outlived the limit, and by which the call did, which also closes the recording.
"""

import argparse
import contextlib
import io
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'python'))

from hostile import HOSTILE, HOSTILE_TO_THE_CLOCK, source  # noqa: E402

LIMIT_SECONDS = 0.1


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--repeats', type=int, default=5)
    repeats = parser.parse_args().repeats
    programs = dict(HOSTILE, **HOSTILE_TO_THE_CLOCK)
    results = [measure(name, source(programs[name]), repeats) for name in programs]
    json.dump({'python': sys.version.split()[0], 'programs': results}, sys.stdout)


def measure(name, text, repeats):
    runs = [overruns(text) for _ in range(repeats)]
    stop, call = (max(run[at] for run in runs) * 1000 for at in (0, 1))
    print('%s %s %.1f ms' % (sys.version.split()[0], name, stop), file=sys.stderr)
    return {'name': name, 'stop_ms': stop, 'call_ms': call}


def overruns(text):
    """The seconds after the limit when the code had ended, and when the call had."""
    import execorder

    began = time.monotonic()
    with contextlib.redirect_stderr(io.StringIO()):  # finalizers tell there what they raise
        recording = execorder.exec(text, {'execorder': execorder}, time_limit=LIMIT_SECONDS)
    return recording.error.overrun, time.monotonic() - began - LIMIT_SECONDS


if __name__ == '__main__':
    main()
