# Exceptions: chained, from C, finally, re-raised, swallowed, with attributes, through several frames.
class Refused(Exception):
    def __init__(self, amount, limit):
        super().__init__('refused', amount)
        self.amount = amount
        self.limit = limit


class Quiet(Refused):
    __slots__ = ()


trail = []


def low(n):
    trail.append('low')
    if n == 1:
        raise Refused(n, [n])
    if n == 2:
        return {}['missing']
    if n == 3:
        int('x')
    return n


def middle(n):
    try:
        return low(n)
    except KeyError as error:
        error.note = 'seen in middle'
        raise Quiet(n, None) from error
    finally:
        trail.append('finally')


def high(n):
    try:
        value = middle(n)
    except Refused as error:
        error.limit = 'changed'
        kept.append(error)
        value = 'refused'
    except (ValueError, TypeError):
        value = 'wrong'
        raise
    else:
        value = [value]
    finally:
        trail.append(value)
    return value


kept = []
for n in range(5):
    try:
        result = high(n)
    except ValueError as error:
        result = error.args
causes = [type(e.__cause__).__name__ for e in kept]
kept[1].__cause__.note += '!'


def swallows():
    try:
        raise KeyError
    finally:
        return 'swallowed'


def loops():
    done = []
    for i in range(4):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            done.append(1 / (i - 2))
        except ZeroDivisionError as error:
            done.append(error)
        finally:
            done.append(i)
    return done


result = swallows()
result = loops()
try:
    try:
        [].pop()
    except IndexError as first:
        {}[first]
except KeyError as second:
    context = type(second.__context__).__name__
try:
    first
except NameError as error:
    gone = error.name
e = 'kept'
try:
    raise StopIteration(5)
except StopIteration as e:
    value = e.value
try:
    e
except NameError:
    e = None
assertion = None
try:
    assert trail == [], trail
except AssertionError as error:
    assertion = error
assertion.args[0].append('through args')
made = OSError(2, 'no such thing', 'a file')
made.strerror = 'other'
nobody = ValueError()
nobody.args = (1, [2])
