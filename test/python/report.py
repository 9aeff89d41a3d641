"""Runs one unittest file and writes what became of each test as JSON: python report.py TEST_FILE REPORT_FILE."""

import importlib.util
import json
import sys
import unittest


class Outcomes(unittest.TestResult):
    """Remembers every test with its failure or the reason why it was skipped."""

    def __init__(self):
        super().__init__()
        self.outcomes = {}

    def startTest(self, test):
        super().startTest(test)
        self.outcomes[test.id()] = {}

    def addError(self, test, err):
        super().addError(test, err)
        self.note(test, failure=self.errors[-1][1])

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.note(test, failure=self.failures[-1][1])

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            failures = self.outcomes.setdefault(test.id(), {}).get("failure", "")
            self.note(test, failure="%s%s\n%s\n" % (failures, subtest, self._exc_info_to_string(err, test)))

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self.note(test, failure="This test was expected to fail, and passed.")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.note(test, skipped=reason)

    def note(self, test, **what):
        """A failing setUpClass or module has no startTest of its own."""
        self.outcomes.setdefault(test.id(), {}).update(what)


def main(test_file, report_file):
    spec = importlib.util.spec_from_file_location("tests", test_file)
    module = importlib.util.module_from_spec(spec)
    sys.modules["tests"] = module
    spec.loader.exec_module(module)
    result = Outcomes()
    unittest.defaultTestLoader.loadTestsFromModule(module).run(result)
    outcomes = [dict(outcome, id=name.split(".", 1)[-1]) for name, outcome in result.outcomes.items()]
    with open(report_file, "w") as report:
        json.dump(outcomes, report)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
