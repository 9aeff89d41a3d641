"""Objects and methods: small vectors that make new vectors."""

from clock import measure


class Vector:
    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def plus(self, other):
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

    def times(self, factor):
        return Vector(self.x * factor, self.y * factor, self.z * factor)

    def dot(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z


class Body:
    def __init__(self, place, speed, mass):
        self.place = place
        self.speed = speed
        self.mass = mass

    def pull(self, other, seconds):
        way = other.place.plus(self.place.times(-1))
        distance = way.dot(way) + 0.01
        self.speed = self.speed.plus(way.times(other.mass * seconds / (distance * distance ** 0.5)))

    def move(self, seconds):
        self.place = self.place.plus(self.speed.times(seconds))


def main():
    bodies = [Body(Vector(i, -i, i * i % 3), Vector(0, i % 2, 0), 1 + i) for i in range(6)]
    for _ in range(9000):
        for body in bodies:
            for other in bodies:
                if other is not body:
                    body.pull(other, 0.01)
        for body in bodies:
            body.move(0.01)


measure(main)
