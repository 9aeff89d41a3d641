# What pickle makes of an exception tells whether anybody has asked for its __dict__.
import pickle

error = ValueError('a')
texts = [pickle.dumps(error, 2)]
key = KeyError(1, 2)
texts.append(pickle.dumps(key, 2))
key.extra = 3
texts.append(pickle.dumps(key, 2))
print(texts)
