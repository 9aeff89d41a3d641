# Bound methods whose function is written in C, or is a method itself.
import types


class Thing:
    pass


def double(self):
    return self


thing = Thing()
thing.id = types.MethodType(id, thing)
thing.twice = types.MethodType(types.MethodType(double, thing).__func__, 3)
thing.append = [].append
nested = types.MethodType(thing.id, 3)
of_method = types.MethodType(thing.twice, 4)
print(nested.__name__, of_method.__name__)
