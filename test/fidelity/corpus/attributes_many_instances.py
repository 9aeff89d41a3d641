# Many instances of one class with different attributes in different orders.
class P:
    pass


class Q(P):
    def __init__(self, x, y=0):
        self.x = x
        if y:
            self.y = y
        self.z = (x, y)


ps = []
for i in range(6):
    p = P()
    if i % 2:
        p.first = i
        p.second = -i
    else:
        p.second = i
        p.first = -i
    ps.append(p)
ps[0].first, ps[1].first = ps[1], ps[0]
del ps[2].second
ps[2].second = 'at the end'
qs = {i: Q(i, i % 2) for i in range(4)}
qs[0].y = 'late'
for q in qs.values():
    q.x *= 2
    q.next = qs.get(q.z[0] + 1)
del qs[1]
q.next = None
p = q = None
ps = [P() for _ in range(3)]
for a, b in zip(ps, ps[1:]):
    a.right = b
    b.left = a
ps[1].right.left.left.name = 'zero'
while ps:
    ps.pop(0).gone = True
