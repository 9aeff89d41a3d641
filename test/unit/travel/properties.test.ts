import { memoryTrace } from '../../../adapter/src/trace/memory-trace';
import type { Direction, Step, Trace } from '../../../adapter/src/trace/trace';
import { next, run, runBack, stepBack, stepBackIn, stepIn, stepOut } from '../../../adapter/src/travel/moves';
import { NO_STOP_POINTS, type StopPoints } from '../../../adapter/src/travel/stops';
import { randomTranscript } from './executions';

const EXECUTIONS = Array.from({ length: 60 }, (_, seed) => memoryTrace(randomTranscript(seed)));

function lineSteps(trace: Trace): Step[] {
  const all = Array.from({ length: trace.length }, (_, step) => trace.step(step));
  return all.filter(({ kind }) => kind === 'line');
}

async function goAll(check: (trace: Trace, from: Step) => Promise<void>): Promise<void> {
  for (const trace of EXECUTIONS) {
    for (const step of lineSteps(trace)) {
      await check(trace, step);
    }
  }
}

/** The nearest line of one of these frames, found by looking at every step. */
function nearestByLooking(
  trace: Trace,
  from: Step,
  direction: Direction,
  frames: ReadonlySet<number>,
): Step | undefined {
  const fitting = lineSteps(trace).filter((step) => frames.has(step.frame));
  return direction === 'forward'
    ? fitting.find(({ step }) => step > from.step)
    : fitting.findLast(({ step }) => step < from.step);
}

/** Where a frame came to the line, when it has come to it several times in a row. */
function runStart(trace: Trace, step: Step): Step {
  let first = step;
  const earlier = lineSteps(trace).filter((one) => one.thread === step.thread && one.step < step.step);
  for (const one of earlier.reverse()) {
    if (one.depth < step.depth || (one.frame === step.frame && one.line !== step.line)) {
      break;
    }
    first = one.frame === step.frame ? one : first;
  }
  return first;
}

/** The nearest line that isn't the one at which the frame stands. */
function leavingByLooking(trace: Trace, from: Step, frames: ReadonlySet<number>): Step | undefined {
  return lineSteps(trace).find(
    (one) =>
      one.step > from.step && frames.has(one.frame) && !(one.frame === from.frame && one.line === from.line),
  );
}

function framesAt(trace: Trace, { step, thread }: Step): number[] {
  return trace.stack(step, thread).map(({ frame }) => frame);
}

function departure(trace: Trace, from: Step, points = NO_STOP_POINTS) {
  return { trace, from: from.step, thread: from.thread, points };
}

test('next, step out and step back end at the nearest other line of the frames that are on the stack', async () => {
  await goAll(async (trace, from) => {
    const frames = framesAt(trace, from);
    const before = nearestByLooking(trace, from, 'backward', new Set(frames));
    for (const [move, expected] of [
      [next, leavingByLooking(trace, from, new Set(frames))],
      [stepOut, nearestByLooking(trace, from, 'forward', new Set(frames.slice(1)))],
      [stepBack, before === undefined ? undefined : runStart(trace, before)],
    ] as const) {
      const stop = await move(departure(trace, from));
      expect(stop.kind === 'step' ? stop.step : undefined).toEqual(expected);
    }
  });
});

test('every move stays on its thread, and a step over or out ends inside of no call that was not running', async () => {
  await goAll(async (trace, from) => {
    const frames = framesAt(trace, from);
    for (const move of [next, stepOut, stepIn, stepBack, stepBackIn]) {
      const stop = await move(departure(trace, from));
      if (stop.kind === 'step') {
        expect(stop.step.thread).toBe(from.thread);
        if (move === next || move === stepOut || move === stepBack) {
          expect(frames).toContain(stop.step.frame);
        }
      }
    }
  });
});

test('a step back undoes a step over that stayed in its frame, and began where that came to its line', async () => {
  await goAll(async (trace, from) => {
    const forward = await next(departure(trace, from));
    const isFirst = runStart(trace, from).step === from.step;
    if (isFirst && forward.kind === 'step' && forward.step.frame === from.frame) {
      const back = await stepBack(departure(trace, forward.step));
      expect(back).toMatchObject({ kind: 'step', step: { step: from.step } });
    }
  });
});

test('a step back into undoes every step in', async () => {
  await goAll(async (trace, from) => {
    const forward = await stepIn(departure(trace, from));
    if (forward.kind === 'step') {
      const back = await stepBackIn(departure(trace, forward.step));
      expect(back).toMatchObject({ kind: 'step', step: { step: from.step } });
    }
  });
});

test('the breakpoints that are hit going back are those that are hit going forward', async () => {
  for (const trace of EXECUTIONS) {
    const places = [3, 12, 22, 53, 71].map((line) => ({ file: 'main.py', line }));
    const points: StopPoints = {
      ...NO_STOP_POINTS,
      places,
      exceptions: true,
      stopsAt: ({ step }) => (step % 3 !== 0 ? 'breakpoint' : undefined),
    };
    const forward: number[] = [];
    for (let from = -1; ;) {
      const stop = await run({ trace, from, thread: 1, points });
      if (stop.kind !== 'step') {
        break;
      }
      from = stop.step.step;
      forward.push(from);
    }
    const backward: number[] = [];
    for (let from = trace.length; ;) {
      const stop = await runBack({ trace, from, thread: 1, points });
      if (stop.kind !== 'step') {
        break;
      }
      from = stop.step.step;
      backward.push(from);
    }
    expect(backward.reverse()).toEqual(forward);
  }
});
