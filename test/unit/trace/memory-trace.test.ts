import { memoryTrace } from '../../../adapter/src/trace/memory-trace';
import { isTraceError } from '../../../adapter/src/trace/trace';

const TRANSCRIPT = `
  call 1 <module>
  line 1
  line 4 total=0 items=#1 #1=list(1, 'two')
    call 1 double n=1
    line 2
    return 2 => 2
  > doubled
  line 5 total=2 #1=list(1, 'two', 3)
    call 8 pairs in lib.py
    yield 9 => #1
  line 6
    resume 9 pairs
    return 10 => None
  T2 call 7 worker in threads.py
  return 6 => None
`;

test('each line of a transcript is a step with its frame, depth and place', () => {
  const trace = memoryTrace(TRANSCRIPT);

  expect(trace.length).toBe(14);
  expect(trace.step(4)).toEqual({
    step: 4,
    kind: 'line',
    thread: 1,
    frame: 2,
    depth: 1,
    file: 'main.py',
    line: 2,
    function: 'double',
  });
  expect(trace.step(12)).toMatchObject({ thread: 2, depth: 0, file: 'threads.py', function: 'worker' });
});

test('the stack holds the running frame first and its callers at the lines of their calls', () => {
  const trace = memoryTrace(TRANSCRIPT);

  expect(trace.stack(4).map((frame) => `${frame.function}:${String(frame.line)}`)).toEqual([
    'double:2',
    '<module>:4',
  ]);
  expect(trace.stack(6).map((frame) => frame.function)).toEqual(['<module>']);
  expect(trace.stack(12, 1).map((frame) => frame.function)).toEqual(['<module>']);
});

test('a generator keeps its frame number when it is resumed', () => {
  const trace = memoryTrace(TRANSCRIPT);

  expect(trace.step(10).frame).toBe(trace.step(8).frame);
  expect(trace.stack(9).map((frame) => frame.function)).toEqual(['<module>']);
});

test('slots are bound from their step on, and a result belongs to its own step and frame', () => {
  const trace = memoryTrace(TRANSCRIPT);

  expect(trace.variables(4, 1, 2)).toEqual({
    variables: [{ name: 'n', value: { kind: 'int', value: 1n }, role: 'argument' }],
    result: undefined,
  });
  expect(trace.variables(5, 1, 2).result).toEqual({ kind: 'int', value: 2n });
});

test('the variables of a module are the items of its dict', () => {
  const trace = memoryTrace(TRANSCRIPT);
  const [frame] = trace.stack(6);
  const globals = frame?.globals ?? 0;

  expect(frame).toMatchObject({ scope: 'module', locals: globals });
  expect(trace.contents(1, globals).items).toEqual([]);
  expect(trace.contents(6, globals).items).toEqual([
    { key: { kind: 'str', value: 'total' }, value: { kind: 'int', value: 2n } },
    { key: { kind: 'str', value: 'items' }, value: { kind: 'object', object: 1 } },
  ]);
  expect(trace.history(6, globals, 1)).toEqual([
    {
      step: 6,
      operation: 'setItem',
      key: { kind: 'str', value: 'total' },
      value: { kind: 'int', value: 2n },
    },
  ]);
});

test('an object is told as it was at the step, and in pages', () => {
  const trace = memoryTrace(TRANSCRIPT);

  expect(trace.contents(5, 1)).toMatchObject({ kind: 'list', typeName: 'list', length: 2 });
  expect(trace.contents(6, 1, 1, 1)).toMatchObject({
    length: 3,
    start: 1,
    items: [{ value: { kind: 'str', value: 'two' } }],
  });
});

test('a search skips the step it starts from and obeys every part of the filter', async () => {
  const trace = memoryTrace(TRANSCRIPT);

  expect(trace.find(-1, 'forward', {})).toBe(0);
  expect(trace.find(2, 'forward', { kinds: ['line'], frame: 1 })).toBe(6);
  expect(trace.find(6, 'backward', { maxDepth: 0, kinds: ['line'] })).toBe(2);
  expect(trace.find(14, 'backward', { visits: [{ file: 'main.py', line: 2 }] })).toBe(4);
  expect(trace.find(0, 'forward', { visits: [] })).toBeUndefined();
  await expect(trace.findAsync(0, 'forward', { thread: 2 })).resolves.toBe(12);
  const aborted = trace.findAsync(0, 'forward', {}, AbortSignal.abort());
  await expect(aborted).rejects.toHaveProperty('name', 'AbortError');
});

test('a living recording shows its later steps after a refresh', () => {
  const trace = memoryTrace(TRANSCRIPT, { length: 3 });

  expect(() => trace.step(3)).toThrow(RangeError);
  expect(trace.refresh()).toBe(true);
  expect(trace.step(3).kind).toBe('call');
  expect(trace.refresh()).toBe(false);
});

test('output carries the last step before it', () => {
  expect(memoryTrace(TRANSCRIPT).output(0, 10)).toEqual([
    { index: 0, step: 5, stream: 'stdout', text: 'doubled\n' },
  ]);
});

test('threads are alive while they have frames', () => {
  const trace = memoryTrace(TRANSCRIPT);

  expect(trace.threads(12).map(({ thread, alive }) => [thread, alive])).toEqual([
    [1, true],
    [2, true],
  ]);
  expect(trace.threads(3).map(({ alive }) => alive)).toEqual([true, false]);
});

test('what is not there at a step is an error of the trace', () => {
  const trace = memoryTrace(TRANSCRIPT);
  const error = caught(() => trace.contents(1, 1));

  expect(isTraceError(error, 'EXECORDER_NOT_FOUND')).toBe(true);
  expect(isTraceError(error, 'EXECORDER_CLOSED')).toBe(false);
  expect(isTraceError(new Error('another'))).toBe(false);
});

test('a mistake in a transcript names its line', () => {
  expect(() => memoryTrace('jump 3')).toThrow("In the transcript's line 'jump 3': 'jump' is no kind of step");
});

function caught(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
