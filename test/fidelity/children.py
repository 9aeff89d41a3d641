"""Runs each run of a program in a forked process of its own: a crash or an endless loop there is a result here."""

import os
import pickle
import signal
import sys
import tempfile
import time
import traceback


class ChildFailed(Exception):
    """The child process ended without an answer."""


def in_child(function, arguments, timeout_seconds):
    """What ``function(*arguments)`` answers in a fork, and what it printed to standard output, as bytes."""
    folder = tempfile.mkdtemp(prefix='execorder-fidelity-')
    answer, output = os.path.join(folder, 'answer'), os.path.join(folder, 'output')
    try:
        sys.stdout.flush()
        sys.stderr.flush()
        child = os.fork()
        if child == 0:
            _run(function, arguments, answer, output)
        status = _wait(child, timeout_seconds)
        return _read(answer, status), _bytes(output)
    finally:
        for path in (answer, output):
            if os.path.exists(path):
                os.remove(path)
        os.rmdir(folder)


def _run(function, arguments, answer, output):
    code = 1
    try:
        os.dup2(os.open(output, os.O_CREAT | os.O_WRONLY, 0o600), 1)
        result = function(*arguments)
        sys.stdout.flush()
        with open(answer, 'wb') as file:
            pickle.dump(result, file, pickle.HIGHEST_PROTOCOL)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _wait(child, timeout_seconds):
    deadline = time.monotonic() + timeout_seconds
    pause = 0.002
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            raise ChildFailed('took longer than %g seconds' % timeout_seconds)
        time.sleep(pause)
        pause = min(pause * 1.5, 0.05)


def _read(answer, status):
    if os.WIFSIGNALED(status):
        raise ChildFailed('crashed: ' + signal.Signals(os.WTERMSIG(status)).name)
    if not os.path.exists(answer) or os.WEXITSTATUS(status):
        raise ChildFailed('ended with exit code %d' % os.WEXITSTATUS(status))
    with open(answer, 'rb') as file:
        return pickle.load(file)


def _bytes(path):
    with open(path, 'rb') as file:
        return file.read()
