# Ends by sys.exit in a function.
import sys

log = []


def leave(code):
    try:
        sys.exit(code)
    finally:
        log.append('leaving')


try:
    leave(0)
except SystemExit as error:
    code = error.code
log.append(code)
leave([3])
