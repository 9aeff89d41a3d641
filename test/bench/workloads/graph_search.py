"""Sets and dicts: a maze searched breadth first, components joined, a small grammar of reachability."""

from collections import deque

from clock import measure


def maze(size):
    walls = set()
    value = 1
    for y in range(size):
        for x in range(size):
            value = value * 16807 % 2147483647
            if value % 10 < 3 and (x, y) not in ((0, 0), (size - 1, size - 1)):
                walls.add((x, y))
    return walls


def distances(walls, size):
    found = {(0, 0): 0}
    queue = deque([(0, 0)])
    while queue:
        place = queue.popleft()
        x, y = place
        for near in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
            if near in found or near in walls:
                continue
            if 0 <= near[0] < size and 0 <= near[1] < size:
                found[near] = found[place] + 1
                queue.append(near)
    return found


def components(walls, size):
    left = {(x, y) for x in range(size) for y in range(size)} - walls
    count = 0
    while left:
        todo = {left.pop()}
        count += 1
        while todo:
            x, y = todo.pop()
            nearby = {(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)} & left
            left -= nearby
            todo |= nearby
    return count


def main():
    for _ in range(14):
        walls = maze(140)
        found = distances(walls, 140)
        count = components(walls, 140)
        assert found and count


measure(main)
