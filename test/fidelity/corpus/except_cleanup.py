# except … as, finally, nested handlers: names bound and unbound by the machine.
def f(kind):
    e = 'before'
    try:
        try:
            raise kind('x')
        except KeyError as e:
            caught = e
            raise ValueError('from key') from e
        except ValueError as e:
            caught = e
        finally:
            done = 'inner'
    except ValueError as e2:
        chained = e2.__cause__
        done = 'outer'
    try:
        return e
    except UnboundLocalError as err:
        return type(err).__name__


r = f(KeyError)
r = f(ValueError)


def loop():
    seen = []
    for i in range(4):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            seen.append(i)
        except Exception:
            pass
        finally:
            seen.append(-i)
    else:
        seen.append('else')
    return seen


s = loop()


def ret():
    x = []
    try:
        x.append(1)
        return x
    finally:
        x.append(2)


y = ret()


def swallow():
    try:
        1 / 0
    finally:
        return 'swallowed'


z = swallow()


class Ctx:
    def __init__(self, swallow):
        self.swallow = swallow
        self.log = []

    def __enter__(self):
        self.log.append('in')
        return self

    def __exit__(self, *exc):
        self.log.append(exc[0].__name__ if exc[0] else None)
        return self.swallow


with Ctx(True) as c:
    c.log.append('body')
    [][0]
try:
    with Ctx(False) as a, Ctx(False) as b:
        {}['k']
except KeyError as error:
    tb = error.__traceback__ is not None
    ctx = error.__context__
error = 'rebound'
try:
    try:
        raise TypeError('t')
    except TypeError:
        raise
except TypeError as t:
    again = t
    again.note = [t]
with Ctx(True):
    raise RuntimeError
