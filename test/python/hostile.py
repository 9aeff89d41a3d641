"""Programs that try to outlive their bounds. Each would run for ever, or for minutes."""

import sys
import textwrap

HOSTILE = {
    'swallows_everything': '''
        while True:
            try:
                while True: pass
            except BaseException: pass
    ''',
    'loops_in_finally': '''
        def f():
            try:
                while True: pass
            finally:
                while True: pass
        while True:
            try: f()
            except BaseException: pass
    ''',
    'recursion_of_finally': '''
        def f():
            try: f()
            finally: f()
        f()
    ''',
    'recursion_that_swallows': '''
        def f():
            try: f()
            except BaseException: pass
            f()
        while True: f()
    ''',
    'generator_that_swallows': '''
        def g():
            while True:
                try: yield 1
                except BaseException: pass
        for x in g(): pass
    ''',
    'generator_that_ignores_close': '''
        def g():
            try:
                while True: yield 1
            finally:
                while True:
                    try:
                        while True: pass
                    except BaseException: pass
        for x in g(): pass
    ''',
    'finalizer': '''
        class A:
            def __del__(self):
                A()
                try:
                    while True: pass
                except BaseException: pass
        a = A()
        del a
        while True: pass
    ''',
    'exit_that_swallows': '''
        class Manager:
            def __enter__(self): return self
            def __exit__(self, *problem): return True
        while True:
            with Manager():
                while True: pass
    ''',
    'a_sum_over_a_generator': 'sum(1 for i in iter(int, 1))',
    'a_sort_with_a_key': '''
        def key(x):
            try:
                while True: pass
            except BaseException: return x
        while True: sorted(range(1000), key=key)
    ''',
    'code_of_its_own': '''
        import builtins
        builtins.exec("while True:\\n  try:\\n    while True: pass\\n  except BaseException: pass")
    ''',
    'another_exec': '''
        while True:
            try: execorder.exec('while True: pass')
            except BaseException: pass
    ''',
    'another_exec_with_a_callback': '''
        def callback(recording):
            try:
                while True: pass
            except BaseException: pass
        while True:
            execorder.exec('x = 1', callback=callback)
    ''',
}

HOSTILE_TO_THE_CLOCK = {
    'a_handler_of_its_own': '''
        import signal
        for number in (signal.SIGURG, signal.SIGALRM):
            signal.signal(number, signal.SIG_IGN)
        while True:
            try:
                while True: pass
            except BaseException: pass
    ''',
    'a_timer_of_its_own': '''
        import signal
        signal.setitimer(signal.ITIMER_REAL, 0)
        while True: pass
    ''',
    'sleeps_for_ever': '''
        import time
        while True:
            try: time.sleep(100)
            except BaseException: pass
    ''',
    'a_library_loop_that_calls_back': '''
        import functools, itertools
        def add(a, b):
            try: return a + b
            except BaseException: return a
        functools.reduce(add, itertools.count())
    ''',
    'reads_a_socket': '''
        import socket
        a, b = socket.socketpair()
        while True:
            try: a.recv(1)
            except BaseException: pass
    ''',
    'waits_for_a_thread': '''
        import threading
        event = threading.Event()
        while True:
            try: event.wait()
            except BaseException: pass
    ''',
    'asks_for_a_line': '''
        import os, sys
        before = sys.stdin
        r, w = os.pipe()
        sys.stdin = os.fdopen(r)
        try: input()
        finally: sys.stdin = before
    ''',
    'waits_for_a_lock': '''
        import threading
        lock = threading.Lock()
        lock.acquire()
        lock.acquire()
    ''',
    'waits_in_a_queue': 'import queue; queue.Queue().get()',
    'reads_a_pipe': 'import os; r, w = os.pipe(); os.read(r, 1)',
    'selects': 'import select; select.select([], [], [], 100)',
    'an_asyncio_loop': '''
        import asyncio
        async def main():
            while True:
                try: await asyncio.sleep(0)
                except BaseException: pass
        asyncio.run(main())
    ''',
}


if sys.version_info < (3, 9):  # the interpreter itself gives up on these: "Cannot recover from stack overflow"
    del HOSTILE['recursion_of_finally'], HOSTILE['recursion_that_swallows']


def source(text):
    return textwrap.dedent(text)


def stepping(text):
    """Before 3.12 a loop of one instruction, which jumps to itself, makes no steps: give it a second one."""
    return text if sys.version_info >= (3, 12) else text.replace('while True: pass', 'while True: len')
