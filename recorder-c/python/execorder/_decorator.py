"""`@execorder.record`: a recording of each call of one function."""

from __future__ import annotations

import functools
import inspect
import os
import threading
from collections import deque

from execorder._session import Session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Deque, Iterable, Optional, Type, Union

    from execorder._recording import Recording


def record(
    function: Optional[Callable[..., Any]] = None,
    *,
    path: Union[str, os.PathLike[str], None] = None,
    keep: int = 1,
    all_code: bool = False,
    library: Iterable[str] = (),
    max_steps: Optional[int] = None,
    record_state: bool = True,
) -> Any:
    """Decorates a function: each call of it is recorded, from its first line to its return, with all that it calls.

    path: where to record to; `{n}` in it is replaced by the number of the call, from 1. Without it, temporary files.
    keep: of temporary recordings, so many of the newest are kept.
    all_code, library, max_steps, record_state: as for `execorder.start`.

    The decorated function has `recordings`, the newest kept ones, oldest first, and `recording`, the newest. A call made
    while another is being recorded, as in a recursion, is a part of that. Generators, coroutines and asynchronous
    generators are recorded from their first step to their end, with what runs between their steps. Works on methods,
    also under or above staticmethod and classmethod.

    >>> import execorder
    >>> @execorder.record
    ... def double(n):
    ...     return n * 2
    >>> double(4)
    8
    >>> double.recording.stopped_by
    'end'
    """
    if keep < 1:
        raise ValueError('keep must be at least 1')

    def decorate(target: Any) -> Any:
        if isinstance(target, (staticmethod, classmethod)):
            return type(target)(decorate(target.__func__))
        options = {'all_code': all_code, 'library': library, 'max_steps': max_steps, 'record_state': record_state}
        return _wrapped(target, _Calls(path, keep, options))

    return decorate if function is None else decorate(function)


class _Calls:
    """The recordings of one function's calls. As a context: one call."""

    def __init__(self, path: Union[str, os.PathLike[str], None], keep: int, options: dict) -> None:
        self._path = None if path is None else os.fsdecode(path)
        self._options = options
        self._lock = threading.Lock()
        self._session: Optional[Session] = None
        self._depth = 0
        self._count = 0
        self._newest: Deque[Recording] = deque(maxlen=keep)
        self._wrapper: Any = None

    def tell(self, wrapper: Any) -> None:
        """Where the recordings are found."""
        self._wrapper = wrapper
        wrapper.recording, wrapper.recordings = None, []

    def __enter__(self) -> None:
        with self._lock:
            self._depth += 1
            if self._depth == 1:
                self._count += 1
                path = None if self._path is None else self._path.replace('{n}', str(self._count))
                self._session = Session(path, **self._options)
                try:
                    self._session.begin()
                except BaseException:
                    self._depth = 0
                    raise

    def __exit__(self, kind: Optional[Type[BaseException]], error: Optional[BaseException], traceback: object) -> None:
        with self._lock:
            self._depth -= 1
            if self._depth == 0 and self._session is not None:
                session, self._session = self._session, None
                session.end(error)
                self._newest.append(session.recording)
                self._wrapper.recording, self._wrapper.recordings = session.recording, list(self._newest)


def _wrapped(function: Callable[..., Any], calls: _Calls) -> Any:
    if not callable(function) or isinstance(function, type):
        raise TypeError('execorder.record decorates functions, not %r' % (function,))
    if inspect.isasyncgenfunction(function):
        wrapper = _async_generator(function, calls)
    elif inspect.iscoroutinefunction(function):
        wrapper = _coroutine(function, calls)
    elif inspect.isgeneratorfunction(function):
        wrapper = _generator(function, calls)
    else:
        wrapper = _plain(function, calls)
    calls.tell(wrapper)
    return wrapper


def _plain(function: Callable[..., Any], calls: _Calls) -> Any:
    @functools.wraps(function)
    def wrapper(*args: Any, **keywords: Any) -> Any:
        with calls:
            return function(*args, **keywords)

    return wrapper


def _generator(function: Callable[..., Any], calls: _Calls) -> Any:
    @functools.wraps(function)
    def wrapper(*args: Any, **keywords: Any) -> Any:
        with calls:
            return (yield from function(*args, **keywords))

    return wrapper


def _coroutine(function: Callable[..., Any], calls: _Calls) -> Any:
    @functools.wraps(function)
    async def wrapper(*args: Any, **keywords: Any) -> Any:
        with calls:
            return await function(*args, **keywords)

    return wrapper


def _async_generator(function: Callable[..., Any], calls: _Calls) -> Any:
    @functools.wraps(function)
    async def wrapper(*args: Any, **keywords: Any) -> Any:
        with calls:
            generator = function(*args, **keywords)
            step = generator.__anext__()
            while True:
                try:
                    value = await step
                except StopAsyncIteration:
                    return
                try:
                    step = generator.asend((yield value))
                except GeneratorExit:
                    await generator.aclose()
                    raise
                except BaseException as error:
                    step = generator.athrow(error)

    return wrapper
