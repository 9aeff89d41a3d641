# Variables that hold one long text after the other, often where the one before stood in memory.
def same_length(n):
    s = 'a' * 600
    for i in range(n):
        s = None
        s = chr(97 + i % 26) * 600
        del s
        s = 'x' * 300 + str(i) + 'y' * 300
        s += 'end'
        s = None; s = 'z' * i + 'end' * 200
        s += 'p'; s = s[:-2] + 'qr'
        s += 'tail'
    return s


def within_one_line(n):
    s = 'b' * 700
    for i in range(n): s += 'c'; s = s[1:] + 'd'
    while len(s) < 720: s += 'e'; s = 'f' + s[1:]
    s = ''.join(s for s in (s, 'g'))
    kept = [s for s in ('h' * 800, s + 'i')]
    s = s + 'j' if n else None
    try: s += 'k'; s = 'l' * len(s); s += 1
    except TypeError: s += 'm'
    return s, kept


def swapped(n):
    s, t = 'n' * 600, 'o' * 600
    for i in range(n):
        s, t = t + 'p', s
        s += 'q'
        t += s[-2:]
        both = s, t
        s = t = t + 'r'
        s += 's'
        s = both[0]
        del both
        s += 't'
    return s, t


def grows(n):
    s = 'u' * 600
    for i in range(n):
        s += 'v'
        s += 'w' * i
        yield len(s)
        if i % 5 == 4:
            s += 'ü'
        if i % 7 == 6:
            s = s[:500] + 'x' * 150
        hash(s) if i % 3 == 0 else None
        s += s[-1]
    other = s
    s += 'y'
    s = other
    s += 'z'


def inner(n):
    s = '0' * 600

    def add():
        nonlocal s
        s += '1'
        s = '2' + s[1:]
        return s

    for i in range(n):
        t = add()
        t += '3'
        s += '4'
        t = s
        t += '5'
    return t


a = same_length(9)
b = within_one_line(9)
c = swapped(9)
d = list(zip(grows(12), grows(12)))
e = inner(9)


def in_other_letters(n):
    s, t, u = 'ä' * 300, '€' * 300, 'z' * 600
    for i in range(n):
        s += 'é%d' % i
        t += '\ud800'
        t += '\udc00' * i
        u += 'ascii'
        u += 'ñ' if i == 3 else ''
        u += '€' if i == 5 else ''
        u += '\U0001f600' if i == 7 else ''
        if i % 4 == 3:
            s = s[1:] + '→'
            t = t[:299] + 'ü'
    kept = s
    s += 'end'
    return s, t, u, kept


class Report:
    text = 'ö' * 600


report = Report()
for n in range(6):
    report.text += 'ß%d' % n
    Report.text += report.text[-2:]
f = in_other_letters(11)
