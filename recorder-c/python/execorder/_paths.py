"""Paths to a variable or into an object, as text: read, never evaluated."""

from __future__ import annotations

import ast
from collections import namedtuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple, Tuple

    class Part(NamedTuple):
        kind: str  # 'attribute' or 'item'
        key: object

    class Path(NamedTuple):
        name: str
        parts: Tuple[Part, ...]
else:
    Part = namedtuple('Part', ['kind', 'key'])
    Path = namedtuple('Path', ['name', 'parts'])

ADVICE = "write a name with attributes and items, such as total, self.items[3] or data['key']"


def parse_path(text: str) -> Path:
    """Reads `self.items[3]`. Raises ValueError when the text is no path.

    >>> parse_path("self.items[-1]")
    Path(name='self', parts=(Part(kind='attribute', key='items'), Part(kind='item', key=-1)))
    """
    try:
        node = ast.parse(text.strip(), mode='eval').body
    except (SyntaxError, ValueError):
        raise ValueError('%r is no path: %s' % (text, ADVICE)) from None
    parts = []
    while not isinstance(node, ast.Name):
        if isinstance(node, ast.Attribute):
            parts.append(Part('attribute', node.attr))
        elif isinstance(node, ast.Subscript):
            parts.append(Part('item', _key(node.slice, text)))
        else:
            raise ValueError('%r is no path: %s' % (text, ADVICE))
        node = node.value
    return Path(node.id, tuple(reversed(parts)))


def _key(node: ast.AST, text: str) -> object:
    if type(node).__name__ == 'Index':  # up to 3.8
        node = node.value  # type: ignore[attr-defined]
    try:
        key = ast.literal_eval(node)
        hash(key)
    except (ValueError, TypeError, SyntaxError):
        raise ValueError('%r is no path: between brackets stands a constant, such as 3 or %r' % (text, 'key')) from None
    return key


def path_text(start: str, parts: Tuple[Part, ...]) -> str:
    """The text of a path.

    >>> path_text('self', (Part('attribute', 'items'), Part('item', 3)))
    'self.items[3]'
    """
    return start + ''.join('.%s' % part.key if part.kind == 'attribute' else '[%r]' % (part.key,) for part in parts)
