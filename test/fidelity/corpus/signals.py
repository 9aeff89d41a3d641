# Signal handlers run between two instructions.
import os
import signal

log = []


def on_usr1(number, frame):
    log.append(number == signal.SIGUSR1)
    frame.f_globals['from_handler'] = len(log)
    here = 'in handler'
    log.append(here)


old = signal.signal(signal.SIGUSR1, on_usr1)


def f():
    x = 1
    os.kill(os.getpid(), signal.SIGUSR1)
    x = 2
    return x


r = f()
r = f()


def interrupted():
    y = []
    try:
        os.kill(os.getpid(), signal.SIGINT)
        y.append(1)
        y.append(2)
    except KeyboardInterrupt:
        y.append('ki')
    return y


signal.signal(signal.SIGINT, signal.default_int_handler)
z = interrupted()
signal.signal(signal.SIGUSR1, old)
old = None
