import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const SETUP = path.resolve(__dirname, '../../../native/setup.mjs');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'execorder-test-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Sets up on a machine where nothing but the tools in `folder` is on PATH. */
function setUp(): { lines: string[]; status: number | null } {
  const env = { PATH: folder };
  const { stderr, status } = spawnSync(process.execPath, [SETUP, 'setup'], { env, encoding: 'utf8' });
  return { lines: stderr.trimEnd().split('\n'), status };
}

function install(name: string, text = 'exit 0'): void {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
}

test('everything that is missing is named in one line each, with its package', () => {
  const { lines, status } = setUp();
  expect(status).toBe(1);
  expect(lines).toEqual([
    expect.stringMatching(/^execorder: cmake is missing: .*apt install cmake/),
    expect.stringMatching(/^execorder: make is missing: .*apt install build-essential/),
    expect.stringMatching(/^execorder: A C compiler is missing: .*apt install build-essential/),
    expect.stringMatching(/^execorder: A C\+\+ compiler is missing: .*apt install build-essential/),
    expect.stringMatching(/^execorder: Python 3 is missing: .*apt install python3 python3-dev/),
  ]);
});

test('missing headers of Python are named with the folder they should be in', () => {
  ['cmake', 'make', 'cc', 'c++'].forEach((name) => install(name));
  install('python3', `echo ${folder}/include`);
  expect(setUp()).toEqual({
    lines: [
      `execorder: The headers of python3 are missing (no ${folder}/include/Python.h): ` +
        'install them (Debian, Ubuntu: apt install python3-dev; Fedora: dnf install python3-devel).',
    ],
    status: 1,
  });
});

test('an unknown target is answered with those there are', () => {
  const { stderr, status } = spawnSync(process.execPath, [SETUP, 'dance'], { encoding: 'utf8' });
  expect(stderr).toMatch(/^execorder: There is no target 'dance': use setup, start, [a-z, -]+\.\n$/);
  expect(status).toBe(1);
});
