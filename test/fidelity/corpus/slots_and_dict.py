# Slots next to a dict that is handed out.
class Slotted:
    __slots__ = ('left', 'right', '__dict__')
    def __init__(self, left=None, right=None):
        self.left = left
        self.right = right
a = Slotted(1, 2)
pass
b = a.__dict__
pass
a.x = 5
pass
c = Slotted([1], 2)
vars(c).update(q=1)
pass
c.left = 4
pass
d = Slotted()
d.__dict__['left'] = 1
pass
e = Slotted(7)
e.__dict__ = {'z': 1}
pass
e.__dict__.clear()
pass
