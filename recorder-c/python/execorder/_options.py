"""The command line of `python -m execorder`."""

from __future__ import annotations

import os
import sys

from execorder._sizes import size_bytes

USAGE = '''usage: python -m execorder [options] script.py | -m module | -c code [args ...]
       python -m execorder --open FILE [--step N]
       python -m execorder --attach PID [-o FILE] [--time-limit S]

Runs a program as python does and records it; the recording opens with execorder.open() and in editors.
With --open, shows a step of a recording and lets you look around.

options:
  -o, --output FILE   where to keep the recording (default: the program's name with .xrec, in this folder)
  --max-steps N       stop the program after N steps
  --max-size SIZE     keep only the newest part, in a file no larger than this, for instance 200MB
  --time-limit S      stop the program after S seconds
  --redact NAMES      leave out the values of variables, keys and attributes whose names match this regular expression
  --all-code          record the standard library and installed packages step by step, too
  --library FOLDER    treat code in this folder as library code (may be given several times)
  --include PATTERN   record files that fit step by step, too: * and ? stay inside a folder, ** crosses folders;
                      a pattern that is not absolute starts in this folder
  --exclude PATTERN   leave out files that fit; of all these patterns, the first that fits a file decides
  --listen [HOST:]PORT
                      let debuggers attach to this port; of this machine only, unless HOST says otherwise
  --wait              with --listen: begin when a debugger says so
  --no-children       leave the processes that the program starts unrecorded
  --control PORT      let a debugger that listens on this port of 127.0.0.1 control the program
  --open FILE         show a recording instead of making one
  --step N            the step to show (default: where the program failed, else the last one)
  --attach PID        record a process that runs already and has called execorder.allow_attach()
  --version           print the version and end
  -h, --help          print this and end
'''


class UsageError(Exception):
    """The command line makes no sense; the text says what to write instead."""


class Options:
    """What the command line asks for. `kind` is 'script', 'module', 'code' or 'open'; `target` the path, name or
    text."""

    def __init__(self) -> None:
        self.kind = ''
        self.target = ''
        self.arguments = []
        self.output = None
        self.max_steps = 0
        self.max_size = None  # bytes
        self.time_limit = None
        self.redact = None  # an expression of names
        self.all_code = False
        self.library = []
        self.rules = []  # (pattern, whether files that fit are recorded)
        self.control = None
        self.step = None
        self.listen = None  # (host, port)
        self.wait = False
        self.children = True
        self.parent = None  # 'PID:STEP:PATH' of the process that started this one, which is recorded as well
        self.typed = None  # how -c or -m was written, where that was not by itself
        self.inherited = []  # the words that hold for children, too

    @property
    def name(self) -> str:
        """The program's name, for the name of the recording."""
        if self.kind == 'script':
            return os.path.splitext(os.path.basename(os.path.abspath(self.target)))[0]
        return self.target if self.kind == 'module' else 'code'

    @property
    def recording(self) -> str:
        """The absolute path of the recording's file."""
        if self.parent is not None:
            from execorder._children import child_path

            return child_path(self.parent.split(':', 2)[2], os.getpid())
        return os.path.abspath(self.output if self.output is not None else self.name + '.xrec')


def parse(words: list) -> Options:
    """Reads the words after `python -m execorder`. Raises UsageError, or SystemExit for --help and --version."""
    options, words = Options(), list(words)
    while words and words[0].startswith('-') and words[0] not in ('-m', '-c', '-'):
        word = words.pop(0)
        if word == '--':
            break
        name, equals, value = word.partition('=') if word.startswith('--') else (word, '', '')
        _read_option(options, name, [value] + words if equals else words, bool(equals))
    if options.kind not in ('open', 'attach'):
        _read_program(options, words)
    elif words:
        raise UsageError('with --%s, nothing is run: leave %r out' % (options.kind, words[0]))
    return options


def _read_option(options: Options, name: str, words: list, inline: bool) -> None:
    if name in _FLAGS and not inline:
        _FLAGS[name](options)
        options.inherited += [name] if name in _INHERITED else []
        return
    if name not in _VALUES:
        raise UsageError('there is no option %s; see python -m execorder --help' % name)
    if not words:
        raise UsageError('%s needs a value; see python -m execorder --help' % name)
    value = words.pop(0)
    _VALUES[name](options, value)
    options.inherited += [name, _whole_path(name, value)] if name in _INHERITED else []


def _whole_path(name: str, value: str) -> str:
    """A child may run in another folder."""
    if name in ('--include', '--exclude'):
        return _whole_pattern(value)
    return os.path.abspath(value) if name == '--library' else value


def _read_program(options: Options, words: list) -> None:
    if not words:
        raise UsageError('say what to run: a script, -m module or -c code; see python -m execorder --help')
    kinds = {'-m': 'module', '-c': 'code'}
    options.kind = kinds.get(words[0], 'script')
    if options.kind != 'script':
        if len(words) < 2:
            raise UsageError('%s needs a value; see python -m execorder --help' % words[0])
        del words[0]
    options.target = words[0]
    options.arguments = words[1:]


def _set_output(options: Options, value: str) -> None:
    options.output = value


def _set_max_steps(options: Options, value: str) -> None:
    options.max_steps = _number(value, int, '--max-steps needs a whole number above 0')


def _set_max_size(options: Options, value: str) -> None:
    try:
        options.max_size = size_bytes(value)
    except ValueError as error:
        raise UsageError('--max-size: %s' % error) from None


def _set_redact(options: Options, value: str) -> None:
    from execorder import _native

    try:
        _native.redactor(value)
    except ValueError as error:
        raise UsageError('--redact: %s' % error) from None
    options.redact = value


def _set_time_limit(options: Options, value: str) -> None:
    options.time_limit = _number(value, float, '--time-limit needs a number of seconds above 0')


def _set_control(options: Options, value: str) -> None:
    options.control = _number(value, int, '--control needs the number of a port')


def _set_attach(options: Options, value: str) -> None:
    options.kind, options.target = 'attach', str(_number(value, int, '--attach needs the number of a process'))


def _set_open(options: Options, value: str) -> None:
    options.kind, options.target = 'open', value


def _set_step(options: Options, value: str) -> None:
    try:
        options.step = int(value)
    except ValueError:
        raise UsageError('--step needs the number of a step, and %r is none' % value) from None


def _set_listen(options: Options, value: str) -> None:
    from execorder._listener import address_of

    try:
        options.listen = address_of(value)
    except ValueError:
        raise UsageError('--listen needs PORT or HOST:PORT, and %r is neither' % value) from None


def _set_parent(options: Options, value: str) -> None:
    options.parent = value


def _set_typed(options: Options, value: str) -> None:
    options.typed = value


def _set_no_children(options: Options) -> None:
    options.children = False


def _set_wait(options: Options) -> None:
    options.wait = True


def _set_all_code(options: Options) -> None:
    options.all_code = True


def _add_library(options: Options, value: str) -> None:
    options.library.append(value)


def _include(options: Options, value: str) -> None:
    options.rules.append((_whole_pattern(value), True))


def _exclude(options: Options, value: str) -> None:
    options.rules.append((_whole_pattern(value), False))


def _whole_pattern(pattern: str) -> str:
    return pattern if pattern.startswith('**') else os.path.abspath(pattern)


def _number(value: str, kind: type, complaint: str):
    try:
        number = kind(value)
    except ValueError:
        number = 0
    if not 0 < number < float('inf'):
        raise UsageError('%s, and %r is none' % (complaint, value))
    return number


def _print_help(_: Options) -> None:
    sys.stdout.write(USAGE)
    raise SystemExit(0)


def _print_version(_: Options) -> None:
    import execorder

    sys.stdout.write('execorder %s\n' % execorder.__version__)
    raise SystemExit(0)


_FLAGS = {
    '--all-code': _set_all_code,
    '--help': _print_help,
    '-h': _print_help,
    '--version': _print_version,
    '--no-children': _set_no_children,
    '--wait': _set_wait,
}
_VALUES = {
    '-o': _set_output,
    '--output': _set_output,
    '--max-steps': _set_max_steps,
    '--max-size': _set_max_size,
    '--time-limit': _set_time_limit,
    '--redact': _set_redact,
    '--library': _add_library,
    '--include': _include,
    '--exclude': _exclude,
    '--control': _set_control,
    '--attach': _set_attach,
    '--open': _set_open,
    '--step': _set_step,
    '--listen': _set_listen,
    '--parent': _set_parent,
    '--typed': _set_typed,
}
_INHERITED = ('--all-code', '--max-steps', '--max-size', '--redact', '--library', '--include', '--exclude')
