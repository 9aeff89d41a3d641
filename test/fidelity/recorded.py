"""Runs a program under the recorder and holds the recording against the truth."""

import ast
import collections
import os
import sys
import tempfile

from canonical import canonical, class_data
from difference import Comparison, Difference
from oracle import canonical_dicts
from runs import MODULE_NAME, outcome, prepare

#: From the file alone, without the living program, every how many of the compared steps are compared once more.
OPENED_EVERY = 4

#: One thing that is not as it should be. ``step`` counts line steps of the program's file, from 0; None: the whole run.
Finding = collections.namedtuple('Finding', 'what step line text path expected got')


class Report:
    """What came out of one program."""

    def __init__(self):
        self.findings = []
        self.lines = 0
        self.compared = 0
        self.wrong_steps = 0
        self.opaque = set()
        self.outcome = None
        self.recorded_output = None
        self.seen_late = None  # what the recording itself says of changes that no hook told of
        self.file_bytes = 0


def stand_in_name(thing):
    """Type and name of what the recorder could not rebuild."""
    import execorder

    if type(thing) is execorder.Opaque:
        return (thing.type_name, thing.qualname)
    return None


def run_and_compare(path, truth, every):
    """Records the program and compares every ``every``-th line step with the truth."""
    import execorder

    code, program_globals = prepare(path)
    with tempfile.TemporaryDirectory(prefix='execorder-fidelity-') as folder:
        file = os.path.join(folder, 'program.xrec')
        recording = execorder.exec(code, program_globals, path=file)
        report = Report()
        report.outcome = outcome(program_globals, recording.error)
        report.recorded_output = recording.output(stream='stdout')
        report.file_bytes = os.path.getsize(file)
        report.seen_late = recording._note('seen_late')
        if truth is not None:
            RecordingCheck(recording, path, truth, report).run(every)
            with execorder.open(file) as opened:
                OpenedCheck(opened, path, truth, report).run(every * OPENED_EVERY)
    return report


class RecordingCheck:
    """Compares one recording with the truth about the same program."""

    stand_ins = False

    def __init__(self, recording, path, truth, report):
        self.recording = recording
        self.path = path
        self.truth = truth
        self.lines = truth.lines
        self.report = report
        with open(path, encoding='utf-8') as file:
            self.source = [''] + file.read().splitlines()

    def run(self, every):
        steps = [step for step in self.recording if step.file == self.path]
        lines = [step for step in steps if step.kind == 'line']
        self.report.lines = len(lines)
        self.choose_lines(lines)
        same = self.compare_sequence(lines)
        for index in self.chosen(same, every):
            self.compare_state(index, lines[index].step)
        self.compare_counts(steps)

    def chosen(self, limit, every):
        """Every so many-th of the line steps whose state is part of the truth."""
        return [index for index in range(limit) if self.lines[index].state is not None][::every]

    def choose_lines(self, lines):
        """From 3.12 on settrace may tell of a line again when a call or an exception has gone through it; the recorder
        tells of another round of a loop only."""
        if sys.version_info < (3, 12):
            return
        fewest = [line for line in self.lines if not line.repeated]
        if len(fewest) == len(lines) and all(map(is_at, fewest, lines)):
            self.lines = fewest
        elif len(self.lines) != len(lines):
            self.lines = without_mere_repeats(self.lines, lines, self.first_lines(lines))

    def first_lines(self, lines):
        """The numbers of the steps that are the first line of a call: no repeats."""
        return {step.step for step in lines if step.step and self.recording.step(step.step - 1).kind == 'call'}

    def compare_sequence(self, lines):
        """How many line steps from the start are at the same lines of the same functions."""
        truth = self.lines
        for index, (expected, step) in enumerate(zip(truth, lines)):
            if not is_at(expected, step):
                self.find('order of lines', index, expected.line, '', '%s in %s' % (expected.line, expected.qualname),
                          '%s in %s' % (step.line, step.function))
                return index
        if len(truth) != len(lines):
            index = min(len(truth), len(lines))
            after = truth[index] if index < len(truth) else lines[index]
            self.find('number of line steps', index, after.line, '', len(truth), len(lines))
        return min(len(truth), len(lines))

    def compare_state(self, index, step):
        expected = self.lines[index]
        self.report.compared += 1
        found = self.difference(expected.state, lambda: canonical(self.recording.state(step), stand_in_name))
        what = 'state'
        if found is None and expected.dicts is not None:
            what = 'dicts'
            found = self.difference(expected.dicts, lambda: self.dicts(step))
        if found is not None:
            self.report.wrong_steps += 1
            self.find(what, index, expected.line, *found)

    def dicts(self, step):
        global_variables, local_variables = self.recording.dicts(step)
        return canonical_dicts(global_variables, local_variables, stand_in_name)

    def difference(self, expected, read):
        try:
            comparison = Comparison(expected, read(), self.stand_ins)
        except Exception as error:
            return Difference('(reading)', 'a state', '%s: %s' % (type(error).__name__, error))
        found = comparison.first()
        self.report.opaque |= comparison.opaque
        return found

    def compare_counts(self, steps):
        """Calls and returns of each function: a generator's resumptions and yields count as such.

        A frame that an exception leaves has a return event in the truth, and need have none in the recording."""
        truth = collections.Counter(self.truth.events)
        got = collections.Counter()
        for step in steps:
            event = {'call': 'call', 'resume': 'call', 'return': 'return', 'yield': 'return'}.get(step.kind)
            if event:
                got[(event, step.function.rpartition('.')[2])] += 1
        expected = collections.defaultdict(lambda: [0, 0])
        for (event, name), count in truth.items():
            if event in ('call', 'return'):
                least = count
                if event == 'return':
                    least -= truth[('left by an exception, perhaps', name)]
                expected[(event, name.rpartition('.')[2])][0] += least
                expected[(event, name.rpartition('.')[2])][1] += count
        generators = {step.function.rpartition('.')[2] for step in steps if step.kind in ('yield', 'resume')}
        for key in sorted(set(expected) | set(got)):
            least, most = expected[key]
            if key[1] in generators and got[key] > most:
                continue  # close() and throw() resume a generator, too; the truth has no call for that
            if not least <= got[key] <= most:
                self.find('number of %ss' % key[0], None, None, key[1], '%d to %d' % (least, most), got[key])

    def find(self, what, index, line, path, expected, got):
        text = self.source[line].strip() if line is not None and line < len(self.source) else ''
        self.report.findings.append(Finding(what, index, line, text, path, str(expected), str(got)))


class OpenedCheck(RecordingCheck):
    """The same for a recording opened from its file: classes come back as they were at the step."""

    stand_ins = True

    def run(self, every):
        steps = [step for step in self.recording if step.file == self.path and step.kind == 'line']
        self.choose_lines(steps)
        self.class_names = {name for line in self.lines if line.classes for name, _ in line.classes[0][1]}
        with open(self.path, 'rb') as file:
            self.getters = classes_with_getters(file.read())
        for index in self.chosen(min(len(steps), len(self.lines)), every):
            self.compare_state(index, steps[index].step)

    def compare_state(self, index, step):
        expected = self.lines[index]
        self.report.compared += 1
        what = 'state from the file'
        found = self.difference(expected.state, lambda: canonical(self.recording.state(step), stand_in_name))
        if found is None:
            what = 'classes from the file'
            found = self.difference(
                expected.classes,
                lambda: class_data(
                    self.recording.state(step), MODULE_NAME, stand_in_name, self.class_names, self.getters))
        if found is not None:
            self.report.wrong_steps += 1
            self.find(what, index, expected.line, *found)


def classes_with_getters(source):
    """The names of the classes that make descriptors."""
    classes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)]
    return {node.name for node in classes if any(getattr(part, 'name', None) == '__get__' for part in node.body)}


def is_at(line, step):
    """Whether the recorded step is at the truth's line of the truth's function."""
    return step.line == line.line and step.function in (line.function, line.qualname)


def without_mere_repeats(truth, steps, first_lines):
    """The truth's lines, but for repeats that no step answers."""
    chosen, rest = [], collections.deque(truth)
    for step in steps:
        while rest and rest[0].repeated and (step.step in first_lines or not is_at(rest[0], step)):
            rest.popleft()
        if rest:
            chosen.append(rest.popleft())
    return chosen + [line for line in rest if not line.repeated]
