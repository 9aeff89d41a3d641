"""Sizes as people write them."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Union

_UNITS = {'': 1, 'K': 10 ** 3, 'M': 10 ** 6, 'G': 10 ** 9, 'T': 10 ** 12}


def size_of(text: Union[str, int]) -> int:
    """Bytes. Raises ValueError when the text is no size.

    >>> size_of('200MB'), size_of('1.5 GB'), size_of(4096)
    (200000000, 1500000000, 4096)
    """
    if isinstance(text, int) and not isinstance(text, bool) and text > 0:
        return text
    match = re.match(r'^\s*(\d+(?:\.\d+)?)\s*([KMGT]?)B?\s*$', str(text), re.IGNORECASE)
    size = 0 if match is None else int(float(match.group(1)) * _UNITS[match.group(2).upper()])
    if size < 1:
        raise ValueError("a size is a number of bytes or a text such as '200MB', not %r" % (text,))
    return size
