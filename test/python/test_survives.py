"""Programs that end the interpreter's process where a recorder stands in its way: they come out as without one."""

import os
import subprocess
import sys
import tempfile
import textwrap
import unittest

import execorder

HOME = os.path.dirname(os.path.dirname(os.path.abspath(execorder.__file__)))


# What extensions in C do, in Python: 48 bytes into a type stands its deallocator. A deallocator in Python makes objects,
# and must not meet the collector: it would take the object that is ending, which still has its mark, for garbage.
DEALLOCATORS = textwrap.dedent('''
    import ctypes, gc
    gc.disable()
    take = ctypes.PYFUNCTYPE(None, ctypes.c_void_p)
    def deallocator(cls):
        return ctypes.c_void_p.from_address(id(cls) + 48)
''')


class Survives(unittest.TestCase):
    def check(self, source):
        with tempfile.TemporaryDirectory() as folder:
            program = os.path.join(folder, 'prog.py')
            with open(program, 'w') as file:
                file.write(textwrap.dedent(source))
            plain = self.run_it([program], folder)
            recorded = self.run_it(['-m', 'execorder', '-o', 'a.xrec', program], folder)
        self.assertEqual(plain[0], 0, plain[1])
        self.assertEqual(recorded, plain)

    def run_it(self, words, folder):
        done = subprocess.run(
            [sys.executable] + words, cwd=folder, env=dict(os.environ, PYTHONPATH=HOME), stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, universal_newlines=True, timeout=300)
        return done.returncode, done.stdout

    def test_long_chains_end_without_deep_recursion(self):
        self.check('''
            filtered = range(3)
            for _ in range(300000):
                filtered = filter(bool, filtered)
            print('made')
            del filtered
            error = ValueError('first')
            for i in range(300000):
                other = KeyError(i)
                other.__cause__ = error
                error = other
            del error, other
            print('gone')
        ''')

    def test_types_whose_deallocator_calls_that_of_their_base(self):
        self.check('''
            import ctypes, gc
            for _ in range(20):
                class Point(ctypes.Structure):
                    _fields_ = [('x', ctypes.c_int), ('y', ctypes.c_int)]
                class Either(ctypes.Union):
                    _fields_ = [('point', Point)]
                class Meta(type(ctypes.Structure)):
                    pass
                class Other(ctypes.Structure, metaclass=Meta):
                    _fields_ = [('x', ctypes.c_int)]
                made = [(Point * 3)(), ctypes.POINTER(Point), ctypes.CFUNCTYPE(None), Either(), Other()]
                del Point, Either, Meta, Other, made
                gc.collect()
            print('fine')
        ''')

    def test_a_static_type_that_inherits_the_deallocator_of_object_meanwhile(self):
        self.check(DEALLOCATORS + textwrap.dedent('''
            class Base:
                __slots__ = ()
            class Sub(Base):
                __slots__ = ('x',)
            first = object()
            own = deallocator(Sub).value
            deallocator(Base).value = deallocator(object).value
            called = []
            @take
            def deallocate(address):
                called.append(1)
                take(deallocator(Base).value)(address)
            deallocator(Sub).value = ctypes.cast(deallocate, ctypes.c_void_p).value
            for _ in range(3):
                made = Sub()
                made = None
            print(len(called))
            deallocator(Sub).value = deallocator(Base).value = own
        '''))

    def test_a_deallocator_that_was_copied_while_recording_works_later(self):
        done = self.run_it(['-c', DEALLOCATORS + textwrap.dedent('''
            import execorder
            kept = {'deallocator': deallocator}
            execorder.exec(
                'made = [OSError(), type(str(), (), {})]\\n'
                'error, cls = deallocator(OSError).value, deallocator(type).value', kept)
            assert kept['cls'] != deallocator(type).value and kept['error'] != deallocator(OSError).value
            called = []
            def calls(copied):
                @take
                def deallocate(address):
                    called.append(copied)
                    take(kept[copied])(address)
                return deallocate
            class Meta(type):
                pass
            class Error(OSError):
                __slots__ = ()
            deallocators = calls('cls'), calls('error')
            owns = [deallocator(Meta).value, deallocator(Error).value]
            for cls, function in zip((Meta, Error), deallocators):
                deallocator(cls).value = ctypes.cast(function, ctypes.c_void_p).value
            Meta('K', (), {})
            Error()
            gc.collect()
            print(called)
            deallocator(Meta).value, deallocator(Error).value = owns
        ''')], os.getcwd())
        self.assertEqual(done, (0, "['error', 'cls']\n"))

    @unittest.skipIf(sys.version_info < (3, 11), 'its functions begin with no instruction that copies free variables')
    def test_code_whose_table_of_lines_does_not_fit(self):
        self.check('''
            import dis
            from types import FunctionType

            def item(self, i):
                return 'item: %s' % super().__getitem__(i)

            def closure_of(__class__):
                return (lambda: __class__).__closure__

            class List(list):
                pass

            code = item.__code__
            start = bytes([dis.opmap['COPY_FREE_VARS'], 1])
            shifted = code.replace(co_freevars=('__class__',), co_code=start + code.co_code)
            List.__getitem__ = FunctionType(shifted, globals(), 'item', None, closure_of(List))
            print(List([1, 2, 3])[0])
        ''')


if __name__ == '__main__':
    unittest.main()
