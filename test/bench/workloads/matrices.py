"""Lists of lists: matrices multiplied and a grid relaxed in place."""

from clock import measure


def product(a, b):
    rows, inner, columns = len(a), len(b), len(b[0])
    result = [[0.0] * columns for _ in range(rows)]
    for i in range(rows):
        for j in range(columns):
            total = 0.0
            for k in range(inner):
                total += a[i][k] * b[k][j]
            result[i][j] = total
    return result


def relax(grid, rounds):
    size = len(grid)
    for _ in range(rounds):
        for y in range(1, size - 1):
            row, above, below = grid[y], grid[y - 1], grid[y + 1]
            for x in range(1, size - 1):
                row[x] = (row[x - 1] + row[x + 1] + above[x] + below[x]) * 0.25


def transpose(matrix):
    for i in range(len(matrix)):
        for j in range(i):
            matrix[i][j], matrix[j][i] = matrix[j][i], matrix[i][j]


def main():
    size = 90
    a = [[(i * j) % 7 / 7 for j in range(size)] for i in range(size)]
    b = [[(i + j) % 5 / 5 for j in range(size)] for i in range(size)]
    c = product(a, b)
    for _ in range(6):
        transpose(c)
        c = product(c, a)
    grid = [[1.0 if y == 0 else 0.0 for _ in range(100)] for y in range(100)]
    relax(grid, 200)


measure(main)
