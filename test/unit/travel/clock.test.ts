import { memoryTrace } from '../../../adapter/src/trace/memory-trace';
import { Clock } from '../../../adapter/src/travel/clock';

const STEPS = `
  call 1 <module>
  ${Array.from({ length: 19 }, (_, index) => `line ${index + 1}`).join('\n  ')}
`;

function clock(...marks: readonly string[]): Clock {
  const notes = Object.fromEntries(marks.map((mark, index) => [`clock.${index + 1}`, mark]));
  return new Clock(memoryTrace(STEPS, { notes }));
}

test('between two steps whose time is known, time passes evenly', () => {
  const { timeAt, stepAt } = bound(clock('0 1000', '10 2000', '11 9000'));

  expect([0, 5, 10, 11, 15].map(timeAt)).toEqual([1000, 1500, 2000, 9000, 9004]);
  expect([0, 1000, 1500, 2000, 8999, 9000, 9999].map(stepAt)).toEqual([0, 0, 5, 10, 10, 11, 19]);
});

test('a clock that was put back stands still', () => {
  const { timeAt, stepAt } = bound(clock('0 5000', '10 2000', '12 6000'));

  expect([0, 10, 11, 12].map(timeAt)).toEqual([5000, 5000, 5500, 6000]);
  expect(stepAt(5500)).toBe(11);
});

test('the time of a step leads back to it, however it is rounded', () => {
  const { timeAt, stepAt } = bound(clock('0 1000', '7 2001', '9 2050', '16 2101'));

  for (let step = 0; step < 20; step++) {
    expect(stepAt(timeAt(step)!)).toBe(step);
  }
});

test('recordings that do not tell the time have none', () => {
  const { timeAt, stepAt } = bound(clock());

  expect([timeAt(3), stepAt(1000)]).toEqual([undefined, undefined]);
});

function bound(of: Clock): {
  timeAt: (step: number) => number | undefined;
  stepAt: (time: number) => number | undefined;
} {
  const number = (time: bigint | undefined): number | undefined => (time === undefined ? time : Number(time));
  return { timeAt: (step) => number(of.timeAt(step)), stepAt: (time) => of.stepAt(BigInt(time)) };
}
