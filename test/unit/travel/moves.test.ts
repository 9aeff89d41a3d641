import { memoryTrace } from '../../../adapter/src/trace/memory-trace';
import type { Trace } from '../../../adapter/src/trace/trace';
import * as moves from '../../../adapter/src/travel/moves';
import { NO_STOP_POINTS, type Place, type StopPoints } from '../../../adapter/src/travel/stops';

type MoveName = Exclude<keyof typeof moves, 'Departure' | 'Move'>;

/** Where a move ends: the line and function, or `start` or `head`. */
async function go(trace: Trace, name: MoveName, from: number, points = NO_STOP_POINTS): Promise<string> {
  const { thread } = trace.step(from);
  const stop = await moves[name]({ trace, from, thread, points });
  return stop.kind === 'step'
    ? `${stop.step.function}:${stop.step.line}${stop.because.kind === 'move' ? '' : ` (${stop.because.kind})`}`
    : stop.kind;
}

/** The first step at this line. */
function at(trace: Trace, line: number, visit = 1): number {
  let step = -1;
  for (let count = 0; count < visit; count++) {
    step = trace.find(step, 'forward', { visits: [{ file: 'main.py', line }] })!;
  }
  return step;
}

function breakpoints(...lines: number[]): StopPoints {
  const places: Place[] = lines.map((line) => ({ file: 'main.py', line }));
  return { ...NO_STOP_POINTS, places, stopsAt: () => 'breakpoint' };
}

/**
 *  1 def double(n):
 *  2     m = n + n
 *  3     return m
 *  5 x = 1
 *  6 y = double(x) + double(2)
 *  7 print(y)
 */
const CALLS = memoryTrace(`
  call 1 <module>
  line 1
  line 5
  line 6 x=1
    call 1 double n=1
    line 2
    line 3 m=2
    return 3 => 2
    call 1 double n=2
    line 2
    line 3 m=4
    return 3 => 4
  line 7 y=6
  return 7 => None
`);

describe('forward', () => {
  test('next runs over the calls of a line', async () => {
    expect(await go(CALLS, 'next', at(CALLS, 6))).toBe('<module>:7');
  });

  test('next from the last line of a function goes on in its caller, not in the call beside it', async () => {
    expect(await go(CALLS, 'next', at(CALLS, 3))).toBe('<module>:7');
  });

  test('step in goes to the first line of the function that is called', async () => {
    expect(await go(CALLS, 'stepIn', at(CALLS, 6))).toBe('double:2');
  });

  test('step out goes to the next line of the caller', async () => {
    expect(await go(CALLS, 'stepOut', at(CALLS, 2))).toBe('<module>:7');
  });

  test('behind the last line there is the head', async () => {
    expect(await go(CALLS, 'next', at(CALLS, 7))).toBe('head');
    expect(await go(CALLS, 'run', 0)).toBe('head');
    expect(await go(CALLS, 'stepOut', at(CALLS, 5))).toBe('head');
  });

  test('a breakpoint inside a call that is stepped over stops there', async () => {
    expect(await go(CALLS, 'next', at(CALLS, 6), breakpoints(3))).toBe('double:3 (breakpoint)');
  });

  test('a step that ends at a breakpoint says so', async () => {
    expect(await go(CALLS, 'next', at(CALLS, 5), breakpoints(6))).toBe('<module>:6 (breakpoint)');
  });
});

describe('backward', () => {
  test('stepping back over calls does not enter them', async () => {
    expect(await go(CALLS, 'stepBack', at(CALLS, 7))).toBe('<module>:6');
  });

  test('stepping back from the first line of a function goes to the line that called it', async () => {
    expect(await go(CALLS, 'stepBack', at(CALLS, 2))).toBe('<module>:6');
    expect(await go(CALLS, 'stepBack', at(CALLS, 2, 2))).toBe('<module>:6');
  });

  test('stepping back into a line goes to the last line of what it called', async () => {
    expect(await go(CALLS, 'stepBackIn', at(CALLS, 7))).toBe('double:3');
  });

  test('stepping back out goes to the line of the call', async () => {
    expect(await go(CALLS, 'stepBackOut', at(CALLS, 3))).toBe('<module>:6');
  });

  test('before the first line there is the start', async () => {
    expect(await go(CALLS, 'stepBack', at(CALLS, 1))).toBe('start');
    expect(await go(CALLS, 'runBack', at(CALLS, 7))).toBe('start');
  });

  test('a breakpoint inside a call that is stepped back over stops there', async () => {
    expect(await go(CALLS, 'stepBack', at(CALLS, 7), breakpoints(2))).toBe('double:2 (breakpoint)');
  });

  test('from the end of the program, stepping back goes to the last line that ran', async () => {
    expect(await go(CALLS, 'stepBack', CALLS.length - 1)).toBe('<module>:7');
  });
});

test('in a recursion, next stays in the activation that it started in', async () => {
  const trace = memoryTrace(`
    call 1 <module>
    line 5
      call 1 count n=2
      line 2
        call 1 count n=1
        line 2
          call 1 count n=0
          line 2
          line 3
          return 3 => 0
        line 3
        return 3 => 1
      line 3
      return 3 => 2
    line 6
    return 6 => None
  `);
  const outer = at(trace, 2);
  const stop = await moves.next({ trace, from: outer, thread: 1, points: NO_STOP_POINTS });

  expect(stop).toMatchObject({ kind: 'step', step: { line: 3, depth: 1 } });
  expect(await go(trace, 'stepBack', at(trace, 3, 3))).toBe('count:2');
  expect(await go(trace, 'stepBack', at(trace, 6))).toBe('<module>:5');
});

describe('a generator', () => {
  const trace = memoryTrace(`
    call 1 <module>
    line 10
      call 1 numbers
      line 2
      yield 2 => 1
    line 11 n=1
    line 10
      resume 2 numbers
      line 3
      yield 3 => 2
    line 11 n=2
    return 11 => None
  `);

  test('next at its yield goes on in the consumer', async () => {
    expect(await go(trace, 'next', at(trace, 2))).toBe('<module>:11');
  });

  test('stepping back from where it was resumed goes to the line that resumed it', async () => {
    expect(await go(trace, 'stepBack', at(trace, 3))).toBe('<module>:10');
  });

  test('is skipped by a consumer that steps over the line that resumes it', async () => {
    expect(await go(trace, 'next', at(trace, 10, 2))).toBe('<module>:11');
    expect(await go(trace, 'stepBack', at(trace, 11, 2))).toBe('<module>:10');
  });
});

describe('with several threads', () => {
  const trace = memoryTrace(`
    call 1 <module>
    line 1
    T2 call 10 worker
    T2 line 11
    line 2
    T2 line 12
    line 3
    T2 return 12 => None
    return 3 => None
  `);

  test('a move stays on its thread', async () => {
    expect(await go(trace, 'next', at(trace, 1))).toBe('<module>:2');
    expect(await go(trace, 'stepIn', at(trace, 11))).toBe('worker:12');
    expect(await go(trace, 'stepBack', at(trace, 12))).toBe('worker:11');
  });

  test('a thread moves from where it stands at the step of another', async () => {
    const stop = await moves.next({ trace, from: at(trace, 2), thread: 2, points: NO_STOP_POINTS });
    expect(stop).toMatchObject({ kind: 'step', step: { thread: 2, line: 12 } });
  });

  test('a breakpoint on another thread stops a move', async () => {
    expect(await go(trace, 'next', at(trace, 1), breakpoints(11))).toBe('worker:11 (breakpoint)');
  });
});

test('continue passes visits that a condition refuses', async () => {
  const points: StopPoints = {
    ...breakpoints(2),
    stopsAt: ({ step }) => (step === at(CALLS, 2, 2) ? 'breakpoint' : undefined),
  };
  const stop = await moves.run({ trace: CALLS, from: 0, thread: 1, points });

  expect(stop).toMatchObject({
    kind: 'step',
    step: { step: at(CALLS, 2, 2) },
    because: { kind: 'breakpoint' },
  });
});

test('a search that is given up rejects with an AbortError', async () => {
  const signal = AbortSignal.abort();

  await expect(
    moves.run({ trace: CALLS, from: 0, thread: 1, points: breakpoints(2), signal }),
  ).rejects.toMatchObject({ name: 'AbortError' });
});
