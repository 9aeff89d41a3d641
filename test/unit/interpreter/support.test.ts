import type { Interpreter } from '../../../adapter/src/interpreter/interpreter';
import { isSupported, missingVersions, requireSupported } from '../../../adapter/src/interpreter/support';

const PYTHON: Interpreter = {
  command: 'python3',
  executable: '/bin/python3',
  implementation: 'cpython',
  version: [3, 12, 1],
  build: '3.12.1 (main)',
  cacheTag: 'cpython-312',
  include: '/include',
  extensionSuffix: '.so',
  freeThreaded: false,
  debugBuild: false,
};

test.each([7, 8, 9, 10, 11, 12, 13])('CPython 3.%d is recorded', (minor) => {
  expect(isSupported({ ...PYTHON, version: [3, minor, 0] })).toBe(true);
});

test.each<[string, Partial<Interpreter>]>([
  ['Python 2.7.18', { version: [2, 7, 18] }],
  ['Python 3.6.15', { version: [3, 6, 15] }],
  ['Python 3.14.0', { version: [3, 14, 0] }],
  ['pypy 3.11.0', { implementation: 'pypy', version: [3, 11, 0] }],
  ['a free-threaded Python 3.13.0', { version: [3, 13, 0], freeThreaded: true }],
  ['a debug build of Python 3.12.1', { debugBuild: true }],
])('%s is refused by its name and told what to choose', (name, difference) => {
  expect(() => requireSupported({ ...PYTHON, ...difference })).toThrow(
    `python3 is ${name}, which Execorder can't record: choose CPython 3.7 to 3.13 with --python or EXECORDER_PYTHON.`,
  );
});

test('versions without an interpreter are named', () => {
  const found = [7, 9, 12].map((minor): Interpreter => ({ ...PYTHON, version: [3, minor, 4] }));
  expect(missingVersions(found)).toEqual(['3.8', '3.10', '3.11', '3.13']);
});
