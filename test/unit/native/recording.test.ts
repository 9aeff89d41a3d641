import { Recording, type Frame, type Value } from 'execorder-native';
import { isTraceError } from '../../../adapter/src/trace/trace';
import { caught, nameOf } from './errors';
import { Samples } from './sample';

let samples: Samples;
let file: string;
let recording: Recording;

beforeAll(() => {
  samples = new Samples();
  file = samples.complete();
  recording = Recording.open(file);
});

afterAll(() => {
  recording.close();
  samples.remove();
});

/** A module's variables at a step, by name. */
function globalsAt(step: number): Map<string, Value> {
  const { items } = recording.contents(step, 5);
  return new Map(items.map(({ key, value }) => [key?.kind === 'str' ? key.value : '', value]));
}

describe('who wrote a slot last', () => {
  test('a variable is bound by the line before, an argument by the call', () => {
    expect(recording.lastWrite(7, { kind: 'variable', frame: 2, name: 'total' })).toEqual({
      step: 6,
      writer: 5,
      operation: 'bind',
      first: false,
      value: { kind: 'int', value: 42n },
    });
    const argument = recording.lastWrite(7, { kind: 'variable', frame: 2, name: 'n' });
    expect(argument).toMatchObject({ step: 4, writer: 3, operation: 'call', value: { value: 21n } });
    expect(recording.lastWrite(5, { kind: 'variable', frame: 2, name: 'total' })).toBeUndefined();
  });

  test("a module's variables are items of its dict", () => {
    const key = { kind: 'str', value: 'big' } as const;
    const write = recording.lastWrite(7, { kind: 'item', object: 5, key });
    expect(write).toMatchObject({ operation: 'setItem', value: { kind: 'int', value: 2n ** 64n } });
    expect(recording.lastWrite(7, { kind: 'attribute', object: 5, name: 'big' })).toBeUndefined();
  });

  test('a wrong slot is a TypeError', () => {
    expect(nameOf(() => recording.lastWrite(7, { kind: 'nothing', object: 5 } as never))).toBe('TypeError');
    expect(nameOf(() => recording.lastWrite(7, { kind: 'item', object: 5, key: 3 } as never))).toBe(
      'TypeError',
    );
  });
});

describe('the timeline', () => {
  test('every step tells its kind, frame, thread and place', () => {
    const steps = Array.from({ length: recording.length }, (_, n) => recording.step(n));

    expect(steps.map(({ kind, line, depth }) => `${kind} ${String(line)} ${String(depth)}`)).toEqual([
      'call 1 0',
      'line 1 0',
      'line 2 0',
      'line 3 0',
      'call 10 1',
      'line 11 1',
      'line 12 1',
      'return 12 1',
      'call 2 0',
      'line 7 0',
      'line 5 0',
      'return 5 0',
    ]);
    expect(steps[5]).toEqual({
      step: 5,
      kind: 'line',
      thread: 1,
      frame: 2,
      depth: 1,
      file: 'main.py',
      line: 11,
      function: 'double',
    });
    expect(steps[9]).toMatchObject({ thread: 2, frame: 3 });
  });

  test('a step outside the recording is a RangeError', () => {
    expect(nameOf(() => recording.step(12))).toBe('RangeError');
    expect(nameOf(() => recording.step(-1))).toBe('RangeError');
    expect(nameOf(() => recording.step(1.5))).toBe('RangeError');
    expect(nameOf(() => recording.step('1' as never))).toBe('TypeError');
  });

  test('notes, counts and completeness are told', () => {
    expect(recording.note('program')).toBe('main.py');
    expect(recording.note('stopped_by')).toBe('end');
    expect(recording.note('error')).toBeUndefined();
    expect(recording.info()).toMatchObject({
      formatVersion: 5,
      complete: true,
      steps: 12,
      threads: 2,
      files: 4,
      codes: 5,
      objects: 7,
      frames: 3,
      damagedBytes: 0,
    });
  });

  test('threads are listed with their names, and are alive while they have frames', () => {
    expect(recording.threads(9)).toEqual([
      { thread: 1, systemId: 140000000000001n, name: 'MainThread', alive: true },
      { thread: 2, systemId: 7n, name: 'worker', alive: true },
    ]);
    expect(recording.threads(5).find(({ thread }) => thread === 2)?.alive).not.toBe(true);
  });

  test('output carries its step and stream', () => {
    expect(recording.output(0, 10)).toEqual([
      { index: 0, step: 2, stream: 'stdout', text: 'out é\n' },
      { index: 1, step: 2, stream: 'stderr', text: 'err\n' },
    ]);
    expect(recording.output(1, 1).map(({ index }) => index)).toEqual([1]);
  });
});

describe('the state at a step', () => {
  test('the stack is told innermost first, of the step or of another thread', () => {
    const place = ({ function: name, line }: Frame): string => `${name}:${String(line)}`;

    expect(recording.stack(6).map(place)).toEqual(['double:12', '<module>:3']);
    expect(recording.stack(9, 1).map(place)).toEqual(['<module>:3']);
    expect(recording.stack(6)).toMatchObject([
      { frame: 2, depth: 1, scope: 'function', globals: 5, locals: undefined },
      { frame: 1, depth: 0, scope: 'module', globals: 5, locals: 5 },
    ]);
  });

  test('slots have names and roles; hidden ones are left out', () => {
    expect(recording.variables(6, 1, 2).variables).toEqual([
      { name: 'n', value: { kind: 'int', value: 21n }, role: 'argument' },
      { name: 'total', value: { kind: 'int', value: 42n }, role: 'local' },
      { name: 'x', value: { kind: 'unbound' }, role: 'free' },
    ]);
    expect(recording.variables(5, 1, 2).variables[1]?.value).toEqual({ kind: 'unbound' });
  });

  test('a result belongs to the very step that returns it', () => {
    expect(recording.variables(6, 1, 2).result).toBeUndefined();
    expect(recording.variables(7, 1, 2).result).toEqual({ kind: 'int', value: 42n });
  });

  test('every kind of value arrives as what it was', () => {
    const globals = globalsAt(2);

    expect(Object.fromEntries(globals)).toEqual({
      nothing: { kind: 'none' },
      yes: { kind: 'bool', value: true },
      no: { kind: 'bool', value: false },
      dots: { kind: 'ellipsis' },
      not_implemented: { kind: 'notImplemented' },
      small: { kind: 'int', value: -16n },
      least: { kind: 'int', value: -(2n ** 63n) },
      big: { kind: 'int', value: 2n ** 64n },
      minus_big: { kind: 'int', value: -(2n ** 64n) },
      minus_odd: { kind: 'int', value: -(2n ** 63n) - 1n },
      ascii: { kind: 'str', value: 'plain' },
      astral: { kind: 'str', value: 'café 😀' },
      lone: { kind: 'str', value: '\ud83d!\udc80' },
      half: { kind: 'float', value: 0.5 },
      turn: { kind: 'complex', real: 1.5, imaginary: -2 },
      raw: { kind: 'bytes', value: new Uint8Array([0, 255, 10]) },
      numbers: { kind: 'object', object: 6 },
    });
    expect(globalsAt(1).size).toBe(0);
  });

  test('contents come in pages and say how many there are in all', () => {
    expect(recording.contents(2, 6).items).toEqual([]);
    expect(recording.contents(3, 6, 1, 1)).toMatchObject({
      object: 6,
      kind: 'list',
      classObject: 3,
      typeName: 'list',
      typeModule: 'builtins',
      unknown: false,
      length: 3,
      start: 1,
      items: [{ value: { kind: 'int', value: 2n } }],
    });
    expect(recording.contents(3, 6, 7).items).toEqual([]);
  });

  test('instances have attributes, classes have names, bases and a place', () => {
    expect(recording.contents(3, 7)).toMatchObject({
      kind: 'instance',
      typeName: 'Account',
      typeModule: '__main__',
      attributes: [{ name: 'balance', value: { kind: 'int', value: 5n } }],
    });
    expect(recording.contents(3, 4)).toMatchObject({
      kind: 'class',
      typeName: 'type',
      name: 'Account',
      module: '__main__',
      bases: [2],
      definedAt: { file: 'main.py', line: 2 },
    });
  });

  test('an object that is not known yet is not found', () => {
    const error = caught(() => recording.contents(1, 6));

    expect(isTraceError(error, 'EXECORDER_NOT_FOUND')).toBe(true);
  });

  test('the history of an object is its changes, newest first', () => {
    const changes = recording.history(11, 6, 2);

    expect(changes).toMatchObject([
      { operation: 'append', value: { kind: 'int', value: 3n } },
      { operation: 'append', value: { kind: 'int', value: 2n } },
    ]);
    expect(changes.map(({ step }) => step)).toEqual([3, 3]);
    expect(recording.history(11, 6, 10).at(-1)?.operation).toBe('image');
  });
});

describe('files', () => {
  test('each path appears once, odd bytes of it kept', () => {
    expect(recording.files()).toEqual(['main.py', '<string>', 'odd\udcff.py']);
  });

  test('a source is what ran; of several texts without a name it is the newest', () => {
    expect(recording.source('main.py')).toBe('a = 1\n# café\n');
    expect(recording.source('<string>')).toBe('second');
    expect(recording.source('odd\udcff.py')).toBeUndefined();
    expect(recording.source('elsewhere.py')).toBeUndefined();
  });

  test('the lines that hold code are those of all functions of the file', () => {
    expect(recording.lines('main.py')).toEqual([1, 2, 3, 5, 10, 11, 12]);
    expect(recording.lines('<string>')).toEqual([2, 7]);
    expect(recording.lines('elsewhere.py')).toEqual([]);
  });
});

describe('searches', () => {
  test('each part of a filter restricts', () => {
    expect(recording.find(-1, 'forward', {})).toBe(0);
    expect(recording.find(12, 'backward', {})).toBe(11);
    expect(recording.find(0, 'forward', { kinds: ['return'] })).toBe(7);
    expect(recording.find(4, 'forward', { frame: 1 })).toBe(10);
    expect(recording.find(0, 'forward', { thread: 2, kinds: ['line'] })).toBe(9);
    expect(recording.find(7, 'backward', { maxDepth: 0 })).toBe(3);
    expect(recording.find(11, 'forward', {})).toBeUndefined();
  });

  test('visits are line steps at any of the places', () => {
    const visits = [
      { file: 'main.py', line: 12 },
      { file: 'main.py', line: 2 },
      { file: 'odd\udcff.py', line: 7 },
    ];
    const found = [];
    for (let n = recording.find(-1, 'forward', { visits }); n !== undefined;) {
      found.push(n);
      n = recording.find(n, 'forward', { visits });
    }

    expect(found).toEqual([2, 6, 9]);
  });

  test('no kinds, no visits or a file that never ran find nothing', () => {
    expect(recording.find(-1, 'forward', { kinds: [] })).toBeUndefined();
    expect(recording.find(-1, 'forward', { visits: [] })).toBeUndefined();
    expect(recording.find(-1, 'forward', { visits: [{ file: 'elsewhere.py', line: 1 }] })).toBeUndefined();
  });

  test('a search off the main thread finds the same, also several at once', async () => {
    const searches = [
      recording.findAsync(-1, 'forward', { kinds: ['return'] }),
      recording.findAsync(12, 'backward', { visits: [{ file: 'main.py', line: 11 }] }),
      recording.findAsync(11, 'forward', {}),
    ];

    await expect(Promise.all(searches)).resolves.toEqual([7, 5, undefined]);
  });

  test('an aborted search rejects with an AbortError', async () => {
    const before = recording.findAsync(-1, 'forward', {}, AbortSignal.abort());
    await expect(before).rejects.toMatchObject({ name: 'AbortError', code: 'ABORT_ERR' });

    const controller = new AbortController();
    const during = recording.findAsync(-1, 'forward', {}, controller.signal);
    controller.abort();
    await expect(during).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('wrong arguments are TypeErrors', () => {
    expect(nameOf(() => recording.find(0, 'sideways' as never, {}))).toBe('TypeError');
    expect(() => recording.find(0, 'forward', { kinds: ['jump' as never] })).toThrow(
      "there is no kind of step 'jump'",
    );
    expect(nameOf(() => recording.find(0, 'forward', undefined as never))).toBe('TypeError');
    expect(nameOf(() => recording.findAsync(0, 'forward', {}, 'no signal' as never))).toBe('TypeError');
  });
});
