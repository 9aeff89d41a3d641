"""Loops over numbers: integers and floats in local variables only."""

from clock import measure


def primes(limit):
    found = 0
    for candidate in range(2, limit):
        divisor = 2
        while divisor * divisor <= candidate:
            if candidate % divisor == 0:
                break
            divisor += 1
        else:
            found += 1
    return found


def mandelbrot(size, depth):
    inside = 0
    for row in range(size):
        y0 = row * 2.0 / size - 1.0
        for column in range(size):
            x0 = column * 3.0 / size - 2.0
            x = y = 0.0
            steps = 0
            while steps < depth:
                xx = x * x
                yy = y * y
                if xx + yy > 4.0:
                    break
                y = 2.0 * x * y + y0
                x = xx - yy + x0
                steps += 1
            else:
                inside += 1
    return inside


def collatz(limit):
    longest = 0
    for start in range(1, limit):
        n = start
        length = 1
        while n != 1:
            n = n // 2 if n % 2 == 0 else 3 * n + 1
            length += 1
        if length > longest:
            longest = length
    return longest


def main():
    assert primes(60000) == 6057
    mandelbrot(200, 130)
    assert collatz(20000) == 279


measure(main)
