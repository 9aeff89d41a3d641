"""Holds recordings against the truth: ``python compare.py [--sample N] [--json FILE] program.py ...``

PYTHONPATH must lead to the ``execorder`` package for this interpreter (``execorder python-path`` prints it).
Each program runs three times in processes of their own: plainly, under the oracle, and under the recorder. The exit
code is 0 when every state of every program was right.
"""

import argparse
import json
import os
import random
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def main(arguments):
    options = parse(arguments)
    if not options.oracle_only:
        import execorder

        execorder.exec, execorder.open  # loaded once, not in every child
    if options.random:
        with tempfile.TemporaryDirectory(prefix='execorder-programs-') as folder:
            options.programs = random_programs(folder, options)
            return compare(options)
    return compare(options)


def compare(options):
    results = []
    for program in options.programs:
        result = check(program, options)
        results.append(result)
        print(told(result), flush=True)
    if options.json:
        with open(options.json, 'w', encoding='utf-8') as file:
            json.dump({'python': '%d.%d.%d' % sys.version_info[:3], 'programs': results}, file, indent=1)
    wrong = sum(result['status'] not in ('same', 'skipped') for result in results)
    print('%d programs, %d line steps compared, %d programs wrong' % (
        len(results), sum(result.get('compared', 0) for result in results), wrong))
    return 1 if wrong else 0


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('programs', nargs='*', help='default: the whole corpus')
    parser.add_argument('--sample', type=int, default=1, metavar='N', help='compare every N-th line step only')
    parser.add_argument('--json', metavar='FILE', help='write the results here too')
    parser.add_argument('--timeout', type=float, default=120, help='seconds for each run')
    parser.add_argument('--oracle-only', action='store_true', help='check that the oracle agrees with itself')
    parser.add_argument('--random', type=int, default=0, metavar='N', help='N new random programs instead')
    parser.add_argument('--seed', type=int, help='the seed of the first random program')
    parser.add_argument('--most', type=int, default=5, help='how many differences to keep per program')
    options = parser.parse_args(arguments)
    if not options.programs and not options.random:
        from corpus_files import corpus
        options.programs = corpus()
    return options


def random_programs(folder, options):
    """Writes as many random programs as asked for; each is named after its seed."""
    from generate import program

    first = options.seed if options.seed is not None else random.SystemRandom().randrange(10 ** 9)
    paths = []
    for seed in range(first, first + options.random):
        path = os.path.join(folder, 'seed_%d.py' % seed)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(program(seed))
        paths.append(path)
    return paths


def check(program, options):
    """The result of one program, as plain data."""
    from children import ChildFailed, in_child
    from corpus_files import reason_to_skip, truth_holds
    from runs import reference_path, run_plainly, run_under_oracle

    path = reference_path(program)
    name = os.path.basename(path)
    reason = reason_to_skip(path)
    if reason:
        return {'program': name, 'status': 'skipped', 'reason': reason}
    try:
        plain, printed = in_child(run_plainly, (path,), options.timeout)
        truth = in_child(run_under_oracle, (path,), options.timeout)[0] if truth_holds(path) else None
    except ChildFailed as failure:
        return {'program': name, 'status': 'broken', 'reason': 'without the recorder: %s' % failure}
    if options.oracle_only:
        if truth is None:
            return {'program': name, 'status': 'skipped', 'reason': 'the oracle disturbs it on this version'}
        return check_oracle(name, path, (plain, printed), truth, options)
    return check_recorder(name, path, (plain, printed), truth, options)


def check_oracle(name, path, plain, truth, options):
    """Two runs under the oracle must agree, and end as a plain run does."""
    from children import in_child
    from runs import run_under_oracle

    again, printed = in_child(run_under_oracle, (path,), options.timeout)
    findings = outcome_findings(plain, (truth.outcome, printed))
    if truth.lines != again.lines or truth.events != again.events:
        findings.append({'what': 'two runs of the oracle differ'})
    return {
        'program': name, 'status': 'different' if findings else 'same', 'lines': len(truth.lines),
        'compared': len(truth.lines), 'wrong': len(findings), 'findings': findings,
    }


def check_recorder(name, path, plain, truth, options):
    from children import ChildFailed, in_child
    from recorded import run_and_compare

    try:
        report, printed = in_child(run_and_compare, (path, truth, options.sample), options.timeout)
    except ChildFailed as failure:
        return {'program': name, 'status': 'failed', 'reason': str(failure)}
    findings = outcome_findings(plain, (report.outcome, printed))
    if report.recorded_output.encode('utf-8', 'surrogatepass') != plain[1]:
        findings.append({
            'what': 'recorded output', 'expected': repr(plain[1][-300:]), 'got': repr(report.recorded_output[-300:])})
    if report.seen_late:
        findings.append({'what': 'changes seen late', 'expected': 'none', 'got': report.seen_late})
    findings += [finding._asdict() for finding in report.findings]
    return {
        'program': name, 'status': 'different' if findings else 'same', 'lines': report.lines,
        'compared': report.compared, 'wrong': report.wrong_steps, 'opaque': sorted(report.opaque),
        'file_bytes': report.file_bytes, 'findings': findings[:options.most],
    }


def outcome_findings(plain, observed):
    """What being watched changed about how the program ended."""
    from difference import Comparison

    findings = []
    (expected, expected_output), (got, output) = plain, observed
    found = Comparison(expected.variables, got.variables).first()
    if found:
        findings.append(dict(found._asdict(), what='variables at the end'))
    if (expected.error is None) != (got.error is None) or (
            expected.error and Comparison(expected.error[0], got.error[0]).first()):
        findings.append({'what': 'exception at the end', 'expected': str(expected.error), 'got': str(got.error)})
    elif expected.error and expected.error[1] != got.error[1]:
        findings.append({
            'what': "the exception's traceback", 'expected': str(expected.error[1]), 'got': str(got.error[1])})
    if expected_output != output:
        findings.append({'what': 'output', 'expected': repr(expected_output[-300:]), 'got': repr(output[-300:])})
    return findings


def told(result):
    """A result as lines to read."""
    if 'findings' not in result:
        return '%-9s %s: %s' % (result['status'], result['program'], result['reason'])
    lines = ['%-9s %s: %d line steps, %d of %d compared wrong%s' % (
        result['status'], result['program'], result['lines'], result['wrong'], result['compared'],
        ', opaque: ' + ', '.join(result['opaque']) if result.get('opaque') else '')]
    for finding in result['findings'][:3]:
        place = ''
        if finding.get('line') is not None:
            place = ' at step %s, line %s `%s`' % (finding['step'], finding['line'], finding['text'])
        lines.append('          %s%s' % (finding['what'], place))
        if 'expected' in finding:
            lines.append('            %s\n              expected %s\n              got      %s' % (
                finding.get('path', ''), finding['expected'], finding['got']))
    return '\n'.join(lines)


if __name__ == '__main__':
    if os.environ.get('PYTHONHASHSEED') != '0':
        # The order of sets of texts must be the same in every run.
        os.environ['PYTHONHASHSEED'] = '0'
        os.execv(sys.executable, [sys.executable] + sys.argv)
    sys.path.insert(0, HERE)
    sys.exit(main(sys.argv[1:]))
