"""Starts a program as python itself does: its __main__ module, sys.argv, sys.path and the frames that it finds."""

from __future__ import annotations

import builtins
import os
import sys
import types

import _frozen_importlib
import _frozen_importlib_external

from execorder import _native
from execorder._command_line import forget_recorder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable, Optional

    from execorder._options import Options


class Program:
    """What is to run. Making it reads the program but runs nothing and changes nothing.

    file: the main file's path (or '<string>'), as its code will name it.
    """

    def __init__(self, options: Options) -> None:
        self._kind = options.kind
        self._target = options.target
        self._arguments = options.arguments
        self._typed = options.typed
        self.file = self._main_file()
        self._text = self._read() if self._is_plain_script() else None

    def prepare(self) -> None:
        """Makes sys.argv, sys.path and __main__ what the program expects."""
        sys.argv[:] = [self._argv0()] + self._arguments
        forget_recorder(self._words(), self._typed)
        self._set_path()
        self._main = _fresh_main()
        sys.modules['__main__'] = self._main
        _forget_source_of_command()

    def start(self, record: Callable) -> None:
        """Runs it to its end. `record(code, source)` is told the code that was made here."""
        if self._kind == 'module':
            _native.call_at_bottom(_run_module(), self._target)
        elif self._kind == 'script' and not self._is_plain_script():
            _native.call_at_bottom(_run_module(), '__main__', False)
        else:
            self._start_main(record)

    def _start_main(self, record: Callable) -> None:
        try:
            code: Optional[types.CodeType] = self._compile(record)
        except (SyntaxError, ValueError):
            if self._text is None or self.file.endswith('.pyc'):
                raise
            code = None
        if code is not None:
            _native.call_at_bottom(builtins.exec, code, self._main.__dict__)
        else:  # the interpreter's own reader of files says what is wrong, or can do with it
            _native.call_at_bottom(_native.run_file, self.file, self._main.__dict__)

    def _is_plain_script(self) -> bool:
        """Whether it is a file with code: not a folder or an archive with a __main__ inside."""
        return self._kind == 'script' and not _holds_modules(self._target)

    def _main_file(self) -> str:
        if self._kind == 'script':
            return _absolute(self._target)
        return '<string>' if self._kind == 'code' else self._target

    def _read(self) -> bytes:
        with open(self.file, 'rb') as file:
            return file.read()

    def _words(self) -> list:
        kind = {'script': [], 'module': ['-m'], 'code': ['-c']}[self._kind]
        return [*kind, self._target, *self._arguments]

    def _argv0(self) -> str:
        return {'script': self._target, 'module': '-m', 'code': '-c'}[self._kind]

    def _set_path(self) -> None:
        if getattr(sys.flags, 'safe_path', False) or sys.flags.isolated:
            first = None
        elif self._kind == 'script':
            first = os.path.dirname(os.path.realpath(self._target))
        else:
            first = os.getcwd() if self._kind == 'module' else ''
        if sys.path and sys.path[0] in ('', os.getcwd()) and first is not None:
            del sys.path[0]
        if self._kind == 'script' and not self._is_plain_script():
            first = _absolute(self._target)
        if first is not None:
            sys.path.insert(0, first)
            _native.set_main_path(first)

    def _compile(self, record: Callable) -> types.CodeType:
        names = self._main.__dict__
        if self._kind == 'code':
            names['__loader__'] = _frozen_importlib.BuiltinImporter
            _remember_source_of_command(self._target)
            code = compile(self._target, '<string>', 'exec', dont_inherit=True)
            record(code, self._target)
            return code
        compiled = self.file.endswith('.pyc')
        loaders = _frozen_importlib_external
        loader = loaders.SourcelessFileLoader if compiled else loaders.SourceFileLoader
        names['__loader__'] = loader('__main__', self.file)
        names['__file__'] = self.file
        names['__cached__'] = None
        if compiled:
            code = names['__loader__'].get_code('__main__')
        else:
            code = compile(self._text, self.file, 'exec', dont_inherit=True)
        record(code)
        return code


def _fresh_main() -> types.ModuleType:
    """The module __main__ as the interpreter begins with it."""
    main = types.ModuleType('__main__')
    main.__dict__['__annotations__'] = {}
    main.__dict__['__builtins__'] = builtins
    return main


def _run_module() -> Callable:
    """What the interpreter itself calls for -m, folders and archives."""
    import runpy

    return runpy._run_module_as_main


def _holds_modules(path: str) -> bool:
    for hook in sys.path_hooks:
        try:
            hook(path)
            return True
        except ImportError:
            continue
    return False


def _absolute(path: str) -> str:
    """Python 3.9 and later name the main file by its absolute path, with what was typed left as it is."""
    return path if sys.version_info < (3, 9) else os.path.join(os.getcwd(), path)


def _forget_source_of_command() -> None:
    """Python 3.13 shows lines of the text that `python -c` was given; that text may be ours."""
    linecache = sys.modules.get('linecache')
    if linecache is not None:
        linecache.cache.pop('<string>', None)


def _remember_source_of_command(text: str) -> None:
    """As the interpreter itself does for -c, so that tracebacks show the lines."""
    if sys.version_info >= (3, 13):
        import linecache

        linecache._register_code('<string>', text, '<string>')
