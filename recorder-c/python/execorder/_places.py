"""Codes, files and lines of a recording."""

from __future__ import annotations

import os
from collections import namedtuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import List, Optional

Code = namedtuple('Code', [
    'file', 'name', 'qualname', 'first_line', 'flags', 'lines', 'variable_names', 'variable_flags',
])


class Places:
    """Answers by number what a code or file is, and remembers it: definitions never change."""

    def __init__(self, reader) -> None:
        self._reader = reader
        self._codes = {}
        self._paths = {}
        self._visits = {}  # (file, line) -> (steps searched, visits)

    def code(self, number: int) -> Code:
        """The code with this number."""
        found = self._codes.get(number)
        if found is None:
            found = self._codes[number] = Code._make(self._reader.code(number))
        return found

    def path(self, number: int) -> str:
        """The path of a file."""
        found = self._paths.get(number)
        if found is None:
            found = self._paths[number] = self._reader.file(number)[0]
        return found

    def number(self, path: Optional[str]) -> int:
        """The number of a file, given as it was recorded, or any path to it; 0 when none of its code ran."""
        count = self._reader.info()['files']
        paths = {self.path(number): number for number in range(1, count + 1)}
        if path in paths:
            return paths[path]
        return paths.get(os.path.abspath(path), 0) if path is not None else 0

    def source(self, number: int) -> Optional[str]:
        """The text of a file as it was when it ran; None when the recording hasn't got it."""
        source = self._reader.file(number)[1] if number else None
        return None if source is None else source.decode('utf-8', 'surrogatepass')

    def visits(self, file: int, line: int) -> List[int]:
        """The line steps at a line, ascending."""
        if file == 0 or line < 1:
            return []
        searched, found = self._visits.get((file, line), (0, []))
        found = list(found)
        step = self._reader.find(searched - 1, True, 0, 0, 0, None, [(file, line)])
        while step is not None:
            found.append(step)
            step = self._reader.find(step, True, 0, 0, 0, None, [(file, line)])
        self._visits[(file, line)] = (self._reader.steps(), found)
        return list(found)
