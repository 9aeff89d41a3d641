"""Importing execorder changes nothing in the interpreter, and after a recording all is as it was before the first one."""

import os
import subprocess
import sys
import tempfile
import unittest

IMPORT = '''
import builtins, gc, signal, sys, threading, warnings

def looks():
    return {
        'builtins': dict(vars(builtins)),
        'hooks': (sys.excepthook, sys.displayhook, getattr(threading, 'excepthook', None)),
        'tracing': (sys.gettrace(), sys.getprofile(), threading._trace_hook, threading._profile_hook),
        'tools': [sys.monitoring.get_tool(n) for n in range(6)] if hasattr(sys, 'monitoring') else 0,
        'collector': (gc.isenabled(), gc.get_threshold(), gc.callbacks[:]), 'streams': (sys.stdin, sys.stdout, sys.stderr),
        'importing': (sys.path[:], sys.meta_path[:], sys.path_hooks[:]), 'argv': sys.argv[:],
        'limits': (sys.getrecursionlimit(), sys.getswitchinterval()), 'warnings': warnings.filters[:],
        'signals': [signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM)], 'threads': threading.active_count(),
    }

before, modules = looks(), set(sys.modules)
import execorder
assert looks() == before, 'import'
new = {name for name in set(sys.modules) - modules if not name.startswith('execorder')}
print(sorted(new))
execorder.exec('x = [1]; x.append(2)')
after = looks()
assert {name: after[name] for name in before if after[name] != before[name]} == {}, 'recording'
'''

# Reads the memory of the types themselves: each pointer in them and in their suites, and the functions that the
# descriptors of their methods lead to.
SLOTS = '''
import array, bisect, collections, ctypes, heapq, io, operator, types

WORD = ctypes.sizeof(ctypes.c_void_p)

def words(address, count):
    return tuple((ctypes.c_size_t * count).from_address(address))

# tp_dealloc … tp_is_gc, without what caches and the interpreter itself change (tp_dict, subclasses, version).
FIXED = [6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 22, 23, 24, 25, 27, 28, 29, 30, 31, 34, 35, 36, 37, 38, 39]
SUITES = {12: 36, 13: 10, 14: 3}  # numbers, sequences, mappings

def slots(kind):
    head = words(id(kind), 40)
    found = [head[n] for n in FIXED]
    for at, count in SUITES.items():
        if head[at]:
            found.append(words(head[at], count))
    return tuple(found)

def descriptors(kind):
    found = {}
    for name, value in vars(kind).items():
        if type(value) is types.WrapperDescriptorType:
            found[name] = id(value), words(id(value), 7)[5:]
        elif type(value) in (types.MethodDescriptorType, types.GetSetDescriptorType):
            definition = words(id(value), 6)[5]
            found[name] = id(value), words(definition, 4)
    return found

KINDS = [
    list, dict, set, frozenset, tuple, bytearray, object, type, BaseException, collections.deque, collections.OrderedDict,
    collections.defaultdict, array.array, memoryview, types.FunctionType, type(iter([])), types.GeneratorType,
    types.MethodType, type(len), io.BytesIO, types.ModuleType, type(operator.itemgetter(0)),
    type((lambda x: lambda: x)(0).__closure__[0]),
]

class Plain:
    def __init__(self): self.x = 1

class Slotted:
    __slots__ = ('y',)

KINDS += [Plain, Slotted, collections.Counter]
FUNCTIONS = [heapq.heappush, heapq.heappop, heapq.heapify, bisect.insort, print]

def looks():
    for action in ('Plain().x', 'list.append([], 1)', '{}.update(a=1)', 'Plain().__dict__', 'setattr(Slotted(), "y", 1)'):
        eval(action)  # fills caches
    return {kind.__name__: (slots(kind), descriptors(kind)) for kind in KINDS}, [
        (id(f), words(words(id(f), 3)[2], 4)) for f in FUNCTIONS]

import execorder
execorder.exec
before = looks()
for _ in range(2):
    recording = execorder.exec("""
import array, collections, heapq, bisect
class Thing:
    __slots__ = ('a', '__dict__')
thing = Thing()
thing.a = [1]
thing.b = collections.deque([1])
values = [{}, set(), bytearray(b'a'), array.array('i', [1]), collections.OrderedDict(a=1), collections.defaultdict(list)]
values.append(values)
values[0]['x'] = thing.__dict__
memoryview(values[2])[0] = 2
heapq.heapify([2, 1]); bisect.insort(thing.a, 0)
try:
    1 / 0
except ZeroDivisionError as error:
    thing.error = error
print(end='')
""")
    assert recording.stopped_by == 'end', recording.error
    recording.state(recording.steps() - 1)
    del recording
during = []
execorder.exec('x = 1', callback=lambda recording: during.append(looks()))
changed = [name for name in before[0] if during[0][0][name] != before[0][name]]
assert {'list', 'set', 'object', 'type'} <= set(changed), changed  # so these are the places to look at
after = looks()
for name in before[0]:
    assert after[0][name][0] == before[0][name][0], ('slots of', name)
    assert after[0][name][1] == before[0][name][1], ('methods of', name, [
        (key, value, after[0][name][1].get(key)) for key, value in before[0][name][1].items()
        if after[0][name][1].get(key) != value])
assert before[1] == after[1], 'functions'
'''


class Untouched(unittest.TestCase):
    def test_importing_and_having_recorded_change_nothing_that_a_program_sees(self):
        done = self.run_code(IMPORT)
        self.assertEqual((done.returncode, done.stderr), (0, ''))

    def test_after_a_recording_the_types_are_as_before_the_first(self):
        done = self.run_code(SLOTS)
        self.assertEqual((done.returncode, done.stderr), (0, ''))

    def test_the_interpreters_own_checks_find_nothing(self):
        program = "import collections\nd = {}\nfor i in range(9):\n    d[i] = [d]\nprint(len(d))\n"
        plain = self.run_code(program, '-X', 'dev')
        recorded = subprocess.run(
            [sys.executable, '-X', 'dev', '-m', 'execorder', '-o', self.recording(), '-c', program],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
        self.assertEqual((recorded.returncode, recorded.stdout, recorded.stderr), (0, plain.stdout, plain.stderr))
        done = self.run_code(SLOTS, '-X', 'dev')
        self.assertEqual((done.returncode, done.stderr), (0, ''))

    def recording(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        return os.path.join(folder.name, 'a.xrec')

    def run_code(self, code, *options):
        return subprocess.run(
            [sys.executable, *options, '-c', code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)


if __name__ == '__main__':
    unittest.main()
