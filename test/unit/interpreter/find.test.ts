import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findInterpreter } from '../../../adapter/src/interpreter/find';
import { newestPython, pythons } from '../../support/pythons';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'execorder-test-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function script(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** A name on PATH for a real interpreter. */
function install(name: string, command = newestPython().command): string {
  return script(name, `exec '${command}' "$@"`);
}

test('the interpreter asked for wins over the environment and PATH', async () => {
  const environment = { PATH: folder, EXECORDER_PYTHON: path.join(folder, 'missing') };
  const found = await findInterpreter({ python: newestPython().command, environment });
  expect(found.version.join('.')).toBe(newestPython().version);
});

test('EXECORDER_PYTHON wins over PATH', async () => {
  script('python3', 'exit 1');
  const environment = { PATH: folder, EXECORDER_PYTHON: newestPython().command };
  expect((await findInterpreter({ environment })).command).toBe(newestPython().command);
});

/** A virtual environment with a real interpreter. */
function environmentIn(name: string): string {
  const root = path.join(folder, name);
  mkdirSync(path.join(root, 'bin'), { recursive: true });
  symlinkSync(newestPython().command, path.join(root, 'bin', 'python'));
  return root;
}

test.each(['VIRTUAL_ENV', 'CONDA_PREFIX'])('the environment that %s names wins over PATH', async (name) => {
  script('python3', 'exit 1');
  const root = environmentIn('active');
  const found = await findInterpreter({ environment: { PATH: folder, [name]: root }, folder });
  expect(found.command).toBe(path.join(root, 'bin', 'python'));
  const named = { PATH: folder, [name]: root, EXECORDER_PYTHON: newestPython().command };
  expect((await findInterpreter({ environment: named })).command).toBe(newestPython().command);
});

test('a virtual environment in the folder of the program wins over PATH', async () => {
  script('python3', 'exit 1');
  const python = path.join(environmentIn('venv'), 'bin', 'python');
  const environment = { PATH: folder, VIRTUAL_ENV: path.join(folder, 'gone') };
  expect((await findInterpreter({ environment, folder })).command).toBe(python);
  const hidden = path.join(environmentIn('.venv'), 'bin', 'python');
  expect((await findInterpreter({ environment, folder })).command).toBe(hidden);
});

test('python3 on PATH is taken before python', async () => {
  script('python', 'exit 1');
  const python3 = install('python3');
  expect((await findInterpreter({ environment: { PATH: folder } })).command).toBe(python3);
});

test('python is taken when PATH holds no python3', async () => {
  mkdirSync(path.join(folder, 'python3'));
  const python = install('python');
  expect((await findInterpreter({ environment: { PATH: folder } })).command).toBe(python);
});

test('a name without a folder is looked for on PATH', async () => {
  const mine = install('my-python');
  expect((await findInterpreter({ python: 'my-python', environment: { PATH: folder } })).command).toBe(mine);
});

test.each(pythons().map((python) => [python.version, python.command] as const))(
  'Python %s describes itself',
  async (version, command) => {
    const found = await findInterpreter({ python: command });
    expect(found).toMatchObject({ implementation: 'cpython', freeThreaded: false, debugBuild: false });
    expect(found.version.join('.')).toBe(version);
    expect(found.extensionSuffix).toMatch(/\.so$/);
  },
);

test('a virtual environment stays one: its own python is started', async () => {
  const python = path.join(folder, 'python');
  symlinkSync(newestPython().command, python);
  expect((await findInterpreter({ python })).command).toBe(python);
});

test('modules that lie in the current folder are not imported', async () => {
  writeFileSync(path.join(folder, 'json.py'), 'raise SystemExit("wrong json")');
  const before = process.cwd();
  process.chdir(folder);
  try {
    await expect(findInterpreter({ python: newestPython().command })).resolves.toBeDefined();
  } finally {
    process.chdir(before);
  }
});

test('an empty PATH is told so, with what to do', async () => {
  await expect(findInterpreter({ environment: { PATH: folder } })).rejects.toThrow(
    'There is no python3 on PATH: install Python, or name an interpreter with --python or EXECORDER_PYTHON.',
  );
});

test('a path without an interpreter is named', async () => {
  const python = path.join(folder, 'missing');
  await expect(findInterpreter({ python })).rejects.toThrow(`There is no Python interpreter at ${python}`);
});

test('a file that may not be run is named', async () => {
  const python = path.join(folder, 'notes.txt');
  writeFileSync(python, 'no program');
  await expect(findInterpreter({ python })).rejects.toThrow(`${python} can't be run`);
});

test('a program that is no Python is named', async () => {
  const echo = script('echo', 'echo hello');
  await expect(findInterpreter({ python: echo })).rejects.toThrow(`${echo} is no Python interpreter`);
});

test('an interpreter that fails shows its own last word', async () => {
  const broken = script('broken', 'echo "no such library" >&2; exit 127');
  await expect(findInterpreter({ python: broken })).rejects.toThrow(
    `${broken} does not work as a Python interpreter (no such library)`,
  );
});

test('an interpreter of an unsupported version is refused', async () => {
  const answer = { implementation: 'cpython', version: [3, 6, 15], cacheTag: 'cpython-36' };
  const old = script('old', `echo '${JSON.stringify(answer)}'`);
  await expect(findInterpreter({ python: old })).rejects.toThrow(
    `${old} is Python 3.6.15, which Execorder can't record`,
  );
});
