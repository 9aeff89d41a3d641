"""The program's side of the control channel (docs/CONTROL.md): stops, waits and answers in the program's own thread."""

from __future__ import annotations

import _thread
import os
import sys

from execorder import _native
from execorder._breakpoint_calls import BreakpointCalls
from execorder._breakpoints import Breakpoints
from execorder._channel import Channel, connect
from execorder._commands import Commands, Terminated
from execorder._threads import ends_thread, is_called_by_library

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Optional, Tuple

    from execorder._listener import Listener

TOKEN = 'EXECORDER_TOKEN'


def connected(port: int) -> Control:
    """Control for the debugger that listens on this port of this machine and gave us its token."""
    token = os.environ.pop(TOKEN, '')
    try:
        return Control(connect(port), token)
    except OSError as error:
        raise RuntimeError('no debugger listens on port %d: %s' % (port, error.strerror))


def listening(host: str, port: int) -> Control:
    """Control for debuggers that come to this port."""
    from execorder._listener import Listener

    token = os.environ.pop(TOKEN, '')
    try:
        return Control(listener=Listener(host, port, token))
    except OSError as error:
        raise RuntimeError('port %d of %s can\'t be listened on: %s' % (port, host, error.strerror))


class Control(Commands):
    """A debugger's hold on this process. It talks while the program is stopped, and at the steps at which the
    recorder calls `on_event`; a thread of its own it has only while it evaluates."""

    def __init__(self, channel: Optional[Channel] = None, token: str = '', listener: Optional[Listener] = None) -> None:
        self._token = token
        self._channel = channel  # None until a debugger comes
        self._listener = listener
        self._main_thread = _thread.get_ident()
        self._gate = _thread.allocate_lock()  # held by the thread that is stopped
        self._stopped = False
        self._started = False
        self._resume = False
        self._pause = False
        self._entry = False
        self._stop_at_end = False
        self._filters = ()
        self._exit_codes = ()  # (from, to), None where there is no bound
        self._goal = None  # (mode, thread, depth, frames, step after which, place to leave) of a stepping command
        self._targets = None  # the calls of the line at which the program stopped, once they are asked for
        self._entered = None  # the one of them that a stepping command wants to come to
        self._interrupted = None  # the goal that a watched change has interrupted
        self._watching = False
        self._passed = None  # the step at which a watched change was shown: it is no place to stop again
        self._terminations = 0
        self._terminated = False
        self._released = False  # the debugger has gone and lets it run on
        self._comes = False  # the main thread is at a step: it ends there when it has to
        self._shown_end = False
        self._breakpoints = None
        self._breakpoint_calls = BreakpointCalls(self._stop_after_call)
        self._called = False  # `breakpoint()`, which stops at the goal
        self._thread = self._first_thread = 1  # the one that stopped last, and the one whose end is the program's
        self._recording = ''
        self._reader = None  # of the recording that is being made
        self._program = ''
        self._waits = True  # has not begun to run yet
        self._raised = None  # the exception at which the program stopped last

    # The life of the program

    def begin(self, recording: str, program: str, wait: bool = True) -> None:
        """Gets ready for the program's start; with `wait`, not before a debugger wants it to run."""
        self._recording, self._program = recording, program
        self._breakpoints = Breakpoints(self._warn)
        self._thread = self._first_thread = _native.current_thread()
        if self._listener is not None:
            self._listener.announce(recording)
        else:
            self._greet()
        while wait and not self._started and (self._is_open or self._listener is not None):
            self._take_debugger(wait=True)
            self._answer_all(wait=True)
        self._waits = False
        self._watch()

    def tell_child(self, pid: int, recording: str) -> None:
        """The program has started another process, which is recorded as well."""
        self._send({'event': 'child', 'pid': pid, 'recording': recording})

    def let_go(self) -> None:
        """In a forked child: the debugger is the parent's."""
        if self._channel is not None:
            self._channel.close()
        if self._listener is not None:
            self._listener.close()

    @property
    def address(self) -> Tuple[str, int]:
        """The host and the port at which debuggers are listened for."""
        return self._listener.host, self._listener.port

    @property
    def _is_open(self) -> bool:
        return self._channel is not None and self._channel.open

    def _greet(self) -> None:
        self._started = False
        self._channel.send({
            'event': 'hello', 'token': self._token, 'pid': os.getpid(), 'recording': self._recording,
            'python': '%d.%d.%d' % sys.version_info[:3], 'program': self._program, 'executable': sys.executable or '',
        })

    def _take_debugger(self, wait: bool) -> None:
        """Lets a debugger in that has come to the listener."""
        if self._listener is not None and not self._is_open:
            self._channel = self._listener.accept(wait)
            if self._channel is not None:
                self._greet()

    def on_event(self, kind: str, step: int, thread: int, frame: FrameType) -> None:
        """Called by the recorder in a thread of the program, at one of its steps."""
        if self._stopped:
            _native.request_attention()  # for the threads that still run: they come here, too, and wait
        is_main = _thread.get_ident() == self._main_thread
        self._comes |= is_main
        with self._gate:
            self._on_event(kind, step, thread, frame)
        if is_main:
            self._comes = False
            self._raise_termination()

    def uncaught(self, error: BaseException) -> None:
        """The exception reached the top; its traceback has been shown."""
        if 'uncaught' in self._filters:
            self._shown_end = True
            self._stop('exception', self._newest_step(), self._first_thread, **_described(error))

    def system_exit(self, error: SystemExit, code: int) -> None:
        """The program ends itself with this exit code."""
        if any((low is None or low <= code) and (high is None or code <= high) for low, high in self._exit_codes):
            self._shown_end = True
            details = {'text': 'SystemExit', 'description': str(error.code)}
            self._stop('exception', self._newest_step(), self._first_thread, **details)

    def at_end(self, code: int) -> None:
        """The program is over: nothing of it runs any more."""
        if (self._stop_at_end or self._watching) and not self._shown_end and not self._terminations:
            self._stop('end', self._newest_step(), self._first_thread, text=str(code))

    def end(self, code: int, troubles: list) -> None:
        """The recording is complete; `troubles` are sentences for the user."""
        for sentence in troubles:
            self._warn(sentence)
        self._send({'event': 'exited', 'code': code})
        if self._channel is not None:
            self._channel.close()
        if self._listener is not None:
            self._listener.close()

    # Stopping

    def _on_event(self, kind: str, step: int, thread: int, frame: FrameType) -> None:
        if kind == 'attention':
            self._take_debugger(wait=False)
            self._answer_all(wait=False)
            self._watch()
            if self._pause:
                self._stop('pause', step, thread)
        elif kind == 'break' and step != self._passed:
            settled = self._breakpoints.settle(frame)
            if settled:
                self._send({'event': 'settled', 'breakpoints': settled})
            hits = self._breakpoints.hit(frame)
            functions = self._breakpoints.hit_functions(frame)
            if self._is_round(step, thread, frame):
                return
            if hits or functions:
                reason = 'breakpoint' if hits else 'function breakpoint'
                self._stop(reason, step, thread, breakpoints=hits + functions)
            elif self._goal_reached(step, thread, frame):
                self._stop('entry' if self._entry else 'breakpoint' if self._called else 'step', step, thread)
        elif kind == 'watch':
            self._passed = step
            self._stop('data breakpoint', step, thread)
        elif kind == 'raise' and 'raised' in self._filters:
            self._stop_at_raise(step, thread)
        elif kind == 'unwound':
            self._stop_after_last_frame(step, thread, frame)

    def _stop(self, reason: str, step: int, thread: int, **details) -> None:
        """Waits here until the debugger lets the program run on."""
        self._interrupted = self._goal
        self._stopped, self._resume, self._pause, self._entry, self._goal = True, False, False, False, None
        self._called = False
        if _native.active():
            _native.set_stepping('none', thread, 0)
        _native.request_attention()  # the other threads stop at their next step
        self._thread, self._targets = thread, None
        self._flush_output()
        self._send({'event': 'stopped', 'reason': reason, 'step': step, 'thread': thread, **details})
        while self._is_open and not self._resume:
            self._answer_all(wait=True)
        self._stopped = False
        self._send({'event': 'continued'})
        self._watch()

    def _stop_after_call(self) -> None:
        """The program calls `breakpoint()`."""
        if _native.active() and self._is_open:
            self._next({'thread': _native.current_thread()})
            self._called = True

    def _stop_after_last_frame(self, step: int, thread: int, frame: FrameType) -> None:
        """An exception has left all recorded frames of the thread."""
        is_main = _thread.get_ident() == self._main_thread
        if 'uncaught' in self._filters and not is_main and ends_thread(frame):
            self._stop('exception', step, thread)
        elif 'userUnhandled' in self._filters and is_called_by_library(frame):
            self._stop('data breakpoint', step, thread, left=True)

    def _stop_at_raise(self, step: int, thread: int) -> None:
        """Stops where an exception is raised, but not again in each frame that it passes through."""
        if self._reader is None:
            self._reader = _native.Reader(self._recording)
        self._reader.refresh()
        frame = self._reader.step(step)[3]
        raised = self._reader.variables(step, thread, frame)[1]
        self._reader.rest()
        if raised == self._raised:
            return
        self._raised = raised
        error = _native.living(raised.number) if isinstance(raised, _native.Ref) else None
        self._stop('exception', step, thread, **_described(error))

    def _flush_output(self) -> None:
        # What the program has printed so far is there to read while it is stopped.
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                pass

    def _is_round(self, step: int, thread: int, frame: FrameType) -> bool:
        """Whether the line that is stepped over has come to another round of its loop or comprehension."""
        if self._goal is None or self._goal[1] != thread or step <= self._goal[4]:
            return False
        return self._goal[5] == (_native.frame_number(frame), frame.f_lineno)

    def _goal_reached(self, step: int, thread: int, frame: FrameType) -> bool:
        if self._goal is None or self._goal[1] != thread or step <= self._goal[4]:
            return False
        mode, _, depth, frames, _, _ = self._goal
        if frames is not None:
            return _native.depth() == 0 or _native.frame_number(frame) in frames
        if mode == 'into':
            return self._entered.is_reached(frame, _native.depth(), depth)
        return mode == 'in' or _native.depth() <= depth

    def _newest_step(self) -> int:
        """-1 when the recording has ended before."""
        return _native.steps() - 1

    def _watch(self) -> None:
        if self._is_open:
            _native.watch(self._channel.fileno())
            return
        self._detach()
        if self._listener is None:
            self._end_with_debugger()
        elif _native.active():
            _native.watch(self._listener.fileno())

    def _end_with_debugger(self) -> None:
        """The debugger that has started the program is gone without having let it go."""
        if not self._released and not self._terminations:
            self._terminations, self._resume = 1, True
            if _thread.get_ident() != self._main_thread:
                self._end_main()

    def _detach(self) -> None:
        """The debugger is gone: nothing stops the program any more."""
        self._filters, self._exit_codes, self._goal = (), (), None
        self._breakpoint_calls.forget()
        self._stop_at_end = self._watching = False
        if _native.active():
            _native.set_break_on_exceptions(False, False)
            _native.set_watches((), ())
            _native.set_stepping('none', self._thread, 0)
            self._breakpoints.clear()

    def _raise_termination(self) -> None:
        if self._terminations and not self._terminated:
            self._terminated = True
            raise Terminated

    def _warn(self, text: str) -> None:
        self._send({'event': 'warning', 'text': text})

    def _send(self, message: dict) -> None:
        if self._channel is not None:
            self._channel.send(message)


def _described(error: Optional[BaseException]) -> dict:
    if error is None:
        return {'text': 'exception', 'description': ''}
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ in ('builtins', '__main__') else '%s.%s' % (
        kind.__module__, kind.__qualname__,
    )
    try:
        return {'text': name, 'description': str(error)}
    except BaseException:
        return {'text': name, 'description': ''}
