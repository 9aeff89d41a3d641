"""Measures what recording costs on this interpreter: ``python bench.py [--repeats N] [--only NAME]``.

PYTHONPATH must lead to the ``execorder`` package. Every workload runs in processes of its own, plainly and recorded in
turn; each tells the processor and wall seconds of its work alone, without the interpreter's start, and what the thread
that compresses the recording took beside it. Prints JSON.
"""

import argparse
import glob
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))

#: `execorder.exec` compared with the built-in one; these lines don't count for the means.
APART = {'recorded': 'exec of a bubble sort', 'stateless': 'the same, record_state=False'}

#: Steps looked at to tell which part of all steps are line steps.
BLOCKS, BLOCK_STEPS = 60, 100

#: Seconds between looks at a growing recording.
LOOK_AGAIN = 0.02


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--repeats', type=int, default=5)
    parser.add_argument('--only', help='a part of the names of the workloads')
    options = parser.parse_args()
    results = []
    with tempfile.TemporaryDirectory(prefix='execorder-bench-') as folder:
        for script in workloads(options.only or ''):
            name = os.path.basename(script)[:-3]
            print('%s %s' % (sys.version.split()[0], name), end=' ', file=sys.stderr, flush=True)
            result = measure(script, os.path.join(folder, 'bench.xrec'), options.repeats)
            print('%.2f times and %.2f beside it, %.1f bytes a line, %.1f in flight' % (
                result['slowdown'], result['beside'], result['bytes_per_line'], result['bytes_in_flight']), file=sys.stderr)
            results.append(dict(result, name=name))
        for how, name in APART.items():
            if (options.only or '') in name:
                result = measure_exec(how, os.path.join(folder, 'bench.xrec'), options.repeats)
                print('%s %s %.2f times' % (sys.version.split()[0], name, result['slowdown']), file=sys.stderr)
                results.append(dict(result, name=name, apart=True))
    json.dump({'python': sys.version.split()[0], 'workloads': results}, sys.stdout)


def workloads(part):
    scripts = sorted(glob.glob(os.path.join(HERE, 'workloads', '*.py')))
    return [script for script in scripts if part in script and not script.endswith('clock.py')]


def measure(script, recording, repeats):
    return compare([sys.executable, script], [sys.executable, '-m', 'execorder', '-o', recording, script], recording, repeats)


def measure_exec(how, recording, repeats):
    script = os.path.join(HERE, 'exec_sort.py')
    return compare([sys.executable, script, 'plain'], [sys.executable, script, how, recording], recording, repeats)


def compare(plain_command, recorded_command, recording, repeats):
    """Plain and recorded runs in turn; the slowdown is the median over the pairs."""
    plain, recorded = [], []
    for _ in range(repeats):
        plain.append(seconds(plain_command))
        recorded.append(seconds(recorded_command, recording))
    steps, lines = count_steps(recording)
    size = os.path.getsize(recording)
    os.remove(recording)
    return {
        'plain_seconds': median(plain, 'cpu'),
        'slowdown': statistics.median(b['cpu'] / a['cpu'] for a, b in zip(plain, recorded)),
        'beside': statistics.median(b['beside'] / a['cpu'] for a, b in zip(plain, recorded)),
        'wall_slowdown': statistics.median(b['wall'] / a['wall'] for a, b in zip(plain, recorded)),
        'steps': steps,
        'steps_per_second': steps / median(recorded, 'cpu'),
        'bytes_per_line': size / lines,
        'bytes_in_flight': max(run['most_bytes'] for run in recorded) / lines,
        'megabytes': size / 1e6,
    }


def median(runs, clock):
    return statistics.median(run[clock] for run in runs)


def seconds(command, recording=None):
    """What the workload itself says that it took, and the most room that its recording took on the disk meanwhile."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    most = 0
    while recording is not None and process.poll() is None:
        most = max(most, bytes_on_disk(recording))
        time.sleep(LOOK_AGAIN)
    out, err = process.communicate()
    if process.returncode != 0:
        raise SystemExit('%s ended with exit code %s:\n%s' % (
            ' '.join(command), process.returncode, err.decode(errors='replace')))
    return dict(json.loads(out.decode().splitlines()[-1]), most_bytes=most)


def bytes_on_disk(path):
    try:
        return 512 * os.stat(path).st_blocks
    except FileNotFoundError:
        return 0


def count_steps(recording):
    """All steps, and how many of them are line steps, judged by a sample."""
    import execorder

    with execorder.open(recording) as opened:
        steps = opened.steps()
        chance = random.Random(1)
        seen = lines = 0
        for _ in range(BLOCKS):
            first = chance.randrange(max(1, steps - BLOCK_STEPS))
            for step in range(first, min(steps, first + BLOCK_STEPS)):
                seen += 1
                lines += opened.step(step).kind == 'line'
    return steps, max(1, round(steps * lines / seen))


if __name__ == '__main__':
    main()
