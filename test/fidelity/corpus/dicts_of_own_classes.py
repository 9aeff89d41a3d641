# Instances whose __dict__ is of a class of the program's own.
class D(dict):
    def __setitem__(self, key, value):
        super().__setitem__(key, [value])


class N:
    pass


o = N()
o.a = 1
o.__dict__ = D(t=1)
o.u = 5
o.__dict__['v'] = 6
o.__dict__.late = 7
o.t += 1
p = N()
p.__dict__ = o.__dict__
p.w = o
del o.u
o.__dict__ = {'plain': 1}
p.x = len(vars(p))
