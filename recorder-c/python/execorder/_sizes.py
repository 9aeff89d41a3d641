"""Sizes of recordings, as people write them."""

from __future__ import annotations

from typing import Optional, Union

#: Below this a bound makes no sense: what every recording begins with may take as much.
LEAST = 1024 * 1024

_UNITS = {'': 1, 'B': 1}
_UNITS.update({letter + end: 1000 ** (i + 1) for i, letter in enumerate('KMGT') for end in ('B', '')})
_UNITS.update({letter + 'IB': 1024 ** (i + 1) for i, letter in enumerate('KMGT')})


def size_bytes(size: Union[int, str, None]) -> int:
    """Bytes of a size like 200_000_000, '200MB' or '1.5GiB'; 0 for None. Raises ValueError for what is none, and for
    less than a mebibyte.

    >>> size_bytes('200MB'), size_bytes('1.5 GiB')
    (200000000, 1610612736)
    """
    if size is None:
        return 0
    number = _parse(size) if isinstance(size, str) else size
    if number is None or isinstance(number, bool) or number < LEAST:
        raise ValueError(
            "a size is a number of bytes or a text such as '200MB' or '2GiB', at least 1MiB: %r is none" % (size,))
    return int(number)


def _parse(text: str) -> Optional[float]:
    text = text.strip().upper()
    digits = text.rstrip('KMGTIB ')
    factor = _UNITS.get(text[len(digits):].strip())
    try:
        return None if factor is None else float(digits) * factor
    except ValueError:
        return None
