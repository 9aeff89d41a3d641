import { execorder, Folder } from '../support/execorder';

const folder = new Folder();

interface Report {
  readonly fidelity: {
    readonly opaque: readonly { readonly type: string; readonly objects: number }[];
    readonly unknown: number;
    readonly unknownSince: number | null;
    readonly seenLate: string | null;
    readonly leftOut: string | null;
  };
}

function recorded(name: string, program: string, env: NodeJS.ProcessEnv = {}): string {
  const file = folder.file(`${name}.xrec`);
  const words = ['record', '-o', file, folder.write(`${name}.py`, program)];
  expect(execorder(words, { env })).toEqual({ status: 0, stdout: '', stderr: '' });
  return file;
}

function report(file: string): Report['fidelity'] {
  return (JSON.parse(execorder(['info', file, '--json']).stdout) as Report).fidelity;
}

test('info counts objects of which only the type is known, by type', () => {
  const file = recorded(
    'opaque',
    `
      import re, threading

      def count():
          yield 1

      locks = [threading.Lock() for _ in range(3)]
      pattern = re.compile('a')
      steps = [count(), count()]
      done = True
    `,
  );
  const { stdout, status } = execorder(['info', file]);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^(opaque)? +3 _thread\.lock$/m);
  expect(stdout).toMatch(/^ +2 generator$/m);
  expect(stdout).toMatch(/^ +1 re\.Pattern$/m);
  expect(stdout).not.toMatch(/^(unknown|seen late|left out)/m);
  expect(report(file)).toMatchObject({ unknown: 0, unknownSince: null, seenLate: null, leftOut: null });
  expect(report(file).opaque).toContainEqual({ type: 'generator', objects: 2 });
});

test('info tells since when contents are unknown, and why', () => {
  const file = recorded(
    'left-out',
    `
      small = bytearray(100)
      large = bytearray(5000)
      done = True
    `,
    { EXECORDER_MAX_BUFFER: '1000' },
  );
  const { stdout } = execorder(['info', '--fidelity', file]);
  expect(stdout).toMatch(/^unknown +1 objects?, the first since step [1-9]\d*$/m);
  expect(stdout).toMatch(
    /^left out +memory of more than 1000 bytes is not recorded; the newest: object \d+$/m,
  );
  expect(report(file).unknown).toBe(1);
});
