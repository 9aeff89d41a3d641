import { readdirSync } from 'node:fs';
import path from 'node:path';
import { execorder, Folder } from '../support/execorder';
import { plainPython } from '../support/plain-python';
import { pythons } from '../support/pythons';

const folder = new Folder();
const program = folder.write(
  'family.py',
  `
    import concurrent.futures, multiprocessing, os, subprocess, sys

    CHILD = 'import os, sys\\nseen = sys.argv[1:]\\nprint(sys.argv, getattr(sys, "orig_argv", 0), sorted(os.environ), sys.flags)'

    def work(n):
        total = 0
        for i in range(n):
            total += i
        return total

    def run(words):
        print(subprocess.run(words, stdout=subprocess.PIPE).stdout.decode())

    if __name__ == '__main__':
        mark = 'before'
        sys.stdout.flush()
        pid = os.fork()
        if pid == 0:
            mark = 'child'
            os._exit(work(3) + 4)
        print(os.waitpid(pid, 0)[1] >> 8)
        run([sys.executable, '-B', '-Wignore', '-c', CHILD, 'q', '-x'])
        run([sys.executable, '-sc' + CHILD])
        run(['true'])
        for how in ('fork', 'spawn', 'forkserver'):
            process = multiprocessing.get_context(how).Process(target=work, args=(3,))
            process.start()
            process.join()
            print(how, process.exitcode)
        with concurrent.futures.ProcessPoolExecutor(1) as pool:
            print(list(pool.map(work, [4, 5])))
  `,
);

folder.write(
  'replaced.py',
  `
    import os, sys

    words = sys.argv
    if len(words) == 1:
        before = [1]
        try:
            os.execv('nowhere', ['nowhere'])
        except OSError as error:
            before.append(error.errno)
        os.execvp(sys.executable, [sys.executable, __file__, 'again'])
    words.append(7)
    child = os.fork()
    if child == 0:
        words.append('child')
        os._exit(0)
    print(os.waitpid(child, 0)[1], sys.argv, flush=True)
    os.execlp('echo', 'echo', 'bye')
  `,
);

interface Child {
  readonly pid: number;
  readonly step: number;
  readonly how: string;
  readonly recording: string;
  readonly steps: number | null;
  readonly children: readonly Child[];
}

interface Info {
  readonly steps: number;
  readonly complete: boolean;
  readonly processes: {
    readonly parent: { readonly pid: number; readonly step: number; readonly recording: string } | null;
    readonly children: readonly Child[];
  };
}

function infoOf(file: string): Info {
  return JSON.parse(execorder(['info', file, '--json']).stdout) as Info;
}

describe.each(pythons())('on Python $version', ({ version, command }) => {
  const recording = folder.file(`family-${version}.xrec`);
  const run = { cwd: folder.path, env: { EXECORDER_PYTHON: command } };
  const plain = plainPython(command, ['family.py'], run);
  const recorded = execorder(['record', '-o', recording, 'family.py'], run);
  const children = infoOf(recording).processes.children;

  test('a program with children does and prints what it does without the recorder', () => {
    expect(recorded).toEqual(plain);
  });

  test('every child is listed with the step that started it, and has a recording', () => {
    const how = children.map((child) => child.how);
    expect(how.slice(0, 4)).toEqual(['fork', 'spawn', 'spawn', 'fork']);
    expect(how.length).toBeGreaterThanOrEqual(7);
    children.forEach((child) => expect(child.steps).toBeGreaterThan(0));
    const steps = children.map(({ step }) => step);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });

  test('each child knows its parent', () => {
    for (const child of children) {
      const { parent } = infoOf(child.recording).processes;
      expect(parent).toMatchObject({ recording, step: child.step });
    }
  });

  test('a forked child records on from the fork, and os._exit completes it', () => {
    const { steps, complete } = infoOf(children[0]!.recording);
    expect(complete).toBe(true);
    const { stdout } = execorder(['state', children[0]!.recording, String(steps - 1)]);
    expect(stdout).toContain("  mark = 'child'\n");
    expect(stdout).toContain('called from <module>');
  });

  test('a program that becomes another is complete, and the other is recorded', () => {
    const first = folder.file(`replaced-${version}.xrec`);
    const result = execorder(['record', '-o', first, 'replaced.py'], run);
    expect(result).toEqual(plainPython(command, ['replaced.py'], run));
    const { steps, complete, processes } = infoOf(first);
    expect(complete).toBe(true);
    expect(execorder(['state', first, String(steps - 1)]).stdout).toContain('  before = [1, 2]\n');
    const [second] = processes.children;
    expect(second).toMatchObject({ how: 'exec', children: [{ how: 'fork' }] });
    expect(infoOf(second!.recording)).toMatchObject({
      complete: true,
      processes: { parent: { recording: first } },
    });
    const fork = second!.children[0]!;
    const { stdout } = execorder(['state', fork.recording, String(fork.steps! - 1)]);
    expect(stdout).toMatch(/ {2}words = \['.*replaced.py', 'again', 7, 'child'\]\n/);
  });

  test('a spawned child is recorded from its start', () => {
    const { steps } = infoOf(children[1]!.recording);
    const { stdout } = execorder(['state', children[1]!.recording, String(steps - 1)]);
    expect(stdout).toContain("  seen = ['q', '-x']\n");
  });
});

test('--no-children leaves them unrecorded', () => {
  const alone = folder.file('alone.xrec');
  expect(execorder(['record', '--no-children', '-o', alone, program]).status).toBe(0);
  expect(infoOf(alone).processes.children).toEqual([]);
  expect(readdirSync(path.dirname(alone)).filter((name) => /^alone\.\d/.test(name))).toEqual([]);
});
