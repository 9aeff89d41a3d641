# Matrices as lists of lists.
def zeros(rows, columns):
    return [[0] * columns for _ in range(rows)]


def multiply(a, b):
    result = zeros(len(a), len(b[0]))
    for i in range(len(a)):
        for j in range(len(b[0])):
            for k in range(len(b)):
                result[i][j] += a[i][k] * b[k][j]
    return result


def transpose(m):
    for i in range(len(m)):
        for j in range(i):
            m[i][j], m[j][i] = m[j][i], m[i][j]


def determinant(m):
    m = [row[:] for row in m]
    sign = 1
    for i in range(len(m)):
        if m[i][i] == 0:
            for j in range(i + 1, len(m)):
                if m[j][i]:
                    m[i], m[j] = m[j], m[i]
                    sign = -sign
                    break
            else:
                return 0
        for j in range(i + 1, len(m)):
            factor = m[j][i] / m[i][i]
            m[j] = [x - factor * y for x, y in zip(m[j], m[i])]
    product = sign
    for i in range(len(m)):
        product *= m[i][i]
    return product


a = [[1, 2], [3, 4]]
b = [[0, 1], [1, 0]]
c = multiply(a, b)
transpose(c)
d = determinant([[0, 2, 1], [1, 1, 0], [2, 0, 3]])
spiral = zeros(3, 3)
x = y = 0
dx, dy = 1, 0
for n in range(1, 10):
    spiral[y][x] = n
    if not (0 <= x + dx < 3 and 0 <= y + dy < 3) or spiral[y + dy][x + dx]:
        dx, dy = -dy, dx
    x += dx
    y += dy
