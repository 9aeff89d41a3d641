"""The questions that a Recording answers about more than one step: who wrote this, when did it first hold, what failed."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, List, Mapping, Optional, SupportsIndex, Tuple, Union

    from execorder._excerpt import Excerpt
    from execorder._histories import Histories
    from execorder._native import Reader
    from execorder._places import Places
    from execorder._states import States
    from execorder._views import Change, Raised

NOTEBOOK_STEPS = 11  # in a table around one of them


class Questions:
    """A part of Recording."""

    if TYPE_CHECKING:
        _reader: Reader
        _places: Places
        _states: States

        def steps(self) -> int: ...
        def _number(self, n: SupportsIndex) -> int: ...
        def _require_state(self) -> None: ...
        @property
        def stopped_by(self) -> Optional[str]: ...

    # Who wrote it

    def history(
        self, target: object, at: SupportsIndex = -1, *, function: Optional[str] = None,
    ) -> List[Change]:
        """Every write of a variable, an attribute or an item in the whole recording, oldest first; for an object, every
        change inside it.

        target: a name or a path, such as 'total', 'self.items[3]' or "prices['apple']"; or an object that one of the
            newest answers of state(), dicts() or stack() holds.
        at: the step at which the name or path is looked up, by default the last one. It tells which frame's local
            variable is meant; a path's last part is followed in the object that it leads to there.
        function: every call of the function with this name is looked at instead; for plain names of its variables.

        Raises NameError, AttributeError or LookupError when there is no such thing, ValueError when the text is no path
        or the object is unknown.

        >>> import execorder
        >>> recording = execorder.exec('total = 0\\nfor n in 3, 4:\\n    total += n')
        >>> [(change.line, change.before, change.after) for change in recording.history('total')]
        [(1, UNBOUND, 0), (3, 0, 3), (3, 3, 7)]
        """
        self._require_state()
        n = self._number(at)
        if not isinstance(target, str):
            number, n = self._known_object(target)
            return self._histories().of_object(number, n)
        if function is not None:
            return self._histories().of_function(target, function)
        return self._histories().of_path(target, n)

    def last_write(self, n: SupportsIndex, target: object) -> Change:
        """The newest write, as step `n` shows it, of a name or path (see `history`), or inside of an object. What is
        answered can be used as the number of the step that wrote.

        >>> import execorder
        >>> recording = execorder.exec('items = [1, 2]\\nitems[1] = 5\\nitems.append(7)')
        >>> change = recording.last_write(-1, 'items[1]')
        >>> change.line, change.before, change.after
        (2, 2, 5)
        >>> recording.state(change)
        {'items': [1, 2]}
        """
        self._require_state()
        number = self._number(n)
        if isinstance(target, str):
            return self._histories().newest(target, number)
        return self._histories().newest_inside(self._known_object(target)[0], number)

    def _histories(self) -> Histories:
        from execorder._histories import Histories

        return Histories(self._reader, self._places, self._states)

    def _known_object(self, target: object) -> Tuple[int, int]:
        known = self._states.number_of(target)
        if known is None:
            raise ValueError(
                'this object is not from one of the newest answers of this recording: take it from state(n) again, or '
                'give a path to it, such as %r' % 'self.items'
            )
        return known

    # When

    def find(
        self, condition: Union[str, Callable[[Mapping[str, Any]], object]], start: Optional[SupportsIndex] = None,
        stop: Optional[SupportsIndex] = None,
    ) -> Optional[int]:
        """The first step, from `start` (by default the first one) on and before `stop`, at which a condition holds; None when there is none.

        condition: an expression over the names that the running frame sees, or a function that takes a mapping of
            these names; either way only what is used gets built. Where it can't be evaluated, as when a name isn't
            there yet, it doesn't hold; where it never can be, its error is raised. TypeError for anything else.

        >>> import execorder
        >>> recording = execorder.exec('total = 9\\nfor n in 4, 8, 16:\\n    total -= n')
        >>> n = recording.find('total < 0')
        >>> recording.state(n), recording.line(n)
        ({'total': -3, 'n': 8}, 2)
        >>> recording.find(lambda state: state['total'] < 0) == n
        True
        """
        from execorder._search import Search

        self._require_state()
        steps = range(self.steps())
        first = self.first_step if start is None or not steps else self._number(start)
        last = len(steps) if stop is None else slice(stop).indices(len(steps))[1]
        search = Search(self._reader, self._places, self._states)
        if not isinstance(condition, str) and not callable(condition):
            raise TypeError('a condition is an expression in a text or a function, not %r' % (condition,))
        if isinstance(condition, str):
            return search.by_text(condition, steps[first:last])
        return search.by_function(condition, steps[first:last])

    def exceptions(self) -> List[Raised]:
        """Every exception that was raised in recorded code, in order: where, and whether it was swallowed.

        >>> import execorder
        >>> recording = execorder.exec('try:\\n    int("x")\\nexcept ValueError:\\n    pass\\n1 / 0')
        >>> [(type(raised.error).__name__, raised.line, raised.swallowed) for raised in recording.exceptions()]
        [('ValueError', 2, True), ('ZeroDivisionError', 5, False)]
        """
        from execorder._raises import Raises

        self._require_state()
        self.steps()  # looks for what is new
        return Raises(self._reader, self._places, self._states, self.stopped_by == 'exception').all()

    # For people

    def around(self, n: SupportsIndex = -1, steps: int = NOTEBOOK_STEPS) -> Excerpt:
        """A table of the steps around step `n` with the variables that each one changed; shows itself in notebooks."""
        from execorder._excerpt import excerpt_of

        if steps < 1:
            raise ValueError('steps must be at least 1')
        return excerpt_of(self, self._number(n), steps)

    def _repr_html_(self) -> str:
        import html

        try:
            return self.around()._repr_html_() if self.steps() else html.escape(repr(self))
        except ValueError:  # closed
            return html.escape(repr(self))
