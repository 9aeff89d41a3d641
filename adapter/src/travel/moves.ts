/**
 * Moving through a recording: next, step in, step out and continue, each in both directions.
 *
 * Only `line` steps are stopping places (and `exception` steps that a breakpoint asks for). A move stays on its
 * thread; a breakpoint that is hit on the way stops it on whatever thread that happens.
 */

import type { Direction, Filter, Frame, Step, Trace } from '../trace/trace';
import { isBeyond, nearestHit } from './hits';
import { awaiters, taskFrames } from './tasks';
import type { Stop, StopPoints } from './stops';
import type { Passed } from './watching';

/** A move's beginning. `from` is any step, `thread` the one that moves. */
export interface Departure {
  readonly trace: Trace;
  readonly from: number;
  readonly thread: number;
  readonly points: StopPoints;
  /** The write that the last journey stopped for, when it ended at `from`. */
  readonly passed?: Passed | undefined;
  /** Gives up the search: the promise rejects with an AbortError. */
  readonly signal?: AbortSignal;
}

export type Move = (departure: Departure) => Promise<Stop>;

/**
 * The next line in this frame, or in its caller when it ends or yields before that. Calls are skipped whole, and so are
 * the rounds of a loop or a comprehension that stands on one line.
 */
export const next: Move = (departure) => {
  const [here] = stack(departure);
  return along(passingRounds(departure, here), 'forward', nextLine(departure));
};

/**
 * One line back in this frame, to where it came to that line; from a function's first line, the line that called it. Calls
 * are skipped whole.
 */
export const stepBack: Move = async (departure) => {
  const aim = await lineBefore(departure);
  const there = aim === undefined ? undefined : departure.trace.step(aim);
  return along(passingRounds(departure, there), 'backward', Promise.resolve(aim));
};

/** The next line on this thread, whatever frame it is in. */
export const stepIn: Move = (departure) => along(departure, 'forward', anyLine(departure, 'forward'));

/** The previous line on this thread: into the end of the call that has just returned. */
export const stepBackIn: Move = (departure) => along(departure, 'backward', anyLine(departure, 'backward'));

/** The first line in the caller after this frame ends. */
export const stepOut: Move = (departure) =>
  along(departure, 'forward', lineOf(departure, 'forward', stack(departure).slice(1)));

/** The line that called this frame. */
export const stepBackOut: Move = (departure) =>
  along(departure, 'backward', lineOf(departure, 'backward', stack(departure).slice(1)));

/** On to the next breakpoint hit. */
export const run: Move = (departure) => along(departure, 'forward', Promise.resolve(undefined));

/** Back to the previous breakpoint hit. */
export const runBack: Move = (departure) => along(departure, 'backward', Promise.resolve(undefined));

/** The next recorded step on this thread, of whatever kind. */
export const tick: Move = (departure) => along(departure, 'forward', anyStep(departure, 'forward'));

/** The previous recorded step on this thread, of whatever kind. */
export const tickBack: Move = (departure) => along(departure, 'backward', anyStep(departure, 'backward'));

/** A breakpoint at the line that is left, or come back to, doesn't stop at each of its rounds. */
function passingRounds(departure: Departure, place: Frame | Step | undefined): Departure {
  const { points } = departure;
  if (place === undefined) {
    return departure;
  }
  const first = 'kind' in place ? place.step : undefined;
  const stopsAt: StopPoints['stopsAt'] = (step) =>
    step.kind === 'line' && step.step !== first && isRound(place, step) ? undefined : points.stopsAt(step);
  return { ...departure, points: { ...points, stopsAt } };
}

async function nextLine(departure: Departure): Promise<number | undefined> {
  const { trace } = departure;
  const frames = stack(departure);
  const found = await lineOf(departure, 'forward', frames);
  const [here] = frames;
  if (found === undefined || here === undefined || !isRound(here, trace.step(found))) {
    return found;
  }
  return lineOf(departure, 'forward', frames, otherLines(trace, here));
}

async function lineBefore(departure: Departure): Promise<number | undefined> {
  const { trace, thread, signal } = departure;
  const found = await lineOf(departure, 'backward', stack(departure));
  if (found === undefined) {
    return undefined;
  }
  const step = trace.step(found);
  const { frame, depth } = step;
  const before = await trace.findAsync(found, 'backward', { kinds: ['line'], frame }, signal);
  if (before === undefined || !isRound(step, trace.step(before))) {
    return found;
  }
  const search = (filter: Filter): Promise<number | undefined> =>
    trace.findAsync(found, 'backward', { kinds: ['line'], ...filter }, signal);
  const others = await search({ frame, visits: otherLines(trace, step) });
  const outside = depth === 0 ? undefined : await search({ thread, maxDepth: depth - 1 });
  const start = Math.max(others ?? -1, outside ?? -1);
  return trace.findAsync(start, 'forward', { kinds: ['line'], frame }, signal);
}

/** Whether the frame has come to the same line once more. */
function isRound(here: Pick<Frame, 'frame' | 'line'>, step: Step): boolean {
  return step.frame === here.frame && step.line === here.line;
}

/** All lines of the file but this one. */
function otherLines(
  trace: Trace,
  { file, line }: Pick<Frame, 'file' | 'line'>,
): NonNullable<Filter['visits']> {
  return trace
    .lines(file)
    .filter((other) => other !== line)
    .map((other) => ({ file, line: other }));
}

function stack({ trace, from, thread }: Departure): readonly Frame[] {
  return trace.stack(from, thread);
}

/** To the target, or to a breakpoint that is hit before it; one that is hit there is the reason to stop. */
async function along(
  { trace, from, points, passed, signal }: Departure,
  direction: Direction,
  target: Promise<number | undefined>,
): Promise<Stop> {
  const aim = await target;
  const hit = await nearestHit(trace, from, direction, points, aim, signal, passed);
  if (hit !== undefined) {
    return { kind: 'step', ...hit };
  }
  if (aim !== undefined) {
    return { kind: 'step', step: trace.step(aim), because: { kind: 'move' } };
  }
  return { kind: direction === 'forward' ? 'head' : 'start' };
}

function anyStep(
  { trace, from, thread, signal }: Departure,
  direction: Direction,
): Promise<number | undefined> {
  return trace.findAsync(from, direction, { thread }, signal);
}

async function anyLine(departure: Departure, direction: Direction): Promise<number | undefined> {
  const { trace, thread, signal } = departure;
  const from = await standing(departure, direction);
  return trace.findAsync(from, direction, { kinds: ['line'], thread }, signal);
}

/**
 * The step from which the thread's lines are counted. Where another thread is at its step, this one stands at a line that
 * it came to before: going back, that line is no line to come to.
 */
async function standing(departure: Departure, direction: Direction): Promise<number> {
  const { trace, from, thread, signal } = departure;
  const [innermost] = direction === 'forward' || trace.step(from).thread === thread ? [] : stack(departure);
  if (innermost === undefined) {
    return from;
  }
  const { frame } = innermost;
  return (await trace.findAsync(from, 'backward', { kinds: ['line'], frame }, signal)) ?? from;
}

/**
 * The nearest line of any of these frames, which are a stack, innermost first; of the innermost, one of `visits`.
 *
 * The innermost is searched by its number: a generator's frame may come back at another depth. Its callers are searched
 * by depth. What turns up there can be another call made by a caller that is further out (`f() + g()`); then
 * everything at that depth and deeper is over (or has not begun, going backward), and only lines further out matter.
 */
async function lineOfStack(
  departure: Departure,
  direction: Direction,
  frames: readonly Frame[],
  visits: Filter['visits'],
): Promise<number | undefined> {
  const { trace, thread, signal } = departure;
  const innermost = frames[0];
  if (innermost === undefined) {
    return undefined;
  }
  const from = await standing(departure, direction);
  const own: Filter = {
    kinds: ['line'],
    frame: innermost.frame,
    ...(visits === undefined ? {} : { visits }),
  };
  const inFrame = visits?.length === 0 ? undefined : await trace.findAsync(from, direction, own, signal);
  const wanted = new Set(frames.map(({ frame }) => frame));
  let at = from;
  for (let maxDepth = innermost.depth - 1; maxDepth >= 0;) {
    const found = await trace.findAsync(at, direction, { kinds: ['line'], thread, maxDepth }, signal);
    if (found === undefined || (inFrame !== undefined && isBeyond(direction, found, inFrame))) {
      break;
    }
    const step = trace.step(found);
    if (wanted.has(step.frame)) {
      return found;
    }
    at = found;
    maxDepth = step.depth - 1;
  }
  return inFrame;
}

/**
 * Where a task of asyncio is over (or has not begun, going backward), its loop is no place to come to: whoever awaits the
 * task is, like the caller of a function.
 */
async function lineOf(
  departure: Departure,
  direction: Direction,
  frames: readonly Frame[],
  visits?: Filter['visits'],
): Promise<number | undefined> {
  const { trace, from, thread, signal } = departure;
  const found = await lineOfStack(departure, direction, frames, visits);
  const task = taskFrames(trace, from, thread);
  if (task.length === 0 || (found !== undefined && task.includes(trace.step(found).frame))) {
    return found;
  }
  const [awaiting] = awaiters(trace, from, thread);
  const frame = awaiting?.relation === 'awaits' ? awaiting.frames[0]?.frame : undefined;
  const line =
    frame === undefined
      ? undefined
      : await trace.findAsync(from, direction, { kinds: ['line'], frame }, signal);
  return line === undefined || (found !== undefined && isBeyond(direction, line, found)) ? found : line;
}
