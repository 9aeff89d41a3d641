import re

word = re.compile(r'(?P<first>\w)(\w*)', re.IGNORECASE | re.ASCII)
match = word.search('  some words', 1)
found = [each for each in word.finditer('one two')]
same = match.re is word
parts = match.groupdict()
parts['match'] = match
binary = re.compile(b'a+')
none = binary.match(b'bbb')
some = binary.match(b'aaab', 0, 2)
empty = re.match('', 'text')
nested = {'by name': {match: [word]}}
wide = re.compile('[ä-ü]+').search('xyz äöü')


class Scanner:
    pattern = word

    def scan(self, text):
        self.last = None
        for self.last in self.pattern.finditer(text):
            self.count = getattr(self, 'count', 0) + 1
        return self.last


scanner = Scanner()
last = scanner.scan('a bc')
del match
word = re.compile('(')  if not last else re.compile('x', re.X | re.S)

parted = re.match(r'(a)|(b)(c)?(?P<rest>(d*)e)', 'bdde')
spans = [parted.span(group) for group in range(6)]
inner = re.compile('(?:(x)|y)*').match('xyxy')
last = re.match('()', '')
many = re.match('(.)' * 90, 'ä' * 95)
over = re.match(b'(a)(b)?', bytearray(b'ac'))
done = [parted, {'inner': inner}]
