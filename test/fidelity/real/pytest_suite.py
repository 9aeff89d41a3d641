# needs pytest
# states every 3
"""pytest's own run of a small suite, in this process."""

import os
import shutil
import tempfile

import pytest

SUITE = '''
import os

import pytest

@pytest.fixture
def account(tmp_path):
    record = {"balance": 10, "log": []}
    yield record
    record["log"].append("closed")

@pytest.mark.parametrize("amount", [1, 5, 20])
def test_withdraw(account, amount):
    account["balance"] -= amount
    assert account["balance"] >= 0

def test_raises():
    with pytest.raises(ZeroDivisionError, match="by zero"):
        1 / 0

@pytest.mark.skip(reason="later")
def test_later():
    assert False

@pytest.mark.xfail
def test_known():
    assert [1, 2] == [2, 1]

class TestMore:
    def test_environment(self, monkeypatch):
        monkeypatch.setenv("NAME", "x")
        assert os.environ["NAME"] == "x"
'''

# Not in this file, so that no report with its times is a part of this program's state.
HOOKS = '''
import sys

def pytest_runtest_logreport(report):
    if report.when == "call" or report.skipped:
        sys.modules["program"].outcomes.append((report.nodeid.rpartition("::")[2], report.outcome))
'''

outcomes = []


def run():
    os.chdir(tempfile.mkdtemp())  # its name is another one in every run: no variable holds it
    for name, text in ('test_bank.py', SUITE), ('conftest.py', HOOKS):
        with open(name, 'w') as file:
            file.write(text)
    try:
        return int(pytest.main(['-p', 'no:cacheprovider', '-p', 'no:terminal', '--rootdir', '.', '.']))
    finally:
        shutil.rmtree(os.getcwd())


code = run()
print(code, outcomes)
