# Queues of the standard library, and pools of threads that take turns.
import concurrent.futures
import heapq
import queue
import threading

results = []
plain = queue.Queue(maxsize=3)
plain.put([1])
plain.put_nowait({'two': results})
got = plain.get()
got.append(plain.qsize())
plain.task_done()
try:
    queue.Queue(maxsize=1).get_nowait()
except queue.Empty as error:
    results.append(error)
stack = queue.LifoQueue()
for item in 'abc':
    stack.put([item])
top = stack.get()
top.append('popped')
ranked = queue.PriorityQueue()
for rank in (3, 1, 2):
    ranked.put((rank, ['rank %d' % rank]))
best = ranked.get()
best[1].append('best')
heapq.heappush(ranked.queue, (0, results))
best = ranked.get()
simple = queue.SimpleQueue()
simple.put(results)
simple.put('second')
first = simple.get()
first.append(simple.qsize())


def produce(into):
    for n in range(3):
        into.append(n)
        plain.put(n)


def square(n):
    seen = [n]
    seen.append(n * n)
    results.append(seen)
    return seen


def failing(n):
    results.append('fails')
    return results[n]


def run(thread): thread.start(); thread.join()


def pool(): return concurrent.futures.ThreadPoolExecutor(max_workers=1)


plain.get()
run(threading.Thread(target=produce, args=(results,)))
taken = [plain.get() for _ in range(3)]
value = pool().submit(square, 5).result()
value.append('from the pool')
found = list(pool().map(square, [1, 2, 3]))
found[0].append(found)
try:
    pool().submit(failing, 99).result()
except IndexError as error:
    results.append(str(error))
results.append('end')
