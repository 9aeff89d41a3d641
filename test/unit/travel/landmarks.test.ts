import { memoryTrace } from '../../../adapter/src/trace/memory-trace';
import type { Trace } from '../../../adapter/src/trace/trace';
import { frameEnd, frameStart, otherCall, otherIteration } from '../../../adapter/src/travel/landmarks';
import { loopAround } from '../../../adapter/src/travel/loops';

const SOURCE = `def f(n):
    if n:
        return n
for i in range(3):
    if i != 1:
        f(i)
    print(i)
done = True
`;

const TRACE = memoryTrace(
  `
  call 1 <module>
  line 1
  line 4
  line 5 i=0
  line 6
    call 1 f n=0
    line 2
    return 2 => None
  line 7
  line 4
  line 5 i=1
  line 7
  line 4
  line 5 i=2
  line 6
    call 1 f n=2
    line 2
    line 3
    return 3 => 2
  line 7
  line 4
  line 8
  return 8 => None
`,
  { sources: { 'main.py': SOURCE } },
);

function visit(trace: Trace, line: number, count: number): number {
  let at = -1;
  for (let seen = 0; seen < count; seen++) {
    at = trace.find(at, 'forward', { visits: [{ file: 'main.py', line }] })!;
  }
  return at;
}

test('the innermost loop around a line is known from its text', () => {
  expect([1, 2, 4, 5, 6, 7, 8].map((line) => loopAround(SOURCE, line))).toEqual([
    ...[undefined, undefined, 4, 4, 4, 4, undefined],
  ]);
});

test('the other iteration has the same line', () => {
  const second = visit(TRACE, 7, 2);
  expect(otherIteration(TRACE, TRACE.step(second), 'backward')?.step).toBe(visit(TRACE, 7, 1));
  expect(otherIteration(TRACE, TRACE.step(second), 'forward')?.step).toBe(visit(TRACE, 7, 3));
});

test('an iteration that did not come to the line is entered at the start of its body', () => {
  const last = TRACE.step(visit(TRACE, 6, 2));
  expect(otherIteration(TRACE, last, 'backward')?.step).toBe(visit(TRACE, 5, 2));
  const first = TRACE.step(visit(TRACE, 6, 1));
  expect(otherIteration(TRACE, first, 'forward')?.step).toBe(visit(TRACE, 5, 2));
});

test('behind the last iteration there is none', () => {
  expect(otherIteration(TRACE, TRACE.step(visit(TRACE, 7, 3)), 'forward')).toBeUndefined();
  expect(otherIteration(TRACE, TRACE.step(visit(TRACE, 8, 1)), 'backward')).toBeUndefined();
});

test('the other calls of a function are those of the same function, each at its first line', () => {
  const inside = TRACE.step(visit(TRACE, 3, 1));
  expect(otherCall(TRACE, inside, 'backward')?.step).toBe(visit(TRACE, 2, 1));
  expect(otherCall(TRACE, inside, 'forward')).toBeUndefined();
});

test('a frame begins at its first line and ends with what it returns', () => {
  const { frame } = TRACE.step(visit(TRACE, 3, 1));
  expect(frameStart(TRACE, frame)?.step).toBe(visit(TRACE, 2, 2));
  expect(frameEnd(TRACE, frame)).toMatchObject({ kind: 'return', line: 3 });
});
