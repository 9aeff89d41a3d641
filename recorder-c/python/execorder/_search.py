"""Finds the first step at which a condition holds."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Mapping

from execorder._native import UNBOUND, Ref
from execorder._names import Names
from execorder._raw import RawValues

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable, Iterable, Iterator, List, Optional

    from execorder._native import Reader
    from execorder._places import Places
    from execorder._states import States

_AS_BEFORE = object()  # the outcome for the step before, which was no success, holds for this one as well


class LazyState(Mapping):  # type: ignore[type-arg]
    """As the dict that Recording.state answers, but a name's value is built when it is looked up."""

    def __init__(self, n: int, names: Names, states: States) -> None:
        self._n = n
        self._names = names
        self._materialiser = states.materialiser(n)

    def __getitem__(self, name: str) -> object:
        value = self._names.read(self._n, name)
        if value is UNBOUND or name == '__builtins__':
            raise KeyError(name)
        return self._materialiser.build([value])[0] if type(value) is Ref else value

    def __iter__(self) -> Iterator[str]:
        return iter(self._names.all(self._n))

    def __len__(self) -> int:
        return len(self._names.all(self._n))

    def __repr__(self) -> str:
        return repr(dict(self))


class Search:
    """One search, with what it remembers from step to step."""

    def __init__(self, reader: Reader, places: Places, states: States) -> None:
        self._states = states
        self._names = Names(reader, places, RawValues(reader, places))

    def by_function(self, condition: Callable[[Mapping], object], steps: Iterable[int]) -> Optional[int]:
        """The first of these steps for whose state the function answers something true."""
        return _first(lambda n: condition(LazyState(n, self._names, self._states)), steps)

    def by_text(self, condition: str, steps: Iterable[int]) -> Optional[int]:
        """The first of these steps at which the expression is true. Only the names that it uses are looked at, and only
        where one of them may have changed is it evaluated. Raises SyntaxError when it is no expression."""
        tree = ast.parse(condition.strip(), '<condition>', 'eval')
        used = sorted({node.id for node in ast.walk(tree) if isinstance(node, ast.Name)})
        code = compile(tree, '<condition>', 'eval', dont_inherit=True)
        last: Optional[List[object]] = None

        def holds(n: int) -> object:
            nonlocal last
            values = [self._names.read(n, name) for name in used]
            if last is not None and _are_same_scalars(values, last):
                return _AS_BEFORE
            last = values
            scope = dict(zip(used, self._states.materialiser(n).build(values)))
            scope = {name: value for name, value in scope.items() if value is not UNBOUND}
            return eval(code, dict(scope, __builtins__=builtins))

        return _first(holds, steps)


def _are_same_scalars(values: List[object], before: List[object]) -> bool:
    """Whether nothing can have changed: an object may have another content although it is the same."""
    for value, other in zip(values, before):
        if type(value) is Ref or type(value) is not type(other) or value != other:
            return False
    return True


def _first(holds: Callable[[int], object], steps: Iterable[int]) -> Optional[int]:
    """A condition that can't be evaluated doesn't hold, as when a name isn't there yet; but one that never can be
    evaluated is a mistake, and its error is raised."""
    error, is_ever_evaluated = None, False
    for n in steps:
        try:
            answer = holds(n)
            if answer is not _AS_BEFORE and answer:
                return n
            is_ever_evaluated = is_ever_evaluated or answer is not _AS_BEFORE
        except Exception as problem:
            error = problem
    if error is not None and not is_ever_evaluated:
        raise error
    return None
