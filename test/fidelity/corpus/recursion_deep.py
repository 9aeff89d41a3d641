# 500 frames deep.
def count(n, seen):
    if n == 0:
        return len(seen)
    return count(n - 1, seen)


def build(n):
    return None if n == 0 else (n, build(n - 1))


result = count(500, [0])
chain = build(40)
deep = []
for _ in range(300):
    deep = [deep]
d = {}
for i in range(60):
    d = {'in': d}
