"""Measures what recording costs on this interpreter: ``python bench.py [--repeats N] [--only NAME] [--against FOLDER]``.

PYTHONPATH must lead to the ``execorder`` package. Every workload runs in processes of its own, plainly and recorded in
turn; each tells the processor and wall seconds of its work alone, without the interpreter's start, and what the thread
that compresses the recording took beside it. With ``--against``, a folder with another version's package, each round has a
third run that this one records. Prints JSON.
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
    parser.add_argument('--against', metavar='FOLDER', help="with another version's package")
    options = parser.parse_args()
    results = []
    with tempfile.TemporaryDirectory(prefix='execorder-bench-') as folder:
        for script in workloads(options.only or ''):
            name = os.path.basename(script)[:-3]
            print('%s %s' % (sys.version.split()[0], name), end=' ', file=sys.stderr, flush=True)
            result = measure(script, os.path.join(folder, 'bench.xrec'), options)
            print('%.2f times and %.2f beside it, %.1f bytes a line, %.1f in flight' % (
                result['slowdown'], result['beside'], result['bytes_per_line'], result['bytes_in_flight']), file=sys.stderr)
            results.append(dict(result, name=name))
        for how, name in APART.items():
            if (options.only or '') in name:
                result = measure_exec(how, os.path.join(folder, 'bench.xrec'), options)
                print('%s %s %.2f times' % (sys.version.split()[0], name, result['slowdown']), file=sys.stderr)
                results.append(dict(result, name=name, apart=True))
    json.dump({'python': sys.version.split()[0], 'workloads': results}, sys.stdout)


def workloads(part):
    scripts = sorted(glob.glob(os.path.join(HERE, 'workloads', '*.py')))
    return [script for script in scripts if part in script and not script.endswith('clock.py')]


def measure(script, recording, options):
    return compare([sys.executable, script], [sys.executable, '-m', 'execorder', '-o', recording, script], recording, options)


def measure_exec(how, recording, options):
    script = os.path.join(HERE, 'exec_sort.py')
    return compare([sys.executable, script, 'plain'], [sys.executable, script, how, recording], recording, options)


def compare(plain_command, recorded_command, recording, options):
    """Plain and recorded runs in turn; the slowdown is the median over the pairs."""
    plain, before, recorded = [], [], []
    for _ in range(options.repeats):
        plain.append(seconds(plain_command))
        if options.against:
            before.append(seconds(recorded_command, recording, dict(os.environ, PYTHONPATH=options.against)))
        recorded.append(seconds(recorded_command, recording))
    steps, lines = count_steps(recording)
    size = os.path.getsize(recording)
    os.remove(recording)
    return {
        'plain_seconds': median(plain, 'cpu'),
        'slowdown': slowdown(plain, recorded),
        'slowdown_before': slowdown(plain, before) if before else None,
        'bytes_before': max(run['end_bytes'] for run in before) / lines if before else None,
        'beside': statistics.median(b['beside'] / a['cpu'] for a, b in zip(plain, recorded)),
        'wall_slowdown': statistics.median(b['wall'] / a['wall'] for a, b in zip(plain, recorded)),
        'steps': steps,
        'steps_per_second': steps / median(recorded, 'cpu'),
        'bytes_per_line': size / lines,
        'bytes_in_flight': max(run['most_bytes'] for run in recorded) / lines,
        'megabytes': size / 1e6,
    }


def slowdown(plain, recorded):
    return statistics.median(b['cpu'] / a['cpu'] for a, b in zip(plain, recorded))


def median(runs, clock):
    return statistics.median(run[clock] for run in runs)


def seconds(command, recording=None, environment=None):
    """What the workload itself says that it took, the most room that its recording took on the disk meanwhile, and its size."""
    if recording is not None and os.path.exists(recording):
        os.remove(recording)  # of the run before, perhaps by another version
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    most = 0
    while recording is not None and process.poll() is None:
        most = max(most, bytes_on_disk(recording))
        time.sleep(LOOK_AGAIN)
    out, err = process.communicate()
    if process.returncode != 0:
        raise SystemExit('%s ended with exit code %s:\n%s' % (
            ' '.join(command), process.returncode, err.decode(errors='replace')))
    size = 0 if recording is None else os.path.getsize(recording)
    return dict(json.loads(out.decode().splitlines()[-1]), most_bytes=most, end_bytes=size)


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
