import { memoryTrace } from '../../../adapter/src/trace/memory-trace';
import { isRaise, originOf } from '../../../adapter/src/travel/raises';

const TRACE = memoryTrace(`
  call 1 <module>
  line 1
    call 1 outer
    line 2
      call 1 inner
      line 3
      exception 3 #1=KeyError() => #1
      return 3 => None
    exception 2 => #1
    line 4
    exception 4 #2=ValueError() => #2
    return 4 => None
  exception 1 => #2
`);

test('an exception is raised where it appears first, and only passes the frames after that', () => {
  const steps = Array.from({ length: TRACE.length }, (_, step) => TRACE.step(step));
  const exceptions = steps.filter(({ kind }) => kind === 'exception');

  expect(exceptions.map((step) => [step.line, isRaise(TRACE, step)])).toEqual([
    [3, true],
    [2, false],
    [4, true],
    [1, false],
  ]);
});

test('the origin of an exception is the step that raised it', () => {
  expect(originOf(TRACE, TRACE.step(TRACE.length - 1))).toMatchObject({ line: 4, function: 'outer' });
  expect(originOf(TRACE, TRACE.step(8))).toMatchObject({ line: 3, function: 'inner' });
  expect(originOf(TRACE, TRACE.step(6))).toMatchObject({ line: 3, function: 'inner' });
});

test('the origin is found at once, however many frames an exception has passed', () => {
  const depth = 200;
  const lines = ['call 1 f', 'line 2'];
  const indent = (level: number): string => '  '.repeat(level);
  for (let level = 1; level < depth; level++) {
    lines.push(`${indent(level)}call 1 f`, `${indent(level)}line 2`);
  }
  for (let level = depth - 1; level >= 0; level--) {
    lines.push(`${indent(level)}exception 2 ${level === depth - 1 ? '#1=RecursionError() ' : ''}=> #1`);
  }
  const trace = memoryTrace(lines.join('\n'));
  const asked = jest.spyOn(trace, 'variables');

  expect(originOf(trace, trace.step(trace.length - 1)).step).toBe(2 * depth);
  expect(asked.mock.calls.length).toBeLessThan(10);
});
