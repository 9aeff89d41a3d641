"""A program of about as many steps as its argument says: numbers, objects, a dict, lists and calls.

`early` and `rare()` are for questions about what happened once, long ago.
"""

import sys


class Account:
    def __init__(self, number):
        self.number = number
        self.balance = 0
        self.last = None

    def add(self, amount):
        self.balance += amount
        self.last = amount


def rare(accounts):
    accounts[7].balance = -1
    return 'once'


def mix(seed):
    total = seed
    for shift in range(5):
        total = (total * 31 + shift) % 1000003
    return total


def main(rounds):
    early = [1, 2, 3]
    early[1] = 'written once'
    first = rare([Account(n) for n in range(8)])
    accounts = [Account(n) for n in range(100)]
    accounts[3].number = 'renamed'
    table = {'fixed': 'set once'}
    recent = []
    for turn in range(rounds):
        value = mix(turn)
        account = accounts[value % 90 + 10]
        account.add(value)
        table[value % 500] = turn
        recent.append(value)
        if len(recent) > 50:
            recent = recent[25:]
    return early, first, table, recent


if __name__ == '__main__':
    main(int(float(sys.argv[1])) // 26)
