"""File names for recordings of tests."""

from __future__ import annotations

import hashlib
import re

LONGEST = 150  # characters, below what any file system takes


def file_name(node_id: str) -> str:
    """A file name for a test, the same in every run and another one for every test.

    >>> file_name('tests/test_a.py::TestB::test_c')
    'tests-test_a.py--TestB--test_c.xrec'
    >>> file_name('test_a.py::test_c[x/y]')
    'test_a.py--test_c[x_y]-fb377b56.xrec'
    """
    path, colons, rest = node_id.partition('::')
    plain = path.replace('/', '-') + (colons + rest).replace('::', '--')
    safe = re.sub(r'[^\w.,=+@\[\]-]', '_', plain, flags=re.ASCII)
    ambiguous = safe != plain or '-' in node_id or safe[:1] in '.-'
    if ambiguous or len(safe) > LONGEST:
        safe = '%s-%s' % (safe[:LONGEST].lstrip('.-'), hashlib.sha1(node_id.encode('utf-8', 'replace')).hexdigest()[:8])
    return safe + '.xrec'
