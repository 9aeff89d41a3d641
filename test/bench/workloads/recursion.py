"""Recursion: many small calls."""

from clock import measure


def fibonacci(n):
    if n < 2:
        return n
    return fibonacci(n - 1) + fibonacci(n - 2)


def queens(size, row=0, columns=0, left=0, right=0):
    if row == size:
        return 1
    solutions = 0
    free = ((1 << size) - 1) & ~(columns | left | right)
    while free:
        place = free & -free
        free ^= place
        solutions += queens(size, row + 1, columns | place, (left | place) << 1, (right | place) >> 1)
    return solutions


def hanoi(count, source, target, spare):
    if count == 0:
        return 0
    return hanoi(count - 1, source, spare, target) + 1 + hanoi(count - 1, spare, target, source)


def main():
    assert fibonacci(31) == 1346269
    assert queens(10) == 724
    assert hanoi(19, 'a', 'b', 'c') == 2 ** 19 - 1


measure(main)
