# A cache that forgets the least recently used entry: dict and doubly linked list.
class Entry:
    __slots__ = ('key', 'value', 'before', 'after')


class Cache:
    def __init__(self, size):
        self.size = size
        self.entries = {}
        self.ends = Entry()
        self.ends.before = self.ends.after = self.ends
        self.hits = self.misses = 0

    def unlink(self, entry):
        entry.before.after = entry.after
        entry.after.before = entry.before

    def to_front(self, entry):
        first = self.ends.after
        entry.before, entry.after = self.ends, first
        first.before = self.ends.after = entry

    def __getitem__(self, key):
        try:
            entry = self.entries[key]
        except KeyError:
            self.misses += 1
            raise
        self.hits += 1
        self.unlink(entry)
        self.to_front(entry)
        return entry.value

    def __setitem__(self, key, value):
        entry = self.entries.get(key)
        if entry is None:
            if len(self.entries) == self.size:
                last = self.ends.before
                self.unlink(last)
                del self.entries[last.key]
            entry = self.entries[key] = Entry()
            entry.key = key
        else:
            self.unlink(entry)
        entry.value = value
        self.to_front(entry)

    def __contains__(self, key):
        return key in self.entries

    def __iter__(self):
        entry = self.ends.after
        while entry is not self.ends:
            yield entry.key
            entry = entry.after


cache = Cache(2)
cache['a'] = 1
cache['b'] = [2]
value = cache['a']
cache['c'] = cache
try:
    cache['b']
except KeyError as error:
    missing = error.args[0]
order = list(cache)
inside = 'a' in cache, 'b' in cache
cache['a'] = 'new'
cache['d'] = None
order = [key for key in cache]
