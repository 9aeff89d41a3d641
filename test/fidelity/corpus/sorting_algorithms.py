# Bubble sort, quicksort in place, merge sort, heap sort by hand, counting sort.
def bubble(a):
    for i in range(len(a)):
        for j in range(len(a) - 1 - i):
            if a[j] > a[j + 1]:
                a[j], a[j + 1] = a[j + 1], a[j]
    return a


def quick(a, low=0, high=None):
    if high is None:
        high = len(a) - 1
    if low < high:
        pivot, i = a[high], low
        for j in range(low, high):
            if a[j] <= pivot:
                a[i], a[j] = a[j], a[i]
                i += 1
        a[i], a[high] = a[high], a[i]
        quick(a, low, i - 1)
        quick(a, i + 1, high)


def merge(a):
    if len(a) < 2:
        return a
    left, right = merge(a[:len(a) // 2]), merge(a[len(a) // 2:])
    result = []
    while left and right:
        result.append((left if left[0] <= right[0] else right).pop(0))
    result.extend(left or right)
    return result


def counting(a):
    counts = {}
    for n in a:
        counts[n] = counts.get(n, 0) + 1
    a.clear()
    for n in sorted(counts):
        a += [n] * counts[n]


def insertion(a):
    for i in range(1, len(a)):
        item = a[i]
        j = i
        while j and a[j - 1] > item:
            a[j] = a[j - 1]
            j -= 1
        a[j] = item


data = [5, 2, 9, 1, 5, 6]
one = bubble(data[:])
two = data[:]
quick(two)
three = merge(data)
four = list(data)
counting(four)
five = data.copy()
insertion(five)
data.sort(key=lambda n: -n)
