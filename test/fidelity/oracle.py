"""The truth: runs a program under a plain ``sys.settrace`` tracer and writes down its whole state at every line.

It shares no code and no idea with the recorder: it stops at each ``line`` event of the program's own file, reads
``f_globals`` overlaid with ``f_locals``, and keeps the canonical form of everything that can be reached from there.
"""

import collections
import sys
import threading

from canonical import canonical, class_data

#: Every how many line steps the globals and locals are compared apart from each other too.
DICTS_EVERY = 5

#: Reading ``f_locals`` of a module or class on 3.12 in the middle of an inlined comprehension sets the comprehension's
#: variables to None when the tracer returns. So it is read once, when the frame starts: it is one dict for good.
KEEPS_NAMESPACE = sys.version_info < (3, 13)
OPTIMIZED = 0x1  # CO_OPTIMIZED: the variables are in slots

#: ``repeated``: the frame was at this very line at its previous line event; only a jump back on a line of its own
#: (``while n: n -= 1``, a comprehension on one line) brings that about.
Line = collections.namedtuple('Line', 'line function qualname repeated state dicts classes')


class Oracle:
    """Everything that happened in one run of a program."""

    def __init__(self, file, module_name, interval=1):
        self.file = file
        self.interval = interval
        self.module_name = module_name
        self.lines = []
        self.events = collections.Counter()
        self.shared_nodes = {}

    def run(self, code, program_globals):
        """Runs the code to its end; what it raises comes out of here."""
        threading.settrace(self.trace)
        sys.settrace(self.trace)
        try:
            exec(code, program_globals)
        finally:
            sys.settrace(None)
            threading.settrace(None)

    def trace(self, frame, _event, _argument):
        """A frame starts, or goes on after a yield."""
        if frame.f_code.co_filename != self.file:
            return None
        self.count('call', frame)
        if type(frame.f_trace) is FrameTrace:
            return frame.f_trace
        return FrameTrace(self, frame)

    def count(self, event, frame):
        self.events[(event, qualified_name(frame.f_code))] += 1

    def observe(self, frame, local_variables, repeated):
        """The frame is about to run a line."""
        code = frame.f_code
        place = (frame.f_lineno, code.co_name, qualified_name(code), repeated)
        if len(self.lines) % self.interval:
            self.lines.append(Line(*place, None, None, None))
            return
        variables = dict(visible(frame.f_globals))
        variables.update(visible(local_variables))
        dicts = None
        if len(self.lines) // self.interval % DICTS_EVERY == 0:
            dicts = self.share(canonical_dicts(frame.f_globals, local_variables))
        self.lines.append(Line(
            *place,
            self.share(canonical(variables, program_module=self.module_name)), dicts,
            self.share(class_data(variables, self.module_name)),
        ))

    def share(self, nodes):
        """Equal nodes of different steps are kept once."""
        shared = self.shared_nodes
        return tuple([shared.setdefault(node, node) for node in nodes])


class FrameTrace:
    """The trace function of one frame. It belongs to the frame, so it keeps nothing alive."""

    def __init__(self, oracle, frame):
        self.oracle = oracle
        self.namespace = None
        self.last_line = None
        self.raised = False
        if KEEPS_NAMESPACE and not frame.f_code.co_flags & OPTIMIZED:
            self.namespace = frame.f_locals

    def __call__(self, frame, event, argument):
        if event == 'line':
            repeated = frame.f_lineno == self.last_line
            self.last_line = frame.f_lineno
            self.oracle.observe(frame, self.local_variables(frame), repeated)
        else:
            self.oracle.count(event, frame)
            if event == 'return' and self.raised and argument is None:
                self.oracle.count('left by an exception, perhaps', frame)
            self.raised = self.raised or event == 'exception'
        return self

    def local_variables(self, frame):
        """In the middle of an inlined comprehension in a class body, ``f_locals`` of 3.13 also shows the body's free
        variables, which it does not at any other line."""
        found = frame.f_locals if self.namespace is None else self.namespace
        if frame.f_code.co_flags & OPTIMIZED:
            return variables_of(frame.f_code, found)
        if not frame.f_code.co_freevars or type(found) is dict:
            return found
        return {name: value for name, value in found.items() if name not in frame.f_code.co_freevars}


def variables_of(code, found):
    """``f_locals`` of a function also holds what ``exec`` or a debugger has put there, which its code never sees."""
    names = set(code.co_varnames + code.co_cellvars + code.co_freevars)
    return {name: value for name, value in found.items() if name in names}


def qualified_name(code):
    """The code's qualified name, where the interpreter keeps it (3.11)."""
    return getattr(code, 'co_qualname', code.co_name)


def visible(variables):
    """The items of a namespace but for the interpreter's own ``__builtins__``."""
    return [(name, value) for name, value in variables.items() if name != '__builtins__']


def canonical_dicts(global_variables, local_variables, foreign=None):
    """Globals and locals apart: a state of two groups of variables."""
    variables = {'globals ' + name: value for name, value in visible(global_variables)}
    variables.update(('locals ' + name, value) for name, value in visible(local_variables))
    return canonical(variables, foreign)
