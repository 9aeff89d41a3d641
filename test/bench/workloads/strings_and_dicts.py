"""Strings and dicts: words counted, grouped, and written again."""

from clock import measure

SYLLABLES = ['ba', 'do', 'ki', 'lu', 'me', 'na', 'po', 'ri', 'su', 'te']


def words(count):
    value = 7
    for _ in range(count):
        value = (value * 75 + 74) % 65537
        word = SYLLABLES[value % 10] + SYLLABLES[value // 10 % 10]
        if value % 3:
            word += SYLLABLES[value // 100 % 10]
        yield word


def count_words(text):
    counts = {}
    for word in text.split(' '):
        counts[word] = counts.get(word, 0) + 1
    return counts


def group_by_letter(counts):
    groups = {}
    for word, count in counts.items():
        letter = word[0]
        if letter not in groups:
            groups[letter] = {}
        groups[letter][word] = count
    return groups


def turned(word):
    result = ''
    for letter in word:
        result = letter + result
    return result


def main():
    for _ in range(50):
        text = ' '.join(words(25000))
        counts = count_words(text)
        groups = group_by_letter(counts)
        lines = []
        for letter in sorted(groups):
            for word in sorted(groups[letter]):
                lines.append('%s: %d %s' % (word, counts[word], turned(word)))
        again = {}
        for line in lines:
            word, _, rest = line.partition(': ')
            again[word] = int(rest.split()[0])
        assert again == counts


measure(main)
