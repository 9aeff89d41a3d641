# Words and letters of a text.
import collections
import re
import textwrap

TEXT = """It was a bright cold day in April, and the clocks were striking.
The day was cold; the clocks were right."""


def words_of(text):
    return re.findall(r'[a-z]+', text.lower())


words = words_of(TEXT)
counts = {}
for word in words[:12]:
    if word in counts:
        counts[word] += 1
    else:
        counts[word] = 1
common = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
letters = collections.Counter(''.join(words))
top = letters.most_common(3)
by_length = collections.defaultdict(set)
for word in words:
    by_length[len(word)].add(word)
longest = max(by_length)
lines = []
for line in textwrap.wrap(TEXT, 30):
    lines.append(line.center(32, '.'))
index = {}
for number, line in enumerate(TEXT.splitlines(), 1):
    for word in set(words_of(line)) & {'cold', 'day', 'april'}:
        index.setdefault(word, []).append(number)
index = {key: index[key] for key in sorted(index)}
text = re.sub(r'\b(\w)', lambda m: m.group(1).upper(), 'a few small words')
print(text)
for key, value in index.items():
    print('%-6s %s' % (key, value))
