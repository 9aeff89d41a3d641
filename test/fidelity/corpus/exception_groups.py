# needs 3.11
# Exception groups, except*, and notes.
def several(*kinds):
    raise ExceptionGroup('several', [kind(i) for i, kind in enumerate(kinds)])


seen = []
try:
    several(ValueError, TypeError, KeyError)
except* ValueError as group:
    seen.append(group.exceptions)
except* (TypeError, KeyError) as group:
    seen.append(len(group.exceptions))
try:
    try:
        several(OSError, ValueError)
    except* OSError:
        seen.append('os')
except ExceptionGroup as rest:
    left = rest
error = ValueError('noted')
error.add_note('one')
error.add_note('two')
error.__notes__.append('three')
