"""Runs CPython's own test modules and writes the outcome of every test: ``python run_tests.py FILE test_list …``.

The same script runs plainly and under the recorder. It catches what a test prints nowhere: only outcomes count.
"""

import json
import sys
import unittest


class Outcomes(unittest.TestResult):
    """Outcome and, for what failed, the last line of the traceback, by the test's id."""

    def __init__(self):
        unittest.TestResult.__init__(self)
        self.found = {}

    def put(self, test, outcome, error=None):
        name = test.id() if hasattr(test, 'id') else str(test)
        text = '' if error is None else '%s: %s' % (error[0].__name__, str(error[1])[:400])
        if name not in self.found or self.found[name][0] == 'ok':
            self.found[name] = [outcome, text]

    def addSuccess(self, test):
        self.put(test, 'ok')

    def addError(self, test, err):
        self.put(test, 'error', err)

    def addFailure(self, test, err):
        self.put(test, 'failure', err)

    def addSkip(self, test, reason):
        self.put(test, 'skipped')

    def addExpectedFailure(self, test, err):
        self.put(test, 'expected failure')

    def addUnexpectedSuccess(self, test):
        self.put(test, 'unexpected success')

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.put(test, 'failure', err)


def main(report, modules):
    from test import support

    support.use_resources = []
    result = Outcomes()
    for name in modules:
        try:
            suite = unittest.defaultTestLoader.loadTestsFromName('test.' + name)
        except unittest.SkipTest as reason:
            result.found['test.' + name] = ['skipped', str(reason)]
            continue
        suite.run(result)
    with open(report, 'w') as file:
        json.dump(result.found, file)


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2:])
