"""The bubble sort as `execorder.exec` runs it: ``python exec_sort.py plain|recorded|stateless [FILE]``.

Prints the seconds of the call alone, as a workload does. It stands apart from the workloads: what it is compared with is
the built-in `exec` in the same process, without the interpreter's start or the recording's reading.
"""

import json
import random
import sys
import time

CODE = '''
def bubble_sort(numbers):
    for end in range(len(numbers) - 1, 0, -1):
        for i in range(end):
            if numbers[i] > numbers[i + 1]:
                numbers[i], numbers[i + 1] = numbers[i + 1], numbers[i]
bubble_sort(numbers)
'''
COUNT = 900


def main(how, file=None):
    numbers = random.Random(1).sample(range(COUNT), COUNT)
    run = exec if how == 'plain' else recorder(how, file)
    wall, cpu = time.perf_counter(), time.process_time()
    run(CODE, {'numbers': numbers})
    seconds = {'wall': time.perf_counter() - wall, 'cpu': time.process_time() - cpu, 'beside': 0}
    if numbers != sorted(numbers):
        raise SystemExit('the numbers are not sorted')
    print(json.dumps(seconds))


def recorder(how, file):
    import execorder

    return lambda code, names: execorder.exec(code, names, path=file, record_state=how == 'recorded')


if __name__ == '__main__':
    main(*sys.argv[1:])
