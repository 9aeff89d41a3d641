# Names that the program puts into the module of builtins, and takes out again.
import builtins

scope = {}
exec('inner = 1', scope)
builtins.shared = [1]
shared.append(2)
kept = shared
del builtins.shared
shared_again = [kept]
builtins.measure = len
size = measure(kept)
vars(builtins).update(extra=kept)
extra.append(3)
vars(builtins)['more'] = {'a': kept}
more['b'] = extra
names = sorted(vars(builtins).keys() & {'measure', 'extra', 'more'})
vars(builtins).pop('more')
setattr(builtins, 'extra', 5)
scope['inner'] = extra
for name in ('measure', 'extra'):
    delattr(builtins, name)
