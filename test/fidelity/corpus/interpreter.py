# needs 3.10
# An interpreter for a tiny language: tokens, a parser, an evaluator with scopes.
import re

TOKEN = re.compile(r'\s*(?:(\d+)|(\w+)|(.))')


class Parser:
    def __init__(self, text):
        self.tokens = [m.groups() for m in TOKEN.finditer(text)]
        self.at = 0

    def peek(self):
        if self.at < len(self.tokens):
            number, name, mark = self.tokens[self.at]
            return number or name or mark
        return None

    def take(self, expected=None):
        token = self.peek()
        if expected and token != expected:
            raise SyntaxError('expected %s, got %s' % (expected, token))
        self.at += 1
        return token

    def sum(self):
        left = self.product()
        while self.peek() in ('+', '-'):
            left = (self.take(), left, self.product())
        return left

    def product(self):
        left = self.atom()
        while self.peek() == '*':
            left = (self.take(), left, self.atom())
        return left

    def atom(self):
        token = self.take()
        if token == '(':
            inner = self.sum()
            self.take(')')
            return inner
        if token == 'let':
            name = self.take()
            self.take('=')
            value = self.sum()
            self.take(';')
            return ('let', name, value, self.sum())
        return int(token) if token.isdigit() else ('name', token)


class Scope(dict):
    def __init__(self, parent=None):
        super().__init__()
        self.parent = parent

    def find(self, name):
        scope = self
        while scope is not None:
            if name in scope:
                return scope[name]
            scope = scope.parent
        raise NameError(name)


def evaluate(tree, scope):
    match tree:
        case int():
            return tree
        case ('name', name):
            return scope.find(name)
        case ('let', name, value, body):
            inner = Scope(scope)
            inner[name] = evaluate(value, scope)
            return evaluate(body, inner)
        case (operator, left, right):
            a, b = evaluate(left, scope), evaluate(right, scope)
            return {'+': a + b, '-': a - b, '*': a * b}[operator]


parser = Parser('let x = 2 + 3; (x - 1) * let y = x; y + x')
tree = parser.sum()
top = Scope()
result = evaluate(tree, top)
try:
    Parser('(1 + 2').sum()
except (SyntaxError, AttributeError) as error:
    said = str(error)
try:
    evaluate(('name', 'z'), top)
except NameError as error:
    said = error.args
