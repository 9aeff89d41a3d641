# A big list, a big dict and a long text, changed a little, very often.
# states every 211
import heapq

big = list(range(700))
index = {i: str(i) for i in range(300)}
text = ''
heap = []
rows = [[0] * 20 for _ in range(10)]
for step in range(4000):
    big[step * 37 % len(big)] = step
    if step % 10 == 0:
        big.append([step])
    if step % 25 == 0:
        big.pop(step % 50)
    index[step % 301] = big[0]
    if step % 7 == 0:
        index.pop(step % 13, None)
    heapq.heappush(heap, (step * 7919) % 997)
    if len(heap) > 40:
        heapq.heappop(heap)
    rows[step % 10][step % 20] += step
    if step % 16 == 0:
        text += '%d,' % step
    if step % 1000 == 999:
        big.sort(key=str)
        rows.reverse()
        text = text[-30:]
