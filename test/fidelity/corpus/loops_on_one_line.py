# Loops that stand on one line, with branches that meet before the jump back: a round is a step, told once.


def signed(values, out):
    for value in values: (out.append(value) if value > 2 else out.append(-value))
    kept = left = text = None
    for value in values: kept, left = (value, left) if value > 2 else (kept, value)
    for value in values: text = (text or '') + ('x' if value > 2 else 'y') * value; out.append(text) if value < 3 else len(out)
    for one, two in zip(values, out): (seen(one) if one > two else
                                       seen(two)); last = one
    while values: seen(values.pop() if values[0] > 5 or len(values) > 2 else (values.pop() and 1)) if out else seen(out)
    return kept, left, text, last


def seen(value):
    return value


ms = [1, 2, 3]
for number in ms: (ms.append(0) if number == 2 else number or ms.pop())
ms += signed([1, 4, 5], [])
