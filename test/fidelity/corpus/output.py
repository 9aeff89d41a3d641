# Prints in every way, in the middle of lines and calls.
import sys


def noisy(n):
    print('in', n)
    return n


print('start', end='')
print()
print('sum', noisy(1) + noisy(2))
sys.stdout.write('written\n')
print(*[noisy(i) for i in range(2)], sep='-')
sys.stdout.flush()
print('grö\u00df', [1, {'a': None}])
for i in range(3):
    print(i, end=' ' if i < 2 else '\n')


class Shown:
    shown = 0

    def __str__(self):
        self.shown += 1
        return 'shown %d' % self.shown


s = Shown()
print(s, s)
text = f'{s}'
