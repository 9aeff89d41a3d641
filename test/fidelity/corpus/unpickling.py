# Lists, dicts and sets that C unpickles while the program sees them half done.
import pickle, collections
class X:
    def __init__(self, *a):
        self.a = a
    def __getstate__(self):
        return self.__dict__
    def __setstate__(self, state):
        self.__dict__ = state
        self.seen = [len(x) if hasattr(x, '__len__') else x for x in self.a]
log = []
L = []
D = {}
S = set()
C = bytearray(b'abc')
x = X(L, D, S, C)
L.extend([x, 1, X(L, 2), 3])
D.update(k=x, m=[x], n=X(D, L))
S.update([5, 6])
data = pickle.dumps(L)
back = pickle.loads(data)
one = back[0]
two = one.a[1]
three = pickle.loads(pickle.dumps([D, S, L, x], 2))
four = pickle.loads(pickle.dumps((D, D), 0))
class LL(list):
    def append(self, v):
        super().append((v,))
    def __setstate__(self, s):
        vars(self).update(s)
ll = LL([1]); ll.me = ll; ll.append(ll)
five = pickle.loads(pickle.dumps(ll))
od = collections.OrderedDict(a=1); od['b'] = X(od)
six = pickle.loads(pickle.dumps(od))
dd = collections.defaultdict(list); dd['q'].append(X(dd))
seven = pickle.loads(pickle.dumps(dd))
dq = collections.deque([1]); dq.append(X(dq))
eight = pickle.loads(pickle.dumps(dq))
import io
nine = pickle.Unpickler(io.BytesIO(data)).load()
ten = pickle._loads(data)
done = 1
