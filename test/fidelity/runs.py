"""The three ways to run a program: plainly, under the oracle, and under the recorder."""

import collections
import gc
import os
import random
import sys
import types

from canonical import canonical
from corpus_files import state_interval
from oracle import Oracle, qualified_name, visible

MODULE_NAME = 'program'

Outcome = collections.namedtuple('Outcome', 'variables error')
Truth = collections.namedtuple('Truth', 'outcome lines events')


def prepare(path):
    """The program's code and a fresh module's namespace. Nothing random is left to chance."""
    with open(path, encoding='utf-8') as file:
        source = file.read()
    module = types.ModuleType(MODULE_NAME)
    module.__file__ = path
    sys.modules[MODULE_NAME] = module
    sys.argv = [path]
    sys.setrecursionlimit(3000)
    random.seed(1)
    gc.collect()
    gc.disable()
    return compile(source, path, 'exec'), module.__dict__


def outcome(program_globals, error):
    """How a run ended: its variables, and the exception with the program's lines that it passed."""
    where = []
    trace = error.__traceback__ if error is not None else None
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename == program_globals['__file__']:
            where.append((qualified_name(code), trace.tb_lineno))
        trace = trace.tb_next
    return Outcome(
        canonical(dict(visible(program_globals)), program_module=MODULE_NAME),
        None if error is None else (canonical({'error': error}), tuple(where)),
    )


def run_plainly(path):
    """Runs the program with nothing watching."""
    code, program_globals = prepare(path)
    error = None
    try:
        exec(code, program_globals)
    except BaseException as raised:
        error = raised
    return outcome(program_globals, error)


def run_under_oracle(path):
    """Runs the program and keeps the truth about every line."""
    code, program_globals = prepare(path)
    oracle = Oracle(path, MODULE_NAME, state_interval(path))
    error = None
    try:
        oracle.run(code, program_globals)
    except BaseException as raised:
        error = raised
    return Truth(outcome(program_globals, error), oracle.lines, dict(oracle.events))


def reference_path(path):
    """One absolute spelling of a program's path, for every run of it."""
    return os.path.realpath(path)
