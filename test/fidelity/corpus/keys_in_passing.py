"""Keys that are looked up with tuples made for it: the equal one that the dict or set keeps is another object."""


def main():
    counts = {}
    seen = {(0, 0)}
    nested = {((0, 1), 2): 'start'}
    for turn in range(60):
        counts[turn % 7, 'key'] = counts.get((turn % 7, 'key'), 0) + 1
        seen.add((turn % 5, turn % 3))
        if turn % 4 == 0:
            seen.discard((turn % 5, turn % 2))
            counts.pop((turn % 6, 'key'), None)
        nested[(turn % 2, 1), 2] = turn
        if turn % 10 == 9:
            del nested[(0, 1), 2]
    return counts, seen, nested


main()
