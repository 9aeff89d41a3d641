import { cacheFolder, cacheKey } from '../../../adapter/src/interpreter/cache';
import type { Interpreter } from '../../../adapter/src/interpreter/interpreter';

const PYTHON = {
  build: '3.12.1 (main)',
  cacheTag: 'cpython-312',
  include: '/include',
  extensionSuffix: '.so',
} as Interpreter;

test('the cache is where EXECORDER_CACHE says, then XDG_CACHE_HOME, then the home folder', () => {
  expect(cacheFolder({ EXECORDER_CACHE: '/a', XDG_CACHE_HOME: '/b' })).toBe('/a');
  expect(cacheFolder({ XDG_CACHE_HOME: '/b' })).toBe('/b/execorder');
  expect(cacheFolder({})).toMatch(/\/\.cache\/execorder$/);
});

test("the key changes with the interpreter's build and with the sources, and with nothing else", () => {
  const key = cacheKey(PYTHON, 'sources');
  expect(key).toMatch(/^cpython-312-[0-9a-f]{16}$/);
  expect(cacheKey({ ...PYTHON, command: 'another name' }, 'sources')).toBe(key);
  expect(cacheKey(PYTHON, 'other sources')).not.toBe(key);
  expect(cacheKey({ ...PYTHON, build: '3.12.1 (another compiler)' }, 'sources')).not.toBe(key);
});
