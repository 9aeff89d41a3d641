"""Python's own command line, as far as one must understand it to run the same under the recorder."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import List, Optional, Sequence

# Their value is the next word.
VALUED = ('-W', '-X', '--check-hash-based-pycs')
# How a file starts that the system runs: those of Linux, of macOS, and scripts that name their interpreter.
PROGRAMS = (b'\x7fELF', b'\xcf\xfa\xed\xfe', b'\xca\xfe\xba\xbe', b'#!')
# Helpers of multiprocessing that run no code of the program's.
HELPERS = ('from multiprocessing.resource_tracker', 'from multiprocessing.semaphore_tracker')


def with_recorder(words: Sequence, programs: Sequence, recorder: List[str]) -> Optional[list]:
    """The words that run the same program under the recorder; None when that is no program for this interpreter.

    words: the command line, texts or bytes. programs: where the executable may be. recorder: the recorder's own words.
    """
    if not _is_this_interpreter(programs):
        return None
    texts = [os.fsdecode(word) for word in words]
    place = _program_place(texts)
    if place is None:
        return None
    flags, program, typed = place
    if program[0].endswith('/execorder/_start.py') or program[:2] == ['-m', 'execorder']:
        return None
    if program[0] == '-c' and program[1].startswith(HELPERS):
        return None
    start = [] if program[0] in ('-c', '-m') else ['--']
    return [*flags, *recorder, *([] if typed is None else ['--typed', typed]), *start, *program]


def is_program(path: object) -> bool:
    """Whether the operating system would run this file: not one of the places on PATH where a name is looked for."""
    if not isinstance(path, (str, bytes, os.PathLike)) or not os.access(path, os.X_OK):
        return False
    try:
        with open(path, 'rb') as file:
            return file.read(4).startswith(PROGRAMS)
    except (OSError, ValueError):
        return False


def _is_this_interpreter(programs: Sequence) -> bool:
    for program in programs:
        path = os.fsdecode(program)
        if os.access(path, os.X_OK):
            return os.path.realpath(path) == os.path.realpath(sys.executable)
    return False


def _program_place(words: List[str]) -> Optional[tuple]:
    """The interpreter with its options, what it runs, and the word that said so where that was `-Ic` and not `-c`; None
    when it runs no script, module or text."""
    at = 1
    while at < len(words):
        word = words[at]
        if word in VALUED:
            at += 2
            continue
        if not word.startswith('-'):
            return words[:at], words[at:], None
        if word.startswith('--') or word == '-':
            return None
        for place, letter in enumerate(word[1:], 1):
            if letter in 'cm':
                return _split(words, at, place)
            if letter in 'hVi?':
                return None
            if letter in 'WX':
                break
        at += 1
    return None


def _split(words: List[str], at: int, place: int) -> Optional[tuple]:
    """`-Ic code` and `-ccode` become `-I -c code` and `-c code`."""
    word = words[at]
    flags = words[:at] + ([word[:place]] if place > 1 else [])
    rest = words[at + 1:] if place == len(word) - 1 else [word[place + 1:], *words[at + 1:]]
    typed = None if len(word) == 2 else word
    return (flags, ['-' + word[place], *rest], typed) if rest else None


def forget_recorder(program: List[str], typed: Optional[str]) -> None:
    """Makes sys.orig_argv what it is without the recorder; `program`: the words from the program on, `typed`: the word
    that stands for the first of them and what is attached to it."""
    words = getattr(sys, 'orig_argv', None)
    for at, word in enumerate(words or ()):
        if word.endswith('/execorder/_start.py'):
            if typed is not None:
                place = next(place for place, letter in enumerate(typed) if letter in 'cm')
                at -= place > 1
                program = [typed, *program[1 if place == len(typed) - 1 else 2:]]
            words[at:] = program
            return
