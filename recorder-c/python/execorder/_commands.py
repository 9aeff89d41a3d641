"""What a debugger can ask of the program (docs/CONTROL.md): each command is carried out in the program's own thread."""

from __future__ import annotations

import _thread
import os
import sys

from execorder import _native
from execorder._evaluate import Scope, last_line, same, shown
from execorder._interrupts import interruptible
from execorder._targets import Entry, Targets
from execorder._threads import living_frame

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import FrozenSet, Optional, Tuple

    from execorder._breakpoint_calls import BreakpointCalls
    from execorder._breakpoints import Breakpoints
    from execorder._channel import Channel
    from execorder._listener import Listener

KILLED = 143  # what a shell shows for SIGTERM
#: While an exception waits for a thread of 3.11 that is blocked, threads that are traced hang, which it may wait for.
CAN_RAISE_IN_OTHERS = sys.version_info[:2] != (3, 11)


class Terminated(SystemExit):
    """The debugger ends the program."""

    def __init__(self) -> None:
        super().__init__(KILLED)


class RequestError(Exception):
    """A request that can't be done; the text is the answer. `changed`: it has changed something nevertheless."""

    def __init__(self, text: str, changed: bool = False) -> None:
        super().__init__(text)
        self.changed = changed


class Commands:
    """The part of Control that answers the debugger; what it sets is obeyed at the program's next steps."""

    if TYPE_CHECKING:  # Control brings these
        _breakpoint_calls: BreakpointCalls
        _breakpoints: Breakpoints
        _channel: Optional[Channel]
        _listener: Optional[Listener]
        _interrupted: Optional[Tuple[str, int, int, Optional[FrozenSet[int]], int, Tuple[int, int]]]
        _is_open: bool
        _main_thread: int
        _released: bool
        _recording: str
        _stopped: bool
        _entered: Optional[Entry]
        _targets: Optional[Targets]
        _comes: bool
        _terminated: bool
        _terminations: int
        _thread: int
        _waits: bool

        def _detach(self) -> None: ...
        def _send(self, message: dict) -> None: ...

    def _answer_all(self, wait: bool) -> None:
        for message in self._channel.receive(wait) if self._is_open else ():
            self._answer(message)

    def _answer(self, message: dict) -> None:
        answer = {'id': message.get('id'), 'ok': True, 'result': None}
        try:
            command = _COMMANDS.get(message.get('command'))
            if command is None:
                raise RequestError('there is no command %r' % message.get('command'))
            answer['result'] = command(self, message)
        except RequestError as error:
            answer = {'id': message.get('id'), 'ok': False, 'error': str(error), 'changed': error.changed}
        except BaseException as error:
            answer = {'id': message.get('id'), 'ok': False, 'error': last_line(error)}
        self._send(answer)

    def _start(self, message: dict) -> None:
        self._started = True
        self._stop_at_end = bool(message.get('stopAtEnd'))
        self._exit_codes = tuple(tuple(bounds) for bounds in message.get('breakOnSystemExit') or ())
        if message.get('breakpointCalls'):
            self._breakpoint_calls.listen()
        for points in message.get('breakpoints') or ():
            self._set_breakpoints(points)
        if message.get('stopOnEntry') and self._listener is not None and not self._waits:
            self._pause = True  # it has begun long ago
            _native.request_attention()
        elif message.get('stopOnEntry'):
            self._entry = True
            self._step('in', self._thread, 0)

    def _set_breakpoints(self, message: dict) -> None:
        self._breakpoints.set(str(message.get('file')), message.get('breakpoints') or [])

    def _set_function_breakpoints(self, message: dict) -> None:
        self._breakpoints.set_functions(message.get('functions') or [])

    def _set_exception_breakpoints(self, message: dict) -> None:
        self._filters = tuple(message.get('filters') or ())
        leaves = 'uncaught' in self._filters or 'userUnhandled' in self._filters
        if _native.active():
            _native.set_break_on_exceptions('raised' in self._filters, leaves)

    def _continue(self, message: dict) -> None:
        self._resume = True

    def _carry_on(self, message: dict) -> None:
        self._passed = None
        if self._interrupted is None:
            self._resume = True
        else:
            self._step(*self._interrupted)

    def _set_watches(self, message: dict) -> None:
        objects, frames = message.get('objects') or (), message.get('frames') or ()
        self._watching = bool(objects or frames or message.get('atEnd'))
        if _native.active():
            _native.set_watches(objects, frames)

    def _step_in(self, message: dict) -> None:
        frames = message.get('frames')
        self._step('in', message.get('thread') or self._thread, 0, None if frames is None else frozenset(frames))

    def _next(self, message: dict) -> None:
        thread = message.get('thread') or self._thread
        if _native.active():
            self._step('next', thread, _native.depth(thread), leaving=_native.place(thread))
        self._resume = True

    def _step_out(self, message: dict) -> None:
        thread = message.get('thread') or self._thread
        depth = _native.depth(thread) if _native.active() else 0
        if depth > 0:
            self._step('out', thread, depth - 1)
        self._resume = True

    def _step(
        self, mode: str, thread: int, depth: int, frames: Optional[FrozenSet[int]] = None, after: Optional[int] = None,
        leaving: Tuple[int, int] = (0, 0),
    ) -> None:
        self._resume = True
        if not _native.active():
            return  # a recording that had to end before its program
        # Where a thread waits already is no place to come to.
        self._goal = (mode, thread, depth, frames, _native.steps() - 1 if after is None else after, leaving)
        # Into a call: each line of what the line calls is looked at.
        _native.set_stepping('next' if mode == 'into' else mode, thread, depth + (mode == 'into'), *leaving)

    def _call_targets(self, message: dict) -> list:
        number = message.get('frame') or 0
        frame = living_frame(number)
        self._targets = None if frame is None else Targets(frame, number)
        return [] if frame is None else [call.text for call in self._targets.calls]

    def _step_into(self, message: dict) -> None:
        thread = message.get('thread') or self._thread
        index = message.get('target')
        if self._targets is None or index not in range(len(self._targets.calls)):
            raise RequestError('this call is not known any more')
        self._entered = Entry(self._targets, index)
        self._step('into', thread, _native.depth(thread))

    def _do_pause(self, message: dict) -> None:
        self._pause = not self._stopped

    def _evaluate(self, message: dict) -> dict:
        context = message.get('context')
        scope = self._scope(message)
        names, changes = scope.names(), _native.changes()

        def has_changed() -> bool:
            return _native.changes() != changes or not same(names, self._scope(message).names())

        def work() -> dict:
            value = scope.evaluate(str(message.get('expression', '')), statements=context == 'repl')
            return shown(value, whole=context == 'clipboard')

        try:
            answer = interruptible(work, self._channel)
        except BaseException as error:
            raise RequestError(last_line(error), has_changed())
        return dict(answer, changed=has_changed())

    def _evaluate_past(self, message: dict) -> dict:
        from execorder._past import evaluate_in_child

        answer = interruptible(lambda: evaluate_in_child(self._recording, message), self._channel)
        if 'error' in answer:
            raise RequestError(answer['error'])
        return answer

    def _set_variable(self, message: dict) -> dict:
        scope = self._scope(message)

        def work() -> dict:
            value = scope.evaluate(str(message.get('expression', '')))
            scope.assign(str(message.get('name', '')), value)
            return shown(value)

        return interruptible(work, self._channel)

    def _interrupt(self, message: dict) -> None:
        """What it was meant for is over."""

    def _scope(self, message: dict) -> Scope:
        number = message.get('frame') or 0
        if number == 0:
            return Scope()
        frame = living_frame(number)
        if frame is None:
            raise RequestError('this frame has ended; its variables can only be looked at')
        return Scope(frame)

    def _terminate(self, message: dict) -> None:
        self._terminations += 1
        if self._terminations > 1:
            if _native.active():
                _native.stop('exception', 'terminated')
            os._exit(KILLED)
        self._detach()
        self._resume = True
        if _thread.get_ident() != self._main_thread:
            self._end_main()

    def _let_run_on(self, message: dict) -> None:
        self._released = self._resume = True

    def _end_main(self) -> None:
        if self._comes or not CAN_RAISE_IN_OTHERS:
            _native.request_attention()  # it ends at its next step
        else:
            self._terminated = True
            _native.raise_in(self._main_thread, Terminated)


_COMMANDS = {
    'start': Commands._start,
    'setBreakpoints': Commands._set_breakpoints,
    'setExceptionBreakpoints': Commands._set_exception_breakpoints,
    'setFunctionBreakpoints': Commands._set_function_breakpoints,
    'setWatches': Commands._set_watches,
    'continue': Commands._continue,
    'carryOn': Commands._carry_on,
    'next': Commands._next,
    'stepIn': Commands._step_in,
    'stepOut': Commands._step_out,
    'callTargets': Commands._call_targets,
    'stepInto': Commands._step_into,
    'pause': Commands._do_pause,
    'evaluate': Commands._evaluate,
    'evaluatePast': Commands._evaluate_past,
    'setVariable': Commands._set_variable,
    'interrupt': Commands._interrupt,
    'detach': Commands._let_run_on,
    'terminate': Commands._terminate,
}
