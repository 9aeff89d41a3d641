"""Packages that a test needs beside the standard library, installed into a folder of their own."""

import os
import subprocess
import sys
import tempfile
import unittest

_folders = {}


def packages(*names):
    """A folder to put on PYTHONPATH that holds these packages; skips the test when they can't be had."""
    if names not in _folders:
        _folders[names] = _install(names)
    folder, problem = _folders[names]
    if problem is not None:
        raise unittest.SkipTest('%s can not be installed here: %s' % (' and '.join(names), problem))
    return folder.name


def _install(names):
    folder = tempfile.TemporaryDirectory(prefix='execorder-packages-')
    command = [sys.executable, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-warn-script-location',
               '--retries', '1', '--target', folder.name, *names]
    environment = {name: value for name, value in os.environ.items() if name != 'PYTHONPATH'}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
    if done.returncode == 0:
        return folder, None
    lines = [line for line in done.stderr.splitlines() if line.startswith('ERROR')]
    return folder, (lines or ['exit code %d' % done.returncode])[-1]
