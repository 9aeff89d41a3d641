"""Runs a workload and prints the seconds it took, as the last line of the output."""

import time


def measure(workload):
    """Wall and processor seconds of one call, printed as JSON."""
    wall, cpu = time.perf_counter(), time.process_time()
    workload()
    print('{"wall": %.6f, "cpu": %.6f}' % (time.perf_counter() - wall, time.process_time() - cpu))
