# needs sympy
# states every 3
"""Equations, polynomials, derivatives and series. The order inside of sympy's own objects changes from run to run: here
they never stay in a variable."""

import sympy


def solve(*equations):
    return str(sympy.solve([sympy.sympify(text) for text in equations]))


def expand(text):
    return str(sympy.expand(text))


def coefficients(text):
    return list(map(int, sympy.Poly(sympy.sympify(text)).all_coeffs()))


def derivatives(*texts):
    rows = []
    for text in texts:
        rows.append((text, str(sympy.diff(text, 'x')), str(sympy.integrate(text, sympy.Symbol('x')))))
    return rows


solution = solve('x + y - 3', 'x - y - 1')
expanded = [expand('(x + 1) ** %d' % power) for power in (2, 3)]
numbers = [coefficients(text) for text in expanded]
factored = [str(sympy.factor(text)) for text in expanded]
rows = derivatives('x * sin(x)', 'exp(x)', '1 / (x + 1)')
series = str(sympy.series('cos(x)', sympy.Symbol('x'), 0, 6))
matrix = list(map(int, sympy.Matrix([[2, 1], [1, 3]]).inv() * 5))
factors = sympy.factorint(360360)
print(solution, expanded, numbers, factored, rows, series, matrix, factors)
