"""The pytest plugin: `pytest --execorder` keeps a recording of each failing test, `--execorder=all` of every test.

pytest finds it by itself where the package is installed; elsewhere `-p execorder.pytest_plugin` loads it. Without the
option it does nothing and loads nothing more.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, List

FOLDER = '.execorder'
_WHICH = ('failed', 'all')


def pytest_addoption(parser: Any) -> None:
    group = parser.getgroup('execorder', 'recordings of tests')
    group.addoption(
        '--execorder', nargs='?', const='failed', default=None, metavar='failed|all',
        help='record every test; keep the recordings of those that fail (the default), or of all',
    )
    group.addoption(
        '--execorder-folder', default=FOLDER, metavar='FOLDER',
        help='where recordings are kept (default: %s in the root folder)' % FOLDER,
    )
    group.addoption(
        '--execorder-all-code', action='store_true', default=False,
        help='record the standard library and installed packages step by step, too',
    )


def _parted(args: List[str]) -> List[str]:
    """The arguments, with `--execorder` parted from a file that follows it: that is not its value."""
    parted = []
    for i, argument in enumerate(args):
        alone = argument == '--execorder' and args[i + 1:i + 2] not in ([which] for which in _WHICH)
        parted.append('--execorder=failed' if alone else argument)
    return parted


def _load_initial_conftests(early_config: Any, parser: Any, args: List[str]) -> None:
    parted = _parted(args)
    if parted != args:
        import copy

        args[:] = parted
        early_config.known_args_namespace = parser.parse_known_args(args, namespace=copy.copy(early_config.option))


def pytest_configure(config: Any) -> None:
    which = config.getoption('execorder')
    if which is None:
        return
    if which not in _WHICH:
        import pytest

        raise pytest.UsageError('--execorder takes failed or all, not %r' % which)
    from execorder import _pytest

    _pytest.register(config, which == 'all')


try:
    import pytest as _pytest_itself
except ImportError:  # looked at by something else than pytest
    pass
else:
    pytest_load_initial_conftests = _pytest_itself.hookimpl(tryfirst=True)(_load_initial_conftests)
