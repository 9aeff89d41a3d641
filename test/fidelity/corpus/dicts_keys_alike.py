# Keys of tuples whose texts differ in one letter.
cache = {}
for size in range(10):
    for text in ('\\A#[a-fA-F0-9]{%d}\\Z', 'column %d, of many', '%dcolumns', 'in a row of columns, the %d', 'x' * 300 + 'abc%d'):
        cache[str, text % size, 0] = size
count = len(cache)
pairs = {(first + second, 1) for first in 'abcdefgh' * 2 for second in ('1234567', '7654321')}
del cache[str, '\\A#[a-fA-F0-9]{8}\\Z', 0]
