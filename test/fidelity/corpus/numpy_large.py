"""numpy: arrays that are larger than what is looked at before each step."""
# needs numpy
import numpy as np

size = 300000
a = np.zeros(size)
b = a[1000:2000]
grid = a[:90000].reshape(300, 300)
for step in range(30):
    a[step * 997] = step
    b[step] += 0.5
    grid[step, step] = -1
a[100:200] = np.arange(100)
a[5::5000] = 3
a += 1
a[::-1].sort()
np.sin(a, out=a)
a.fill(2)
grid[:, 7] = 4
grid.T[3] *= 2
pixels = np.zeros((100, 200, 3), np.uint8)
pixels[10:20, 30:40] = [1, 2, 3]
pixels[..., 1] = 200
pixels[5, 6, 2] = 99
total = int(pixels.sum()) + int(a.sum())
