# Threads that take turns.
import threading

log = []
results = {}


def work(name, items):
    mine = []
    for item in items:
        mine.append(item)
        log.append((name, item))
    results[name] = mine


def run(target, *args):
    run_thread(threading.Thread(target=target, args=args))


def run_thread(thread): thread.start(); thread.join()


for name in 'abc':
    run(work, name, [1, 2])
local = threading.local()
local.x = 1


def other():
    local.x = 'other'
    results['local'] = local.x


run(other)
value = local.x


def failing():
    results['before'] = log
    try:
        run(work, 'inner', 'xy')
        {}['missing']
    except KeyError as error:
        results['error'] = error
    log.clear()


run(failing)
results['after'] = log
