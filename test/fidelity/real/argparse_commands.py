# states every 4
"""Command lines: subcommands, types, help and mistakes."""

import argparse
import contextlib
import io


def parser():
    top = argparse.ArgumentParser(prog='tool', description='Does things.')
    top.add_argument('--verbose', '-v', action='count', default=0)
    commands = top.add_subparsers(dest='command', required=True)
    add = commands.add_parser('add', help='adds numbers')
    add.add_argument('numbers', nargs='+', type=int)
    add.add_argument('--scale', type=float, default=1.0)
    show = commands.add_parser('show')
    show.add_argument('--format', choices=['text', 'json'], default='text')
    group = show.add_mutually_exclusive_group()
    group.add_argument('--all', action='store_true')
    group.add_argument('--only', action='append')
    return top


def attempt(words):
    errors = io.StringIO()
    try:
        with contextlib.redirect_stderr(errors):
            found = parser().parse_args(words)
        return vars(found)
    except SystemExit as error:
        return error.code, errors.getvalue().splitlines()[-1:]


results = [attempt(line.split()) for line in (
    'add 1 2 3 --scale 2', '-vv show --format json --only a --only b', 'add x', 'show --all --only a', 'show --format xml', '')]
for result in results:
    print(result)
print(parser().format_usage())
