# The game of life on a set of cells, and on rows of text.
def neighbours(cell):
    x, y = cell
    return [(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy]


def step(cells):
    counts = {}
    for cell in sorted(cells):
        for near in neighbours(cell):
            counts[near] = counts.get(near, 0) + 1
    return {cell for cell in sorted(counts) if counts[cell] == 3 or counts[cell] == 2 and cell in cells}


def show(cells):
    rows = []
    for y in range(4):
        rows.append(''.join('#' if (x, y) in cells else '.' for x in range(4)))
    return rows


cells = {(1, 0), (1, 1), (1, 2)}
history = [show(cells)]
for generation in range(2):
    cells = step(cells)
    history.append(show(cells))
    print('\n'.join(history[-1]))
