import { execorder, Folder } from '../support/execorder';
import { pythons } from '../support/pythons';

const folder = new Folder();

interface Report {
  readonly fidelity: {
    readonly opaque: readonly { readonly type: string; readonly objects: number }[];
    readonly unknown: number;
    readonly unknownSince: number | null;
    readonly seenLate: string | null;
    readonly leftOut: string | null;
    readonly notTraced: string | null;
    readonly compiledCode: string | null;
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
      import threading

      def count():
          yield 1

      locks = [threading.Lock() for _ in range(3)]
      tail = reversed([1])
      steps = [count(), count()]
      done = True
    `,
  );
  const { stdout, status } = execorder(['info', file]);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^(opaque)? +3 _thread\.lock$/m);
  expect(stdout).toMatch(/^ +2 generator$/m);
  expect(stdout).toMatch(/^ +1 list_reverseiterator$/m);
  expect(stdout).not.toMatch(/^(unknown|seen late|left out|not traced|compiled code)/m);
  const nothing = { seenLate: null, leftOut: null, notTraced: null, compiledCode: null };
  expect(report(file)).toMatchObject({ unknown: 0, unknownSince: null, ...nothing });
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

// From Python 3.12 on there is a place for each tool.
const older = pythons().filter(({ version }) => Number(version.split('.')[1]) < 12);

for (const { version, command } of older) {
  test(`info tells which steps C code hid from the recorder on Python ${version}`, () => {
    const hide = `
      import ctypes
      place = ctypes.pythonapi.PyEval_SetTrace
      place.argtypes = [ctypes.c_void_p, ctypes.py_object]
      kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
      function = kind(lambda owner, frame, event, argument: 0)
      place(ctypes.cast(function, ctypes.c_void_p), None)
      hidden = 1
    `;
    const file = recorded('hidden', hide, { EXECORDER_PYTHON: command });
    const { stdout } = execorder(['info', file]);
    expect(stdout).toMatch(
      /^not traced +1 times C code .*what thread 1 ran between its newest step and step \d+ is missing$/m,
    );
    expect(report(file).notTraced).toMatch(/^1 times C code/);
  });
}
