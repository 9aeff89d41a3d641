"""`breakpoint()` while a debugger is there: the program stops at the next line of whoever called it, as pdb would."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable


class BreakpointCalls:
    """What `breakpoint()` does. A hook that the program, or PYTHONBREAKPOINT, has set stays."""

    def __init__(self, stop_soon: Callable[[], None]) -> None:
        self._stop_soon = stop_soon

    def listen(self) -> None:
        """From now on they stop the program."""
        if sys.breakpointhook is sys.__breakpointhook__:
            sys.breakpointhook = self

    def forget(self) -> None:
        """They do what they do without a debugger."""
        if sys.breakpointhook is self:
            sys.breakpointhook = sys.__breakpointhook__

    def __call__(self, *arguments: object, **more: object) -> object:
        if os.environ.get('PYTHONBREAKPOINT'):
            return sys.__breakpointhook__(*arguments, **more)
        self._stop_soon()
        return None
