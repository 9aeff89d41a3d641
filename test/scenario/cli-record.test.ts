import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { Recording } from '../../adapter/src/api/recording';
import { EXECORDER, execorder, Folder } from '../support/execorder';
import { newestPython, pythons } from '../support/pythons';
import { plainPython } from '../support/plain-python';

const folder = new Folder();

const SURROUNDINGS = folder.write(
  'surroundings.py',
  `
    import json, os, sys
    def show():
        import __main__
        print(json.dumps([sys.argv, sys.path, sys.flags, dict(os.environ), __name__, __file__, os.getcwd()]))
        print(sorted(vars(__main__)))
        print(sorted(name for name in sys.modules if 'execorder' in name and name in vars(__main__)))
    show()
  `,
);

describe.each(pythons().map(({ version, command }) => [version, command] as const))(
  'Python %s',
  (_version, python) => {
    test('a program finds the same arguments, path, flags, environment and names as without the recorder', () => {
      const words = [SURROUNDINGS, 'one', '--two', '-o'];
      const env = { PYTHONPATH: folder.path, MINE: 'ä', EXECORDER_PYTHON: python };
      const recorded = execorder(['record', '-o', folder.file('a.xrec'), ...words], { env });
      expect(recorded).toEqual(plainPython(python, words, { env }));
      expect(recorded.status).toBe(0);
    });

    test.each([
      ['a module', ['-m', 'surroundings', 'x']],
      ['code', ['-c', 'import sys; print(sys.argv, sys.path[0])', '-c']],
    ])('%s finds the same surroundings too', (_what, words) => {
      const run = { cwd: folder.path, env: { EXECORDER_PYTHON: python } };
      expect(execorder(['record', '-o', folder.file('b.xrec'), ...words], run)).toEqual(
        plainPython(python, words, run),
      );
    });

    test.each([
      ['pass', 0],
      ['import sys; sys.exit(7)', 7],
      ['import sys; sys.exit("wrong")', 1],
      ['1 / 0', 1],
      ['import os; os._exit(9)', 9],
    ])('the exit code of %s is that of the program', (code, expected) => {
      const words = ['-c', code];
      const recorded = execorder(['record', '-o', folder.file('c.xrec'), ...words], {
        env: { EXECORDER_PYTHON: python },
      });
      expect(recorded).toEqual(plainPython(python, words, {}));
      expect(recorded.status).toBe(expected);
    });

    test('a program that a signal kills ends as in a shell', () => {
      const words = ['record', '-o', folder.file('d.xrec'), '-c', 'import os; os.kill(os.getpid(), 9)'];
      expect(execorder(words, { env: { EXECORDER_PYTHON: python } })).toEqual({
        status: 137,
        stdout: '',
        stderr: '',
      });
      const info = execorder(['info', folder.file('d.xrec')]);
      expect(info.status).toBe(0);
      expect(info.stdout).toMatch(/^complete +no/m);
    });
  },
);

test('input, output and errors of the program pass through untouched', () => {
  const echo = folder.write(
    'echo.py',
    `
      import sys
      text = sys.stdin.read()
      sys.stdout.write(text.upper())
      sys.stderr.write(text.lower())
    `,
  );
  expect(execorder(['record', '-o', folder.file('e.xrec'), echo], { input: 'Hello\nÄ' })).toEqual({
    status: 0,
    stdout: 'HELLO\nÄ',
    stderr: 'hello\nä',
  });
});

test('the recording is named after the program and lies in the current folder', () => {
  folder.write('named.py', 'x = 1\n');
  expect(execorder(['record', 'named.py'], { cwd: folder.path }).status).toBe(0);
  expect(existsSync(folder.file('named.xrec'))).toBe(true);
});

test('a signal that is sent to the command reaches the program', async () => {
  const waiting = folder.write(
    'waiting.py',
    `
      import signal, sys, time
      def end(number, frame):
          print('asked to end')
          sys.exit(3)
      signal.signal(signal.SIGTERM, end)
      print('ready', flush=True)
      while True:
          time.sleep(0.05)
    `,
  );
  const child = spawn(process.execPath, [EXECORDER, 'record', '-o', folder.file('f.xrec'), waiting], {
    env: { ...process.env, EXECORDER_PYTHON: newestPython().command },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output === 'ready\n') {
      child.kill('SIGTERM');
    }
  });
  const [code] = (await once(child, 'close')) as [number];
  expect(output).toBe('ready\nasked to end\n');
  expect(code).toBe(3);
});

test('the number of steps and the time can be limited', () => {
  const endless = folder.write('endless.py', 'n = 0\nwhile True:\n    n += 1\n');
  const output = folder.file('g.xrec');
  for (const limit of [
    ['--max-steps', '1000'],
    ['--time-limit', '0.5'],
  ]) {
    execorder(['record', '-o', output, ...limit, endless]);
    const info = JSON.parse(execorder(['info', '--json', output]).stdout) as {
      notes: Record<string, string>;
      steps: number;
    };
    expect(info.notes['stopped_by']).toBe(limit[0]?.slice(2).replace('-', '_'));
    expect(info.steps).toBeGreaterThan(100);
  }
});

test('which code is recorded step by step can be chosen', () => {
  const output = folder.file('i.xrec');
  folder.write('helping.py', 'def double(n):\n    m = n * 2\n    return m\n');
  const program = folder.write(
    'helped.py',
    'import helping, textwrap\nprint(textwrap.__file__)\ntextwrap.dedent(str(helping.double(4)))\n',
  );
  const filesOf = (words: readonly string[]): string[] => {
    execorder(['record', '-o', output, ...words, program]);
    const recording = Recording.open(output);
    const lines = [...Array(500).keys()].map((index) => index + 1);
    const files = recording
      .files()
      .filter((file) => lines.some((line) => recording.visits(file, line).length > 0));
    recording.close();
    return files.map((file) => path.basename(file)).sort();
  };
  expect(filesOf([])).toEqual(['helped.py', 'helping.py']);
  expect(filesOf(['--exclude', '**/helping.py'])).toEqual(['helped.py']);
  expect(filesOf(['--library', folder.path])).toEqual(['helped.py']);
  expect(filesOf(['--library', folder.path, '--include=**/helping.py'])).toEqual(['helped.py', 'helping.py']);
  expect(filesOf(['--all-code'])).toContain('textwrap.py');
});

test('a recording is readable for its owner only', () => {
  const output = folder.file('h.xrec');
  execorder(['record', '-o', output, '-c', 'x = 1']);
  const { mode } = statSync(output);
  expect(mode & 0o777).toBe(0o600);
});
