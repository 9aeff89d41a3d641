# needs 3.12
# The cell of __classdict__ holds the names of the class body first, the dict of the class then.
class A:
    x = int

    def f[T: (x, str)](self, other=1):
        return self

    class B[U: x]:
        y = 1


def look():
    found = A.f.__type_params__[0]
    kept = found.__constraints__
    A.z = 3
    bound = A.B.__type_params__[0].__bound__
    return kept, bound


print(look())
