"""Records tests for the pytest plugin, and says at the end where the recordings are."""

from __future__ import annotations

import os
import shlex
import sys
import time

import pytest

from execorder._errors import RecordingError
from execorder._links import open_command, vscode_link
from execorder._overhead import nanoseconds_per_step
from execorder._raises import origin_before
from execorder._session import Session
from execorder._test_names import file_name
from execorder._tracebacks import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, Iterator, List, Optional

def register(config: Any, keep_all: bool) -> None:
    """Adds what records to a run of pytest; with pytest-xdist, to the workers and what reports to their controller."""
    folder = os.path.join(_root_of(config), config.getoption('execorder_folder'))
    is_controller = config.getoption('dist', 'no') != 'no' and not hasattr(config, 'workerinput')
    if not is_controller:
        config.pluginmanager.register(TestRecorder(config, folder, keep_all), 'execorder-recorder')
    if not hasattr(config, 'workerinput'):
        config.pluginmanager.register(Summary(folder), 'execorder-summary')


class TestRecorder:
    """Records each test, with its fixtures, into a file of its own."""

    __test__ = False

    def __init__(self, config: Any, folder: str, keep_all: bool) -> None:
        self._folder = folder
        self._root = _root_of(config)
        self._keep_all = keep_all
        self._all_code = config.getoption('execorder_all_code')
        self._library = _folders_of_pytest(config)
        self._session: Optional[Session] = None
        self._raised: Optional[Dict[str, Any]] = None  # of the first phase that failed: its exception, and when
        self._problem: Optional[str] = None
        self._own_seconds = 0.0

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logstart(self, nodeid: str) -> None:
        started = time.perf_counter()
        self.pytest_sessionfinish()
        self._raised = self._problem = None
        try:
            os.makedirs(self._folder, exist_ok=True)
            _write_ignore(self._folder)
            session = Session(
                os.path.join(self._folder, file_name(nodeid)), all_code=self._all_code, library=self._library,
                program=os.path.join(self._root, *nodeid.partition('::')[0].split('/')),
            )
            session.begin()
            self._session = session
        except (RecordingError, OSError) as error:
            self._problem = str(error)
        self._own_seconds = time.perf_counter() - started

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self, item: Any, call: Any) -> Iterator[None]:
        steps = 0 if self._session is None else self._session.steps()
        outcome = yield
        report = outcome.get_result()
        if report.failed and self._raised is None:
            error = None if call.excinfo is None else call.excinfo.value
            name = None if error is None else type(error).__qualname__
            self._raised = {'type': name, 'text': text_of(error) or 'failed', 'before': steps}
        if report.when == 'teardown':
            report.execorder = self._finish()

    def pytest_sessionfinish(self) -> None:
        """Also for a test that ended without a report, as when pytest is interrupted: its recording is kept."""
        session, self._session = self._session, None
        if session is not None:
            session.end()

    def _finish(self) -> Dict[str, Any]:
        """Ends the test's recording; answers what the summary has to know, as data that pytest-xdist can send."""
        session, self._session = self._session, None
        if session is None:
            return {'problem': self._problem or 'it was not started'}
        started = time.perf_counter()
        session.end(error_text=None if self._raised is None else self._raised['text'])
        recording = session.recording
        found = {'path': recording.path, 'steps': recording.steps(), 'failed': self._raised is not None, 'step': 0}
        if self._raised is not None and found['steps']:
            found['step'] = origin_before(recording, self._raised['before'], self._raised['type'])
        recording.close()
        found['bytes'] = os.path.getsize(found['path'])
        if found['steps'] == 0 or not (self._keep_all or found['failed']):
            os.unlink(found['path'])
            found['path'] = None
        found['own_seconds'] = self._own_seconds + time.perf_counter() - started
        found['step_ns'] = nanoseconds_per_step()
        return found


class Summary:
    """Collects what became of the recordings and shows it at the end."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._found: Dict[str, Dict[str, Any]] = {}
        self._test_seconds = 0.0

    def pytest_runtest_logreport(self, report: Any) -> None:
        self._test_seconds += report.duration
        found = getattr(report, 'execorder', None)
        if found is not None:
            self._found[report.nodeid] = found

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if not self._found:
            return
        terminalreporter.section('execorder')
        for line in self._lines():
            terminalreporter.line(line)

    def _lines(self) -> Iterator[str]:
        kept = [(name, found) for name, found in self._found.items() if found.get('path') and found['failed']]
        for name, found in kept:
            yield name
            yield '    %s' % open_command(os.path.relpath(found['path']), found['step'])
            yield '    %s' % vscode_link(found['path'], found['step'])
        problems = sorted({found['problem'] for found in self._found.values() if 'problem' in found})
        for problem in problems:
            yield 'not recorded: %s' % problem
        recorded = [found for found in self._found.values() if 'problem' not in found]
        if recorded:
            yield self._totals(recorded)

    def _totals(self, recorded: List[Dict[str, Any]]) -> str:
        steps = sum(found['steps'] for found in recorded)
        own = sum(found['own_seconds'] for found in recorded)
        slower = sum(found['steps'] * found['step_ns'] for found in recorded) / 1e9
        kept = sum(1 for found in recorded if found['path'])
        return (
            '%s recorded, %s steps, %.1f MB; %s kept in %s. Overhead: %.2f s to begin and end, about %.2f s for the steps, '
            'of %.2f s of tests.' % (
                _count(len(recorded), 'test'), format(steps, ','), sum(found['bytes'] for found in recorded) / 1e6,
                _count(kept, 'recording'), shlex.quote(os.path.relpath(self._folder)), own, slower,
                self._test_seconds + own,
            )
        )


def _root_of(config: Any) -> str:
    return str(config.rootpath if hasattr(config, 'rootpath') else config.rootdir)


def _folders_of_pytest(config: Any) -> List[str]:
    """Where pytest and its installed plugins are, should that be no folder of installed packages."""
    names = {'pytest', '_pytest', 'pluggy'}
    names.update(getattr(plugin, '__name__', '') for plugin, _ in config.pluginmanager.list_plugin_distinfo())
    folders = set()
    for name in names:
        folders.update(getattr(sys.modules.get(name.partition('.')[0]), '__path__', ()))
    return sorted(folders)


def _count(number: int, what: str) -> str:
    return '%d %s%s' % (number, what, '' if number == 1 else 's')


def _write_ignore(folder: str) -> None:
    """Keeps recordings out of git, like pytest does with its cache."""
    path = os.path.join(folder, '.gitignore')
    if not os.path.exists(path):
        with open(path, 'w') as file:
            file.write('# Made by execorder.\n*\n')
