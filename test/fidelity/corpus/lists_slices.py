# Items and slices: set, deleted, with steps, on nested lists and on themselves.
line = list(range(10))
line[0] = 'a'
line[-1] = 'z'
line[2:4] = ['two', 'three', 'and a half']
line[5:5] = [None]
line[1:3] = []
line[::2] = 'ABCDE'[:len(line[::2])]
line[::-1] = list(line)
del line[0]
del line[-1]
del line[1:3]
del line[::2]
line[:] = [1, 2, 3, 4, 5, 6]
line[len(line):] = (7, 8)
line[1:100] = range(3)
try:
    line[::2] = [1]
except ValueError as error:
    said = str(error)
try:
    line[99] = 1
except IndexError as error:
    said = str(error)
line[slice(0, 2)] = [[], []]
line[0].append(line[1])
line[1].append(line[0])
line[0] += [1, 2]
line[0] *= 2
line[-1] *= 5
line[-1] -= 1
nested = [[0] * 3 for _ in range(3)]
nested[1][1] = 'middle'
shared = [[0]] * 3
shared[0][0] += 1
shared[1] = [5]
itself = [1]
itself.append(itself)
itself[0] = [itself, itself[1]]
itself[1:1] = itself
del itself[2][0]
del line[:]
del line
