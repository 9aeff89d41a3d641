"""Do CPython's own tests come out the same under the recorder? ``python same.py [--json FILE] [--fast] [test_list …]``

PYTHONPATH must lead to the ``execorder`` package. Every module runs twice in processes of its own, plainly and recorded
step by step (``--all-code``), and the outcome of each test method is compared. The exit code is 0 when all agree.
FILE gets the results, module by module; those of other modules that stand in it already stay.
"""

import argparse
import fnmatch
import json
import os
import subprocess
import sys
import tempfile
import time

from known import KNOWN

HERE = os.path.dirname(os.path.abspath(__file__))

#: A few seconds in all: what containers, attributes, classes and generators do.
FAST = ['test_list', 'test_tuple', 'test_userlist', 'test_class', 'test_property', 'test_slice', 'test_enumerate',
        'test_defaultdict', 'test_genexps', 'test_raise', 'test_with', 'test_scope', 'test_bisect', 'test_super']

ALL = FAST + [
    'test_dict', 'test_set', 'test_descr', 'test_generators', 'test_exceptions', 'test_gc', 'test_weakref',
    'test_deque', 'test_ordered_dict', 'test_dictviews', 'test_userdict', 'test_collections', 'test_iter',
    'test_itertools', 'test_functools', 'test_heapq', 'test_copy', 'test_dataclasses', 'test_enum', 'test_contextlib',
    'test_coroutines', 'test_asyncgen', 'test_frame', 'test_random', 'test_operator', 'test_types',
    'test_exception_group', 'test_except_star', 'test_listcomps', 'test_dictcomps', 'test_setcomps',
    'test_named_expressions', 'test_patma', 'test_weakset', 'test_structseq', 'test_augassign', 'test_unpack',
    'test_unpack_ex', 'test_keywordonlyarg', 'test_positional_only_arg', 'test_extcall', 'test_call', 'test_opcodes',
    'test_binop', 'test_compare', 'test_contains', 'test_index', 'test_isinstance', 'test_metaclass',
    'test_subclassinit', 'test_decorators', 'test_global', 'test_pow', 'test_range', 'test_richcmp', 'test_sort',
    'test_string_literals', 'test_syntax', 'test_builtin', 'test_bytes', 'test_abc', 'test_thread_local_bytecode',
    'test_threading_local', 'test_reprlib', 'test_pprint', 'test_json', 'test_string', 'test_yield_from', 'test_pep479',
    'test_traceback', 'test_opcache', 'test_type_params', 'test_typing', 'test_monitoring', 'test_sys_settrace',
    'test_sys_setprofile', 'test_array', 'test_funcattrs', 'test_pickle', 'test_threading', 'test_thread', 'test_queue',
    'test_unicode', 'test_str', 'test_int', 'test_float', 'test_complex', 'test_long', 'test_bool', 'test_memoryview',
    'test_buffer', 'test_struct', 'test_module', 'test_decimal', 'test_fractions', 'test_contextlib_async',
    'test_context', 'test_code', 'test_compile', 'test_grammar', 'test_inspect', 'test_copyreg', 'test_userstring',
    'test_numeric_tower', 'test_statistics', 'test_shelve', 'test_format', 'test_fstring', 'test_re',
    'test_csv', 'test_bdb', 'test_trace', 'test_cprofile', 'test_profile', 'test_atexit', 'test_signal',
    'test_import', 'test_pkgutil', 'test_runpy', 'test_finalization', 'test_sys', 'test_warnings', 'test_logging',
    'test_unittest', 'test_dynamic', 'test_dynamicclassattribute', 'test_exception_variations', 'test_exception_hierarchy',
    'test_frozen', 'test_future', 'test_getattr', 'test_hash', 'test_print', 'test_zip', 'test_concurrent_futures',
    'test_sched', 'test_asyncio.test_tasks', 'test_asyncio.test_futures', 'test_asyncio.test_queues',
    'test_asyncio.test_locks', 'test_peepholer', 'test_dis', 'test_hashlib', 'test_io',
]

#: For one module, recorded step by step: the slowest takes some minutes.
PATIENCE_SECONDS = 1800


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('modules', nargs='*')
    parser.add_argument('--fast', action='store_true', help='a subset of a few seconds')
    parser.add_argument('--json', metavar='FILE')
    parser.add_argument('--timeout', metavar='SECONDS', type=float, default=PATIENCE_SECONDS)
    options = parser.parse_args(arguments)
    results = []
    for module in options.modules or (FAST if options.fast else ALL):
        results.append(compare(module, options.timeout))
        print(told(results[-1]), flush=True)
        if options.json:
            keep(options.json, results)
    different = sum(result['status'] == 'different' for result in results)
    tests = sum(result.get('tests', 0) for result in results)
    print('%d modules, %d tests, %d modules different' % (len(results), tests, different))
    return 1 if different else 0


def keep(path, results):
    kept = {}
    if os.path.exists(path):
        with open(path) as file:
            kept = {result['module']: result for result in json.load(file)['modules']}
    kept.update((result['module'], result) for result in results)
    with open(path + '.new', 'w') as file:
        json.dump({'python': sys.version.split()[0], 'modules': list(kept.values())}, file, indent=1)
    os.replace(path + '.new', path)


def compare(module, patience):
    """The result of one module, as plain data."""
    with tempfile.TemporaryDirectory(prefix='execorder-same-') as folder:
        script = os.path.join(HERE, 'run_tests.py')
        begun = time.time()
        plain = run([sys.executable, script], module, folder, patience)
        if isinstance(plain, str):
            return {'module': module, 'status': 'skipped', 'reason': plain}
        half = time.time()
        recording = os.path.join(folder, 'tests.xrec')
        command = [sys.executable, '-m', 'execorder', '--all-code', '-o', recording, script]
        recorded = run(command, module, folder, patience)
    seconds = [round(half - begun, 1), round(time.time() - half, 1)]
    if isinstance(recorded, str):
        return {'module': module, 'status': 'different', 'differences': [{'test': module, 'got': recorded}],
                'seconds': seconds}
    found, known = differences(plain, recorded)
    return {
        'module': module, 'status': 'different' if found else 'same', 'tests': len(plain), 'differences': found,
        'known': known, 'seconds': seconds,
    }


def run(command, module, folder, patience):
    """Outcomes by test; a text says why there are none."""
    report = os.path.join(folder, 'report.json')
    if os.path.exists(report):
        os.remove(report)
    environment = dict(os.environ, PYTHONHASHSEED='0')
    try:
        done = subprocess.run(
            command + [report, module], cwd=folder, env=environment, timeout=patience, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except subprocess.TimeoutExpired:
        return 'took longer than %d seconds' % patience
    if not os.path.exists(report):
        return 'exit code %d: %s' % (done.returncode, done.stdout.decode(errors='replace')[-1500:])
    with open(report) as file:
        return json.load(file)


def differences(plain, recorded):
    """Those that nobody has explained, and those that ``known.py`` does, each with its reason."""
    found, known = [], []
    for test in sorted(set(plain) | set(recorded)):
        expected, got = plain.get(test, ['missing', '']), recorded.get(test, ['missing', ''])
        if expected[0] != got[0]:
            reason = next((reason for pattern, reason in KNOWN if fnmatch.fnmatch(test, pattern)), None)
            difference = {'test': test, 'expected': ' '.join(expected), 'got': ' '.join(got)}
            if reason is None:
                found.append(difference)
            else:
                known.append(dict(difference, reason=reason))
    return found, known


def told(result):
    if result['status'] == 'skipped':
        return 'skipped   %s: %s' % (result['module'], result['reason'].splitlines()[-1] if result['reason'] else '')
    lines = ['%-9s %s: %d tests' % (result['status'], result['module'], result.get('tests', 0))]
    for difference in result['differences'][:12]:
        lines.append('            %s\n              expected %s\n              got      %s' % (
            difference['test'], difference.get('expected', 'an end'), difference['got']))
    return '\n'.join(lines)


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
