"""A few steps of a recording side by side with what they changed, for people."""

from __future__ import annotations

import html

from execorder._brief import brief
from execorder._compare import differ
from execorder._opaque import Opaque

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Dict, List, NamedTuple, Set, Tuple

    from execorder._recording import Recording
    from execorder._views import Step

    class Row(NamedTuple):
        step: Step
        source: str                # the text of its line
        variables: Dict[str, str]  # name -> value as shown
        changed: Set[str]          # names whose value is another than at the row before in this frame
else:
    from collections import namedtuple

    Row = namedtuple('Row', ['step', 'source', 'variables', 'changed'])

MOST = 12  # variables shown in a row
_NO_DATA = ('function', 'builtin_function_or_method', 'module')

_STYLE = (
    'th {text-align: left}',
    'td {text-align: left; vertical-align: top; white-space: pre-wrap; font-family: monospace}',
    'tr.here {outline: 2px solid #d08700}',
    'mark {background: #ffe08a; color: inherit}',
)


class Excerpt:
    """The steps around one, as a table: in a notebook as HTML, elsewhere as text. The variables that changed since the
    row before are marked; at most a dozen variables are shown, the changed ones first, and the others are counted."""

    __module__ = 'execorder'

    def __init__(self, title: str, here: int, rows: List[Row]) -> None:
        self._title = title
        self._here = here
        self._rows = rows

    def __repr__(self) -> str:
        lines = [self._title]
        for row in self._rows:
            mark = '>' if row.step.step == self._here else ' '
            shown = ', '.join('%s%s=%s' % ('*' if changed else '', name, value) for name, value, changed in _shown(row))
            lines.append('%s %6d  %-9s %5d  %-40s  %s' % (
                mark, row.step.step, row.step.kind, row.step.line, row.source.strip()[:40], shown + _more(row),
            ))
        return '\n'.join(line.rstrip() for line in lines)

    def _repr_html_(self) -> str:
        style = ' '.join('.execorder-steps %s' % rule for rule in _STYLE)
        head = ''.join('<th>%s</th>' % name for name in ('step', 'kind', 'line', 'source', 'variables'))
        rows = ''.join(self._html_row(row) for row in self._rows)
        return '<style>%s</style><table class="execorder-steps"><caption>%s</caption><tr>%s</tr>%s</table>' % (
            style, html.escape(self._title), head, rows,
        )

    def _html_row(self, row: Row) -> str:
        cells = [str(row.step.step), row.step.kind, '%s:%d' % (row.step.function, row.step.line), row.source]
        variables = []
        for name, value, changed in _shown(row):
            text = html.escape('%s = %s' % (name, value))
            variables.append('<mark>%s</mark>' % text if changed else text)
        last = '\n'.join(variables) + html.escape(_more(row))
        return '<tr%s>%s<td>%s</td></tr>' % (
            ' class="here"' if row.step.step == self._here else '',
            ''.join('<td>%s</td>' % html.escape(cell) for cell in cells), last,
        )


def _shown(row: Row) -> List[Tuple[str, str, bool]]:
    """Name, value and whether it changed, the changed ones first."""
    names = sorted(row.variables, key=lambda name: name not in row.changed)
    return [(name, row.variables[name], name in row.changed) for name in names[:MOST]]


def _more(row: Row) -> str:
    left_out = len(row.variables) - MOST
    return ' … and %d more' % left_out if left_out > 0 else ''


def excerpt_of(recording: Recording, n: int, count: int) -> Excerpt:
    """The `count` steps around step `n`."""
    steps = recording.steps()
    first = max(recording.first_step, min(n - count // 2, steps - count))
    rows: List[Row] = []
    shown: Dict[Tuple[int, int, str], dict] = {}  # of each frame, as its newest row had them
    for step in recording[first:first + count]:
        variables = _variables(recording, step)
        before = shown.get(_frame(step))
        if before is None:
            before = _earlier(recording, step)
        changed = {name for name in variables if name not in before or differ(before[name], variables[name])}
        shown[_frame(step)] = variables
        texts = {name: brief(value) for name, value in variables.items()}
        rows.append(Row(step, _source_line(recording, step), texts, changed))
    return Excerpt(repr(recording), n, rows)


def _frame(step: Step) -> Tuple[int, int, str]:
    return step.thread, step.depth, step.function


def _earlier(recording: Recording, step: Step) -> dict:
    """What the step before the first row shows, when that was in the same frame."""
    if step.kind == 'call' or step.step == recording.first_step:
        return {}
    before = recording.step(step.step - 1)
    return _variables(recording, before if _frame(before) == _frame(step) else step)


def _variables(recording: Recording, step: Step) -> dict:
    """The frame's own variables; functions, classes and modules are left out."""
    if not recording.has_state:
        return {}
    _, names = recording.dicts(step.step)
    return {name: value for name, value in names.items() if _is_data(name, value)}


def _is_data(name: str, value: object) -> bool:
    dunder = name.startswith('__') and name.endswith('__')
    kind = value.type_name if type(value) is Opaque else type(value).__name__
    return not dunder and not issubclass(type(value), type) and kind not in _NO_DATA


def _source_line(recording: Recording, step: Step) -> str:
    lines = (recording.source(step.file) or '').split('\n')
    return lines[step.line - 1] if 0 < step.line <= len(lines) else ''
