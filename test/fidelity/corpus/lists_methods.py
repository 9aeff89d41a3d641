# Every method of a list, from Python code.
numbers = []
numbers.append(3)
numbers.append(1)
numbers.extend((4, 1, 5))
numbers.extend(n * n for n in range(3))
numbers.extend({9: 'nine', 10: 'ten'})
numbers.extend(numbers)
numbers.insert(0, 'first')
numbers.insert(-1, 'almost last')
numbers.insert(100, 'last')
taken = numbers.pop()
taken = numbers.pop(0)
taken = numbers.pop(-2)
numbers.remove(9)
try:
    numbers.remove('nobody')
except ValueError as error:
    missing = str(error)
where = numbers.index(4)
count = numbers.count(1)
copied = numbers.copy()
numbers.sort()
numbers.sort(reverse=True)
numbers.sort(key=lambda n: (n % 3, n))
numbers.reverse()
words = 'the quick brown fox jumps over it'.split()
words.sort(key=len)
words.sort(key=str.lower, reverse=True)
backwards = list(reversed(words))
copied.clear()
copied.append(words)
copied += copied
copied *= 2
words[0] = 'changed'
words *= 0
numbers.__init__([7, 8])
numbers.__init__()
try:
    numbers.pop()
except IndexError:
    numbers.append('was empty')
