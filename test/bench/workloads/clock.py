"""Runs a workload and prints the seconds it took, as the last line of the output."""

import time


def measure(workload):
    """Wall and processor seconds of one call, and those of the process's other threads meanwhile, printed as JSON."""
    wall, cpu, process = time.perf_counter(), time.thread_time(), time.process_time()
    workload()
    wall, cpu, process = time.perf_counter() - wall, time.thread_time() - cpu, time.process_time() - process
    print('{"wall": %.6f, "cpu": %.6f, "beside": %.6f}' % (wall, cpu, max(0, process - cpu)))
