"""What state() gives back: real objects, made without running the program's code."""

import collections
import enum
import os
import re
import tempfile
import unittest

import execorder


def last_state(code, **names):
    return execorder.exec(code + '\nend = 0', names or None).state(-1)


def opened_state(code):
    """The last state of the recording as another process sees it."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'a.xrec')
        execorder.exec(code + '\nend = 0', path=path).close()
        with execorder.open(path) as recording:
            return recording.state(-1)


class Scalars(unittest.TestCase):
    def test_scalars_are_themselves(self):
        values = {
            'none': None, 'yes': True, 'no': False, 'dots': ..., 'small': -5, 'big': 2 ** 200, 'negative': -2 ** 64,
            'real': 1.5, 'infinite': float('-inf'), 'complex': 1 - 2j, 'text': 'h\u00e9llo \U0001f600',
            'surrogate': '\ud800', 'bytes': b'\x00\xff', 'empty': '', 'long': 'x' * 100_000,
        }
        code = '\n'.join('%s = %s' % (name, 'float("-inf")' if name == 'infinite' else ascii(value).replace(
            'Ellipsis', '...')) for name, value in values.items())
        state = last_state(code)
        del state['end']
        self.assertEqual(state, values)
        self.assertEqual({name: type(value) for name, value in state.items()},
                         {name: type(value) for name, value in values.items()})


class Containers(unittest.TestCase):
    def test_containers_are_rebuilt(self):
        state = last_state('''
items = [1, (2, [3]), {4: {5}}, frozenset({6, (7, 8)})]
''')
        self.assertEqual(state['items'], [1, (2, [3]), {4: {5}}, frozenset({6, (7, 8)})])

    def test_aliases_survive_across_the_whole_state(self):
        state = last_state('a = []\nb = [a, a]\nc = {"a": a}')
        self.assertIs(state['b'][0], state['a'])
        self.assertIs(state['b'][1], state['c']['a'])

    def test_cycles_survive(self):
        state = last_state('a = []\na.append(a)\nd = {}\nd["self"] = d\nt = ([],)\nt[0].append(t)')
        self.assertIs(state['a'][0], state['a'])
        self.assertIs(state['d']['self'], state['d'])
        self.assertIs(state['t'][0][0], state['t'])

    def test_nesting_of_any_depth_is_rebuilt(self):
        state = last_state('''
a, t = [], ()
for i in range(20000):
    a = [a]
    t = (t,)
''')
        for name in ('a', 't'):
            depth, inner = 0, state[name]
            while inner:
                inner, depth = inner[0], depth + 1
            self.assertEqual(depth, 20000)
            while state[name]:  # taken apart bit by bit: freeing it would recurse
                state[name] = state[name][0]

    def test_dicts_keep_their_order(self):
        state = last_state('d = {"b": 1, "a": 2}\nd["c"] = 3\ndel d["b"]\nd["b"] = 4')
        self.assertEqual(list(state['d'].items()), [('a', 2), ('c', 3), ('b', 4)])

    def test_subclasses_of_containers_are_rebuilt(self):
        state = last_state('''
from collections import Counter, defaultdict, namedtuple
class Stack(list): pass
class Names(dict): pass
Point = namedtuple("Point", "x y")
stack = Stack([1, 2])
stack.label = "s"
names = Names(a=1)
point = Point(1, 2)
groups = defaultdict(list, a=[1])
counts = Counter("aab")
''')
        self.assertEqual((state['stack'], state['stack'].label, type(state['stack']).__name__), ([1, 2], 's', 'Stack'))
        self.assertEqual((state['names'], type(state['names']).__name__), ({'a': 1}, 'Names'))
        self.assertEqual((state['point'].x, state['point'].y), (1, 2))
        self.assertEqual(state['groups'], {'a': [1]})
        self.assertEqual(state['counts'], collections.Counter('aab'))


class Instances(unittest.TestCase):
    def test_instances_have_their_class_and_attributes(self):
        state = last_state('''
class Account:
    def __init__(self):
        self.balance = 5
        self.log = []
    def double(self):
        return self.balance * 2
account = Account()
''')
        account = state['account']
        self.assertEqual(vars(account), {'balance': 5, 'log': []})
        self.assertIsInstance(account, state['Account'])
        self.assertEqual(account.double(), 10)

    def test_classes_and_functions_that_are_gone_are_not_taken_for_others_of_their_name(self):
        recording = execorder.exec('''
all_of = []
for n in range(2):
    def work(): return n
    class Kind: pass
    all_of.append((work, Kind(), len))
seen = 1
all_of.clear()
end = 1
''')
        first, second = recording.state(recording.visits(8)[0])['all_of']
        self.assertIsNot(first[0], second[0])
        self.assertIsNot(type(first[1]), type(second[1]))
        self.assertIs(second[0], recording.state(-1)['work'])
        self.assertIs(type(second[1]), recording.state(-1)['Kind'])
        self.assertIs(first[2], len)

    def test_making_copies_runs_no_code_of_the_class(self):
        recording = execorder.exec('''
ran = []
class Loud:
    def __new__(cls): return object.__new__(cls)
    def __init__(self):
        object.__setattr__(self, "x", 1)
    def __setattr__(self, name, value): ran.append("set")
    def __getattribute__(self, name):
        ran.append("get")
        return object.__getattribute__(self, name)
    def __del__(self): ran.append("del")
    def __repr__(self): ran.append("repr")
loud = Loud()
end = 0
''')
        ran = recording._states._living._home['ran']
        loud = recording.state(-1)['loud']
        self.assertEqual(ran, [])
        self.assertEqual(object.__getattribute__(loud, 'x'), 1)

    def test_looking_for_what_has_gone_asks_no_object_for_its_class(self):
        asked = []
        recording = execorder.exec('''
import weakref
class Odd:
    @property
    def __class__(self):
        asked.append(self)
        return int
class Short: pass
odd, short = Odd(), Short()
dead = weakref.proxy(short)
del short
def gone(): pass
kept = [gone]
del gone
kept.clear()
''', {'asked': asked})
        for step in recording:
            recording.state(step.step)
        self.assertEqual(asked, [])

    def test_slots_are_set(self):
        state = last_state('''
class Pair:
    __slots__ = ("left", "__right", "unset")
    def __init__(self):
        self.left = 1
        self.__right = 2
class Triple(Pair):
    pass
pair = Pair()
triple = Triple()
triple.more = 3
''')
        self.assertEqual((state['pair'].left, state['pair']._Pair__right), (1, 2))
        self.assertFalse(hasattr(state['pair'], 'unset'))
        self.assertEqual((state['triple'].left, state['triple'].more), (1, 3))

    def test_a_dict_taken_from_an_instance_is_still_its_dict(self):
        state = last_state('class C: pass\nc = C()\nc.x = 1\nd = c.__dict__\nd["y"] = 2')
        self.assertIs(vars(state['c']), state['d'])
        self.assertEqual(state['d'], {'x': 1, 'y': 2})

    def test_exceptions_are_rebuilt(self):
        state = last_state('''
class Mine(ValueError):
    pass
try:
    raise Mine("no", 3)
except Mine as error:
    kept = error
    kept.extra = [1]
missing = FileNotFoundError(2, "No such file")
''')
        self.assertEqual((type(state['kept']).__name__, state['kept'].args, state['kept'].extra), ('Mine', ('no', 3), [1]))
        self.assertEqual(str(state['missing']), '[Errno 2] No such file')

    def test_subclasses_of_scalars_are_rebuilt(self):
        state = last_state('class Metres(float): pass\nclass Name(str): pass\nm = Metres(1.5)\nn = Name("x")')
        self.assertEqual((state['m'], type(state['m']).__name__), (1.5, 'Metres'))
        self.assertEqual((state['n'], type(state['n']).__name__), ('x', 'Name'))

    def test_members_of_an_enum_are_the_members(self):
        state = last_state('import enum\nclass Colour(enum.Enum):\n    RED = 1\nred = Colour.RED')
        self.assertIs(state['red'], state['Colour'].RED)
        self.assertIsInstance(state['red'], enum.Enum)

    def test_objects_that_hash_by_their_attributes_are_keys(self):
        state = last_state('''
class Key:
    def __init__(self, name): self.name = name
    def __hash__(self): return hash(self.name)
    def __eq__(self, other): return self.name == other.name
d = {Key("a"): 1, (Key("b"), 2): 3}
s = {Key("a"), Key("b")}
f = frozenset({Key("c")})
key = Key
''')
        Key = state['key']
        self.assertEqual(state['d'][Key('a')], 1)
        self.assertEqual(state['d'][(Key('b'), 2)], 3)
        self.assertEqual(state['s'], {Key('a'), Key('b')})
        self.assertIn(Key('c'), state['f'])

    def test_an_opaque_stands_for_a_moment_whose_time_zone_fails_now(self):
        code = '''
import datetime
class Zone(datetime.tzinfo):
    def utcoffset(self, moment):
        return datetime.timedelta(hours=1)
noon = datetime.datetime(2000, 1, 1, 12, tzinfo=Zone())
keys = {noon: 1, noon.timetz(): 2}
both = {noon}
'''
        opened = opened_state(code)
        self.assertEqual([type(key) for key in opened['keys']], [execorder.Opaque] * 2)
        self.assertEqual(list(opened['keys'].values()), [1, 2])
        self.assertEqual(last_state(code)['keys'][last_state(code)['noon']], 1)

    def test_an_opaque_stands_for_a_key_whose_hash_fails_now(self):
        state = last_state('''
fails = []
class Key:
    def __hash__(self): return 1 // (1 - len(fails))
k = Key()
d = {1: 2, k: 3, (k,): 4}
s = {k, 5}
f = frozenset([k, 6])
key = Key
fails.append(1)
''')
        self.assertEqual(list(state['d'].values()), [2, 3, 4])
        self.assertEqual(list(map(repr, state['d'])), ['1', '<Opaque Key>', '<Opaque tuple>'])
        self.assertEqual(sorted(map(repr, state['s'])), ['5', '<Opaque Key>'])
        self.assertEqual(sorted(map(repr, state['f'])), ['6', '<Opaque Key>'])

    def test_cells_are_rebuilt(self):
        state = last_state('''
def outer():
    x = [1]
    def inner(): return x
    return inner
cell = outer().__closure__[0]
''')
        self.assertEqual(state['cell'].cell_contents, [1])


class Living(unittest.TestCase):
    def test_functions_classes_and_modules_come_back_as_themselves(self):
        names = {}
        recording = execorder.exec('import math\ndef f(): pass\nclass C: pass\nsize = len\nend = 0', names)
        state = recording.state(-1)
        for name in ('math', 'f', 'C'):
            self.assertIs(state[name], names[name])
        self.assertIs(state['size'], len)

    def test_what_can_not_be_rebuilt_is_opaque(self):
        state = last_state('g = (i for i in [])\nm = [].append\no = object')
        self.assertIsInstance(state['g'], execorder.Opaque)
        self.assertEqual(state['g'].type_name, 'generator')
        self.assertIs(state['o'], object)

    def test_the_builtins_of_dicts_are_the_living_ones(self):
        recording = execorder.exec('x = 1')
        self.assertIn('__builtins__', recording.dicts(-1)[0])


class StandIns(unittest.TestCase):
    """A recording without its program."""

    def test_instances_are_stand_ins_with_the_recorded_attributes(self):
        state = opened_state('class Account:\n    rate = 2\n    def f(self): pass\na = Account()\na.x = [a]')
        account = state['a']
        self.assertIs(account.x[0], account)
        self.assertIs(type(account), state['Account'])
        self.assertEqual((type(account).__name__, type(account).rate), ('Account', 2))
        self.assertEqual(repr(account), '<Account with x>')

    def test_tuples_of_c_have_what_they_hold_besides_their_items(self):
        state = opened_state(
            'import os, time\n'
            'epoch = time.gmtime(0)\n'
            "place = os.stat_result(range(10), {'st_mtime_ns': 77})"
        )
        self.assertEqual((state['epoch'].tm_year, state['epoch'].tm_zone, state['epoch'].tm_gmtoff), (1970, 'GMT', 0))
        self.assertEqual((state['place'].st_size, state['place'].st_mtime_ns), (6, 77))

    def test_hierarchies_survive(self):
        state = opened_state('class A: pass\nclass B(A, list): pass\nb = B([1])\nclass E(KeyError): pass\ne = E("k")')
        self.assertIsInstance(state['b'], state['A'])
        self.assertEqual(state['b'], [1])
        self.assertIsInstance(state['e'], KeyError)
        self.assertEqual(state['e'].args, ('k',))

    def test_functions_are_opaque(self):
        state = opened_state('def f(): pass\nimport math')
        self.assertIsInstance(state['f'], execorder.Opaque)
        self.assertEqual((state['f'].type_name, state['f'].qualname), ('function', 'f'))
        self.assertEqual((state['math'].type_name, state['math'].qualname), ('module', 'math'))

    def test_stand_ins_hash_by_identity(self):
        state = opened_state('''
class Key:
    def __hash__(self): return 1
    def __eq__(self, other): return True
k = Key()
d = {k: 1}
s = {k}
''')
        self.assertEqual(state['d'][state['k']], 1)
        self.assertIn(state['k'], state['s'])

    def test_stand_ins_of_lists_and_dicts_hash_by_identity_where_the_class_says_how(self):
        state = opened_state('''
class Key(list):
    def __hash__(self): return 1
class Sub(Key): pass
class Names(dict):
    def __hash__(self): return 2
keys = [Key([1]), Sub([2]), Names()]
d = dict.fromkeys(keys, 1)
s = set(keys)
''')
        self.assertEqual([state['d'][key] for key in state['keys']], [1, 1, 1])
        self.assertEqual(len(state['s'].intersection(state['keys'])), 3)

    def test_nothing_of_the_recording_is_imported_or_run(self):
        state = opened_state('import collections\nd = collections.OrderedDict(a=1)\nimport re\np = re.compile("x")')
        self.assertIsNot(type(state['p']), re.Pattern)
        self.assertEqual(state['p'].pattern, 'x')


if __name__ == '__main__':
    unittest.main()
