"""What exceptions came from: causes and contexts, set by raising, by the program and by library code."""

import contextlib


def chain(depth):
    try:
        if depth == 0:
            raise ValueError('deepest')
        chain(depth - 1)
    except ValueError as error:
        if depth % 2:
            raise ValueError(depth) from error
        raise ValueError(depth)


def caught(function, *arguments):
    try:
        function(*arguments)
    except BaseException as error:
        return error


def hidden():
    try:
        {}['key']
    except KeyError:
        raise LookupError('hidden') from None


def again(error):
    try:
        [][1]
    except IndexError:
        raise error


def in_finally():
    try:
        1 / 0
    finally:
        raise OSError('while ending')


@contextlib.contextmanager
def manager():
    try:
        yield
    except TypeError as error:
        raise RuntimeError('in the manager') from error


def managed():
    with manager():
        raise TypeError('inside')


def stacked():
    with contextlib.ExitStack() as stack:
        stack.callback(again, KeyError('callback'))
        raise TypeError('body')


long, quiet, ending = caught(chain, 4), caught(hidden), caught(in_finally)
known = KeyError('known')
first = known.__context__
caught(again, known)
second = known.__context__
caught(again, known)
third = known.__context__
known.__context__ = None
known.__cause__ = ValueError('by hand')
known.__suppress_context__ = False
known.__cause__ = None
known.__suppress_context__ = True
inside, stack = caught(managed), caught(stacked)
long.__traceback__ = None
try:
    try:
        raise long
    except ValueError as error:
        error.__context__ = quiet
        raise quiet
except LookupError as error:
    end = error
print(repr(end), repr(end.__context__), repr(inside.__cause__), repr(stack.__context__), repr(quiet.__context__))
