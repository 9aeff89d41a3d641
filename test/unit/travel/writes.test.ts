import { memoryTrace } from '../../../adapter/src/trace/memory-trace';
import type { Slot } from '../../../adapter/src/travel/slots';
import { lastWrite, nextWrite } from '../../../adapter/src/travel/writes';
import { NO_STOP_POINTS, type Watch } from '../../../adapter/src/travel/stops';
import type { Passed } from '../../../adapter/src/travel/watching';
import { run, runBack } from '../../../adapter/src/travel/moves';

/**
 *  1 def double(n):
 *  2     m = n + n
 *  3     return m
 *  5 x = 1
 *  6 x = double(x)
 *  7 items = [x]
 *  8 items.append(3)
 *  9 print(x)
 */
const TRACE = memoryTrace(`
  call 1 <module>
  line 1
  line 5
  line 6 x=1
    call 1 double n=1
    line 2
    line 3 m=2
    return 3 => 2
  line 7 x=2
  line 8 items=#1 #1=list(2)
  line 9 #1=list(2, 3)
  return 9 => None
`);
const END = TRACE.length - 1;
const GLOBALS = TRACE.stack(1)[0]!.globals!;

function global(name: string): Slot {
  return { kind: 'item', object: GLOBALS, key: { kind: 'str', value: name } };
}

function lineOf(slot: Slot, at: number): number | undefined {
  return lastWrite(TRACE, slot, at)?.by.line;
}

test('a value that a call computed was written by the line of the call', () => {
  expect(lineOf(global('x'), END)).toBe(6);
  expect(lineOf(global('x'), 5)).toBe(5);
  expect(lineOf(global('x'), 2)).toBeUndefined();
});

test('a local variable was written by its own line, an argument by the line that called', () => {
  const local = (name: string): Slot => ({ kind: 'variable', thread: 1, frame: 2, name });
  expect(lineOf(local('m'), 6)).toBe(2);
  expect(lineOf(local('n'), 6)).toBe(6);
});

test('a change inside of what a variable holds is a write of the variable', () => {
  expect(lineOf(global('items'), END)).toBe(8);
  expect(lineOf(global('items'), 9)).toBe(7);
});

test('the next write is found from before it, and not from after it', () => {
  expect(nextWrite(TRACE, global('x'), -1)?.by.line).toBe(5);
  expect(nextWrite(TRACE, global('x'), 3)?.by.line).toBe(6);
  expect(nextWrite(TRACE, global('x'), 8)).toBeUndefined();
});

describe('a watched slot', () => {
  const watch: Watch = { slot: global('x'), stopsFor: () => true };
  const points = { ...NO_STOP_POINTS, watches: [watch] };

  async function stops(move: typeof run, from: number): Promise<number[]> {
    const lines: number[] = [];
    let passed: Passed | undefined;
    for (let at = from; ;) {
      const stop = await move({ trace: TRACE, from: at, thread: 1, points, passed });
      if (stop.kind !== 'step') {
        return lines;
      }
      expect(stop.because.kind).toBe('data breakpoint');
      passed = stop.because as Passed;
      at = stop.step.step;
      lines.push(stop.step.line);
    }
  }

  test('stops at the lines that write it, in both directions', async () => {
    expect(await stops(run, -1)).toEqual([5, 6]);
    expect(await stops(runBack, END)).toEqual([6, 5]);
  });

  test('stops after the write for who starts inside of the call that the writing line makes', async () => {
    expect(await stops(run, 5)).toEqual([7]);
  });
});
