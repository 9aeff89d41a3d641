# Long texts built piece by piece: in a function, a global, an attribute, an item; two at once, and one that starts anew.
def build(n):
    s = ''
    t = 'x' * 600
    for i in range(n):
        s += 'part %d, ' % i
        t += s[-3:]
        if i == n // 2:
            kept = s
            t = t[:550]
    return s, t, kept


class Buffer:
    def __init__(self):
        self.text = ''

    def write(self, piece):
        self.text += piece


made = build(120)
report = 'é' * 500
lines = {'all': ''}
buffer = Buffer()
for n in range(60):
    report += '<ü%d>' % n
    lines['all'] += 'line %d\n' % n * 3
    buffer.write('0123456789' * 3)
    same = report
report = report.upper()
done = len(report), len(buffer.text)
