"""Attributes: a shop with customers, queues and events, all state in objects."""

from clock import measure


class Clock:
    def __init__(self):
        self.now = 0
        self.seed = 99

    def random(self, limit):
        self.seed = (self.seed * 1664525 + 1013904223) % 4294967296
        return self.seed // 65536 % limit


class Customer:
    def __init__(self, number, arrived, items):
        self.number = number
        self.arrived = arrived
        self.items = items
        self.served = None


class Till:
    def __init__(self, name):
        self.name = name
        self.queue = []
        self.current = None
        self.busy = 0
        self.done = 0

    def join(self, customer):
        self.queue.append(customer)

    def work(self, shop):
        if self.current is None and self.queue:
            self.current = self.queue.pop(0)
            self.current.served = shop.clock.now
        if self.current is not None:
            self.busy += 1
            self.current.items -= 1
            if self.current.items <= 0:
                self.done += 1
                shop.leave(self.current)
                self.current = None


class Shop:
    def __init__(self, tills):
        self.clock = Clock()
        self.tills = [Till('till %d' % i) for i in range(tills)]
        self.arrivals = 0
        self.waited = 0
        self.longest = 0
        self.last = None

    def arrive(self):
        self.arrivals += 1
        customer = Customer(self.arrivals, self.clock.now, 1 + self.clock.random(8))
        shortest = self.tills[0]
        for till in self.tills:
            if len(till.queue) < len(shortest.queue):
                shortest = till
        shortest.join(customer)

    def leave(self, customer):
        waited = customer.served - customer.arrived
        self.waited += waited
        self.last = customer
        if waited > self.longest:
            self.longest = waited

    def tick(self):
        self.clock.now += 1
        if self.clock.random(10) < 8:
            self.arrive()
        for till in self.tills:
            till.work(self)


def main():
    shop = Shop(4)
    for _ in range(300000):
        shop.tick()
    assert shop.arrivals > 1000


measure(main)
