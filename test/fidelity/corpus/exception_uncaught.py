# Ends with an exception that nobody catches, after deep frames changed things.
state = {'depth': 0, 'log': []}


class Failure(Exception):
    pass


def dive(n):
    state['depth'] = n
    mine = [n]
    try:
        if n == 4:
            failure = Failure('at the bottom', mine)
            failure.depth = n
            raise failure
        dive(n + 1)
    finally:
        state['log'].append(n)
        mine.append('left')


try:
    dive(2)
except Failure as failure:
    first = failure
dive(0)
state['never'] = True
