"""The type hints of the package, as a user's strict type checker sees them."""

import os
import subprocess
import sys
import tempfile
import unittest

from packages import packages

USER = '''
from typing import Any, Dict, List, Mapping, Optional
import execorder
from execorder import Change, Excerpt, Frame, Raised, Recording, Step, Thread

recording: Recording = execorder.exec('x = 1', {}, max_steps=10, time_limit=1.5, callback=lambda r: r.steps() < 5)
names: Dict[str, Any] = recording.state(0)
step: Step = recording[0]
steps: List[Step] = recording[1:]
line: int = recording.line(step)
change: Change = recording.last_write(-1, 'x')
changes: List[Change] = recording.history('x', step, function=None)
before: Any = changes[0].before
seen: int = change.seen
frames: List[Frame] = recording.stack(change)
raised: List[Raised] = recording.exceptions()
error: BaseException = raised[0].error
ending: Optional[BaseException] = recording.error
stopped_by: Optional[str] = recording.stopped_by
thread: Thread = recording.thread(-1)
table: Excerpt = recording.around(-1, steps=5)
text: str = recording.output(stream='stdout')

def condition(state: Mapping[str, Any]) -> bool:
    return bool(state['x'] > 1)

found: Optional[int] = recording.find(condition) or recording.find('x > 1', 0, stop=5)
numbers: List[int] = [each.step for each in recording]
with execorder.open('a.xrec') as opened:
    opened.save('b.xrec')
'''

MISTAKES = '''
import execorder
execorder.exec(5)
execorder.exec('x = 1').state('a')
execorder.exec('x = 1').last_write(-1)
'''


@unittest.skipIf(sys.version_info < (3, 13), 'checked with the newest interpreter only')
class Types(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.packages = packages('mypy')
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)

    def check(self, text):
        path = os.path.join(self.folder.name, 'user.py')
        with open(path, 'w') as file:
            file.write(text)
        import execorder

        home = os.path.dirname(os.path.dirname(execorder.__file__))
        return subprocess.run(
            [sys.executable, '-m', 'mypy', '--strict', '--follow-imports=silent', '--no-error-summary', 'user.py'],
            cwd=self.folder.name, env=dict(os.environ, PYTHONPATH=self.packages, MYPYPATH=home),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True,
        ).stdout

    def test_what_the_manual_shows_is_typed(self):
        self.assertEqual(self.check(USER), '')

    def test_mistakes_are_found(self):
        self.assertEqual(self.check(MISTAKES).count('error:'), 3)
