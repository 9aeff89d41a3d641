"""Types that are younger than the recording: modules in C that the program loads while it is recorded."""

import os
import subprocess
import sys
import unittest

PROGRAM = '''
import sys
import execorder
assert '_ast' not in sys.modules
with execorder.exec("""
import ast
node = ast.Name('a', ast.Load())
node.id = 'b'
node.__dict__['c'] = 1
vars(node).update(d=[node])
del node.c
end = True
""") as recording:
    copy = recording.state(recording.steps() - 1)['node']
assert type(copy).__name__ == 'Name' and list(vars(copy)) == ['id', 'ctx', 'd'], vars(copy)
assert copy.id == 'b' and copy.d == [copy]
import ast
node = ast.Name('a', ast.Load())
node.e = 1
assert node.e == 1 and repr(ast.AST.__setattr__).startswith('<slot wrapper')
print('right')
'''


class YoungTypes(unittest.TestCase):
    def test_attributes_are_seen_of_types_that_the_program_loads(self):
        result = subprocess.run(
            [sys.executable, '-S', '-c', PROGRAM], env=dict(os.environ), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            universal_newlines=True)
        self.assertEqual(result.stdout, 'right\n')


if __name__ == '__main__':
    unittest.main()
