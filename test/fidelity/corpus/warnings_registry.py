# What C writes into the module when a warning is given.
import warnings
warnings.simplefilter('default')
def f():
    warnings.warn('hello', UserWarning, stacklevel=1)
    x = 1
    warnings.warn('again')
    return x
import io, sys
sys.stderr = io.StringIO()
f()
f()
y = 1
z = len(__warningregistry__)
reg = __warningregistry__
warnings.warn('top')
w = 2
