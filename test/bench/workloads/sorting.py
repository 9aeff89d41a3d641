"""Sorting by hand: swaps and moves inside lists of numbers."""

from clock import measure


def quick_sort(items, low, high):
    while low < high:
        pivot = items[(low + high) // 2]
        i, j = low, high
        while i <= j:
            while items[i] < pivot:
                i += 1
            while items[j] > pivot:
                j -= 1
            if i <= j:
                items[i], items[j] = items[j], items[i]
                i += 1
                j -= 1
        quick_sort(items, low, j)
        low = i


def merge_sort(items):
    if len(items) < 2:
        return items
    middle = len(items) // 2
    left, right = merge_sort(items[:middle]), merge_sort(items[middle:])
    merged = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            merged.append(left[i])
            i += 1
        else:
            merged.append(right[j])
            j += 1
    merged.extend(left[i:])
    merged.extend(right[j:])
    return merged


def numbers(count):
    value, items = 12345, []
    for _ in range(count):
        value = value * 1103515245 % 2147483648
        items.append(value % 100000)
    return items


def main():
    for _ in range(7):
        items = numbers(20000)
        merged = merge_sort(items)
        quick_sort(items, 0, len(items) - 1)
        assert items == merged


measure(main)
