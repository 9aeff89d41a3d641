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

Line = collections.namedtuple('Line', 'line function qualname state dicts classes')


class Oracle:
    """Everything that happened in one run of a program."""

    def __init__(self, file, module_name):
        self.file = file
        self.module_name = module_name
        self.lines = []
        self.events = collections.Counter()
        self.shared_nodes = {}
        self.namespaces = {}

    def run(self, code, program_globals):
        """Runs the code to its end; what it raises comes out of here."""
        threading.settrace(self.global_trace)
        sys.settrace(self.global_trace)
        try:
            exec(code, program_globals)
        finally:
            sys.settrace(None)
            threading.settrace(None)

    def global_trace(self, frame, event, _argument):
        if frame.f_code.co_filename != self.file:
            return None
        self.count('call', frame)
        if KEEPS_NAMESPACE and not frame.f_code.co_flags & OPTIMIZED:
            self.namespaces[frame] = frame.f_locals
        return self.local_trace

    def local_trace(self, frame, event, _argument):
        if event == 'line':
            self.lines.append(self.observe(frame))
        else:
            self.count(event, frame)
        return self.local_trace

    def count(self, event, frame):
        self.events[(event, qualified_name(frame.f_code))] += 1

    def observe(self, frame):
        code = frame.f_code
        local_variables = self.namespaces[frame] if frame in self.namespaces else frame.f_locals
        variables = dict(visible(frame.f_globals))
        variables.update(visible(local_variables))
        dicts = None
        if len(self.lines) % DICTS_EVERY == 0:
            dicts = self.share(canonical_dicts(frame.f_globals, local_variables))
        return Line(
            frame.f_lineno, code.co_name, qualified_name(code),
            self.share(canonical(variables, program_module=self.module_name)), dicts,
            self.share(class_data(variables, self.module_name)),
        )

    def share(self, nodes):
        """Equal nodes of different steps are kept once."""
        shared = self.shared_nodes
        return tuple([shared.setdefault(node, node) for node in nodes])


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
