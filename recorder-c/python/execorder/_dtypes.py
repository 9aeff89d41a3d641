"""The dtypes of records, as a recording writes them: `{16|"x":<f8@0,"y":(2,3)<i4@8}`."""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Tuple


def parse(text: str):
    """What numpy.dtype() takes for a recorded format; ValueError when the text is no such format."""
    found, rest = _type(text)
    if rest:
        raise ValueError('no dtype: %r' % text)
    return found


def _type(text: str) -> Tuple[object, str]:
    if text.startswith('('):
        shape, _, rest = text[1:].partition(')')
        base, rest = _type(rest)
        return (base, tuple(int(part) for part in shape.split(',') if part)), rest
    if text.startswith('{'):
        return _record(text)
    end = next((at for at, character in enumerate(text) if character in ',@}'), len(text))
    return text[:end], text[end:]


def _record(text: str) -> Tuple[dict, str]:
    size, _, rest = text[1:].partition('|')
    record = {'names': [], 'formats': [], 'offsets': [], 'itemsize': int(size)}
    while rest and not rest.startswith('}'):
        name, end = json.JSONDecoder().raw_decode(rest)
        base, rest = _type(rest[end + 1:])
        offset, rest = _number(rest[1:])
        record['names'].append(name)
        record['formats'].append(base)
        record['offsets'].append(offset)
        rest = rest[1:] if rest.startswith(',') else rest
    return record, rest[1:]


def _number(text: str) -> Tuple[int, str]:
    end = next((at for at, character in enumerate(text) if not character.isdigit()), len(text))
    return int(text[:end]), text[end:]
