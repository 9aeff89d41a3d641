import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { execorder, Folder } from '../support/execorder';

const folder = new Folder();

test.each([
  [[], 2, ''],
  [['dance'], 2, "There is no command 'dance'. See 'execorder --help'."],
  [['info'], 2, "Name a recording. See 'execorder --help'."],
  [['info', 'a', 'b'], 2, "There is no use for 'b'. See 'execorder --help'."],
  [['info', '--fast', 'a'], 2, "Unknown option '--fast'. See 'execorder --help'."],
  [['state', 'a'], 2, "Name a recording and a step. See 'execorder --help'."],
  [['state', 'a', 'two'], 2, "The step must be a whole number, not 'two'. See 'execorder --help'."],
  [['state', 'a', '1.5'], 2, "The step must be a whole number, not '1.5'. See 'execorder --help'."],
  [['record'], 2, "Say what to record: a script, -m module or -c code. See 'execorder --help'."],
  [['python-path', 'x'], 2, "Unexpected argument 'x'"],
  [['dap', '--port', 'x'], 2, "The port must be a whole number, not 'x'. See 'execorder --help'."],
])('the words %j are answered with one sentence and the exit code %d', (words, code, sentence) => {
  const { status, stdout, stderr } = execorder(words);
  expect(status).toBe(code);
  expect(stderr).toContain(sentence === '' ? '' : `execorder: ${sentence}`);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stdout).toBe(words.length === 0 ? execorder(['--help']).stdout : '');
});

test('help lists every command, and each explains itself', () => {
  const { stdout, status } = execorder(['--help']);
  expect(status).toBe(0);
  for (const command of ['record', 'attach', 'info', 'state', 'dap', 'python-path']) {
    expect(stdout).toContain(`\n  ${command}`);
    const own = execorder([command, '--help']);
    expect(own.status).toBe(0);
    expect(own.stdout).toContain(`Usage: execorder ${command}`);
  }
});

test('the version is that of the package', () => {
  expect(execorder(['--version'])).toEqual({ status: 0, stdout: '0.1.0\n', stderr: '' });
});

describe('a program that is not there', () => {
  test('is named, and nothing is recorded', () => {
    const missing = folder.file('missing.py');
    const output = folder.file('missing.xrec');
    expect(execorder(['record', '-o', output, missing])).toEqual({
      status: 1,
      stdout: '',
      stderr: `execorder: There is no program at ${missing}: check the path.\n`,
    });
    expect(readdirSync(folder.path)).not.toContain('missing.xrec');
  });
});

describe('a place where no recording can be kept', () => {
  test('a missing folder is named', () => {
    const { status, stderr } = execorder(['record', '-o', folder.file('no/such.xrec'), '-c', 'pass']);
    expect(status).toBe(1);
    expect(stderr).toBe(
      `execorder: There is no folder ${folder.file('no')} to keep the recording in: make it, or choose another.\n`,
    );
  });

  test('a folder in place of the file is named', () => {
    const { status, stderr } = execorder(['record', '-o', folder.path, '-c', 'pass']);
    expect(status).toBe(1);
    expect(stderr).toBe(`execorder: ${folder.path} is a folder: name a file to keep the recording in.\n`);
  });
});

describe('an interpreter that will not do', () => {
  test('a missing one is named by every command that needs one', () => {
    const missing = folder.file('python');
    for (const words of [['python-path'], ['record', '-o', folder.file('x.xrec'), '-c', 'pass']]) {
      const { status, stderr } = execorder(words, { env: { EXECORDER_PYTHON: missing } });
      expect(status).toBe(1);
      expect(stderr).toBe(
        `execorder: There is no Python interpreter at ${missing}: check the path, or install Python and try again.\n`,
      );
    }
  });

  test('an unsupported version is named with those that are supported', () => {
    const answer = { implementation: 'cpython', version: [3, 6, 15], cacheTag: 'cpython-36' };
    const old = folder.write('old-python', `#!/bin/sh\necho '${JSON.stringify(answer)}'\n`);
    chmodSync(old, 0o755);
    expect(execorder(['python-path', '--python', old])).toEqual({
      status: 1,
      stdout: '',
      stderr:
        `execorder: ${old} is Python 3.6.15, which Execorder can't record: ` +
        'choose CPython 3.7 to 3.13 with --python or EXECORDER_PYTHON.\n',
    });
  });
});

describe('a machine that can’t build the recorder', () => {
  /** PATH holds nothing but these. */
  function withTools(...names: string[]): NodeJS.ProcessEnv {
    const tools = folder.file(`tools-${names.join('-')}`);
    mkdirSync(tools, { recursive: true });
    for (const name of names) {
      folder.write(path.join(path.basename(tools), name), '#!/bin/sh\necho broken >&2\nexit 1\n');
      chmodSync(path.join(tools, name), 0o755);
    }
    return { PATH: tools, CC: '', EXECORDER_CACHE: folder.file('cache') };
  }

  test('without cmake is told to install it', () => {
    expect(execorder(['python-path'], { env: withTools('cc') })).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining(
        'execorder: cmake is missing, which builds the recorder: install it',
      ) as string,
    });
  });

  test('without a compiler is told to install one', () => {
    const { status, stderr } = execorder(['python-path'], { env: withTools('cmake') });
    expect(status).toBe(1);
    expect(stderr).toContain('execorder: A C compiler is missing, which builds the recorder: install one');
  });

  test('with a build that fails is shown the log, and nothing half-built stays', () => {
    const { status, stderr } = execorder(['python-path'], { env: withTools('cmake', 'cc') });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /The recorder could not be built for Python 3\.\d+\.\d+: the reason is in .*build-cpython-3\d+\.log\./,
    );
    expect(readdirSync(folder.file('cache'))).toEqual([expect.stringMatching(/^build-cpython-3\d+\.log$/)]);
  });

  test('with a cache that can’t be written is told which', () => {
    const file = folder.write('a-file', 'not a folder');
    const { status, stderr } = execorder(['python-path'], {
      env: { EXECORDER_CACHE: path.join(file, 'cache') },
    });
    expect(status).toBe(1);
    expect(stderr).toContain(`execorder: The cache folder ${path.join(file, 'cache')} can't be written`);
    expect(stderr).toContain('set EXECORDER_CACHE');
  });
});
