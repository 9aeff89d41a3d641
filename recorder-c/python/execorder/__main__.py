"""`python -m execorder`: runs a program under the recorder."""

import atexit
import sys

# Registered before anything else can be, so that it runs after everything that the program registers.
_at_the_very_end = []
atexit.register(lambda: [action() for action in _at_the_very_end])


def main(words=None):
    """Runs the program that the words (by default the command line's) name; ends as the program itself ends.

    Answers the exit code, or leaves with the exception that ended the program.
    """
    from execorder._options import UsageError, parse

    try:
        options = parse(sys.argv[1:] if words is None else words)
    except UsageError as error:
        sys.stderr.write('execorder: %s\n' % error)
        return 2
    if options.kind == 'open':
        from execorder._open import show

        return show(options.target, options.step)
    if options.kind == 'attach':
        from execorder._attach import attach

        return attach(int(options.target), options.output, options.time_limit)
    from execorder._run import run

    return run(options, _at_the_very_end.append)


if __name__ == '__main__':
    sys.exit(main())
