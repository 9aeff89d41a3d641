"""Lists and dicts that can be keys, since their class says how they hash."""


class Path(list):
    def __hash__(self):
        return len(self)


class LongPath(Path):
    pass


class Options(dict):
    def __hash__(self):
        return 7

    __eq__ = object.__eq__


paths = [Path('ab'), LongPath('cde'), Path()]
lengths = {}
for path in paths:
    lengths[path] = len(path)
seen = set(paths[:2])
options = Options(deep=True)
lengths[options] = 'options'
options['wide'] = lengths
seen.add(options)
seen.discard(paths[0])
pairs = frozenset((path, options) for path in paths)
del lengths[paths[1]]
print(sorted(map(str, lengths.values())), len(seen), len(pairs))
