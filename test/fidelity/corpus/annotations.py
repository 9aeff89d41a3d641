# Annotations of modules, classes and functions are kept in dicts that opcodes fill.
x: int = 1
y: str
z: 'list' = []


class Point:
    a: int = 0
    b: float
    c: 'Point' = None

    def move(self, dx: int, dy: int = 0) -> 'Point':
        step: int = dx + dy
        self.moved: int = step
        return self


p = Point().move(1)
names = sorted(Point.__annotations__)
Point.__annotations__['d'] = int
__annotations__['w'] = float
w: float = 1.5
total = len(__annotations__)
