# contextvars: values by context.
import contextvars

var = contextvars.ContextVar('var', default=[])
other = contextvars.ContextVar('other')
token = var.set([1])
var.get().append(2)
ctx = contextvars.copy_context()


def inside():
    var.set('inner')
    other.set({'k': var.get()})
    return other.get()


got = ctx.run(inside)
got['more'] = 1
now = var.get()
var.reset(token)
now = var.get()
seen = ctx[var]
try:
    other.get()
except LookupError as error:
    missing = type(error).__name__
