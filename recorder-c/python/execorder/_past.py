"""Expressions in the past: evaluated on copies of what was recorded, in a child process, so that nothing of them stays.

In the child of a living program its own functions and classes work on the copies, and see the module's variables as
they were then. Without the program there are stand-ins with the recorded attributes, and Python's builtins.
"""

from __future__ import annotations

import io
import json
import os
import sys
import time

from execorder import _native
from execorder._evaluate import last_line, shown
from execorder._forks import fork_aside
from execorder._living import LivingByName
from execorder._native import UNBOUND, Ref
from execorder._opaque import Opaque
from execorder._states import States

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType
    from typing import Dict, List, Optional, Set

TIME_LIMIT = 10  # seconds
PATIENCE = 0.1
ENOUGH = 1  # so many seconds are spent on many places at once; each of them may take as long as one alone


def evaluate_in_child(recording: str, place: dict, time_limit: float = TIME_LIMIT) -> dict:
    """`answer_to` in a child of this process; {'error': text} when it fails, or takes longer than so many seconds."""
    if not hasattr(os, 'fork'):
        return {'error': 'In the past, this system can only tell names, attributes, items and arithmetic.'}
    import warnings

    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')  # about threads: the child runs nothing but this
        child = fork_aside()
    if child == 0:
        _answer(recording, place, writing)
    os.close(writing)
    return _wait_for(child, reading, time_limit)


def _answer(recording: str, place: dict, writing: int) -> None:
    try:
        answer = answer_to(recording, place, living=True)
    except BaseException as error:
        answer = {'error': last_line(error)}
    try:
        with os.fdopen(writing, 'w') as pipe:
            pipe.write(json.dumps(answer))
    finally:
        os._exit(0)


def _wait_for(child: int, reading: int, time_limit: float) -> dict:
    data = None
    try:
        data = _read_all(reading, time.monotonic() + time_limit)
    finally:
        os.close(reading)
        if data is None:
            import signal

            os.kill(child, signal.SIGKILL)
        try:
            os.waitpid(child, 0)
        except OSError:
            pass  # the program waits for its children itself
    if data is None:
        return {'error': 'TimeoutError: it took longer than %g seconds' % time_limit}
    return json.loads(data.decode('ascii')) if data else {'error': 'the expression ended the process'}


def _read_all(reading: int, end: float) -> Optional[bytes]:
    """All that is written into a pipe; None when that has not come to an end by then."""
    import select

    data = b''
    while time.monotonic() < end:
        # An interrupt waits until a call like this is over, except in the main thread.
        if select.select([reading], [], [], PATIENCE)[0]:
            piece = os.read(reading, 1 << 16)
            if not piece:
                return data
            data += piece
    return None


def answer_to(recording: str, request: dict, living: bool = False) -> dict:
    """`evaluate`, or `evaluate_many` for a request with 'places'."""
    if 'places' in request:
        return {'answers': evaluate_many(recording, request['expression'], request['places'], living)}
    return evaluate(recording, request, living)


def evaluate_many(recording: str, expression: str, places: list, living: bool = False) -> List[dict]:
    """The value of one expression at many places, each [step, thread, frame], in their order: as `print` shows it, with its type's name
    and whether it counts as true, or {'error': text}. When it takes long, only the first of them are answered."""
    code = _compiled(expression.strip())
    reader = _native.Reader(recording)
    end = time.monotonic() + ENOUGH
    sys.stdout = sys.stderr = io.StringIO()
    answers = []  # type: List[dict]
    for step, thread, frame in places:
        if answers and time.monotonic() > end:
            break
        answers.append(_answer_at(code, reader, step, thread, frame, living))
    return answers


def _answer_at(code: CodeType, reader: object, step: int, thread: int, frame: int, living: bool) -> dict:
    names = None
    try:
        names = PastNames(reader, step, thread, frame, living)
        value = eval(code, names.scope(code))
        answer = shown(value, whole=True)
        if type(value) is str:
            answer['value'] = value
        return dict(answer, isTrue=bool(value))
    except Exception as error:
        return {'error': last_line(error)}
    finally:
        if names is not None:
            names.take_back()


def evaluate(recording: str, place: dict, living: bool = False) -> dict:
    """The value of place['expression'] at place['step'] in place['frame'] of place['thread'], as text with its type's
    name; what it prints stands in front."""
    expression = str(place.get('expression', '')).strip()
    code = _compiled(expression)
    names = PastNames(_native.Reader(recording), place['step'], place['thread'], place['frame'], living)
    printed = io.StringIO()
    sys.stdout = sys.stderr = printed
    value = eval(code, names.scope(code))
    answer = shown(value, whole=place.get('context') == 'clipboard')
    return {'value': printed.getvalue() + answer['value'], 'type': answer['type']}


def _compiled(expression: str) -> CodeType:
    try:
        return compile(expression, '<past>', 'eval', dont_inherit=True)
    except SyntaxError:
        compile(expression, '<past>', 'exec', dont_inherit=True)
    raise ValueError("The past can't be changed: only expressions are possible here.")


class PastNames:
    """The names of a frame at a step."""

    def __init__(self, reader, step: int, thread: int, frame: int, living: bool) -> None:
        self._reader = reader
        self._step = step
        views = [view for view in reader.stack(step, thread) if view[0] == frame]
        if not views:
            raise ValueError('this frame is not there at this step')
        view = views[0]
        self._globals = self._entries(view[4])
        self._locals = self._entries(view[5]) if view[5] else {}
        variables = zip(reader.code(view[1])[6], reader.variables(step, thread, frame)[0])
        self._locals.update((name, value) for name, value in variables if value is not UNBOUND)
        module = self._globals.get('__name__')
        self._home = vars(sys.modules[module]) if living and module in sys.modules else {}
        finder = LivingByName(self._home, 0) if living else None
        self._replaced = {}  # type: Dict[str, object]
        self._materialiser = States(reader, None, finder).materialiser(step)

    def scope(self, code: CodeType) -> dict:
        """One dict with all that the code may name; comprehensions and lambdas inside see it as well."""
        used = _names_of(code)
        calls = self._home and any(name in self._home or name not in self._globals for name in used)
        wanted = set(self._globals) if calls else used
        past_globals = self._build({name: self._globals[name] for name in wanted & set(self._globals)})
        past_locals = self._build({name: self._locals[name] for name in used & set(self._locals)})
        self._put_back(past_globals)
        return {**past_globals, **past_locals, '__builtins__': __builtins__}

    def _put_back(self, past: dict) -> None:
        """The program's functions see the module's variables as they were: this is a child, so nobody else does."""
        for name, value in past.items():
            known = not callable(value) and type(value) is not Opaque
            if known and name in self._home and not name.startswith('__'):
                self._replaced[name] = self._home[name]
                self._home[name] = value

    def take_back(self) -> None:
        """The module has its own variables again."""
        self._home.update(self._replaced)
        self._replaced.clear()

    def _build(self, names: dict) -> dict:
        return dict(zip(names, self._materialiser.build(names.values())))

    def _entries(self, number: int) -> dict:
        items = self._reader.contents(self._step, number)[3]
        return {key: value for key, value in items if isinstance(key, str)}


def _names_of(code: CodeType) -> Set[str]:
    names = set(code.co_names) | set(code.co_varnames)
    for constant in code.co_consts:
        if hasattr(constant, 'co_code'):
            names |= _names_of(constant)
    return names


def main() -> None:
    """`python _past.py RECORDING REQUEST`, with the request as JSON: prints the answer as JSON."""
    recording, place = sys.argv[-2:]
    output = sys.stdout
    try:
        answer = answer_to(recording, json.loads(place))
    except BaseException as error:
        answer = {'error': last_line(error)}
    output.write(json.dumps(answer))
    output.flush()
    os._exit(0)
