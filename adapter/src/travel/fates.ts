/** What became of an exception: who caught it, or whom it passed. */

import type { Step, Trace } from '../trace/trace';
import { attempt } from './slots';
import { isSameRaise } from './raises';

/**
 * `caught`: by code that is recorded. `userUnhandled`: it left the recorded code into a library that called it.
 * `uncaught`: it left the outermost frame of its thread. `open`: a living program hasn't come so far.
 */
export type Fate = 'caught' | 'userUnhandled' | 'uncaught' | 'open';

/** The fate of the exception that is raised at this step. */
export function fateOf(trace: Trace, raise: Step): Fate {
  const last = lastPassed(trace, raise);
  const { thread, frame, depth, step } = last;
  if (trace.find(step, 'forward', { frame }) !== undefined) {
    return 'caught';
  }
  const end = trace.length - 1;
  const isThere = attempt(() => trace.stack(end, thread))?.some((one) => one.frame === frame) ?? false;
  const isAlive = isThere && !hasEnded(trace, last);
  if (isAlive) {
    return 'open';
  }
  return depth === 0 && !isCalledByLibrary(trace, thread) ? 'uncaught' : 'userUnhandled';
}

/** What a pool runs in its threads, for instance: it keeps the exception for whoever asks for the result. */
function isCalledByLibrary(trace: Trace, thread: number): boolean {
  return trace.note(`caller.${thread}`) === 'library';
}

/** A recording that is complete has no living frames, whatever its last stack shows. */
function hasEnded(trace: Trace, { step, thread }: Step): boolean {
  return (
    trace.note('stopped_by') !== undefined ||
    trace.find(step, 'forward', { thread, kinds: ['line'] }) !== undefined
  );
}

/** The step of the outermost frame that the exception came to. */
function lastPassed(trace: Trace, raise: Step): Step {
  let last = raise;
  for (;;) {
    const filter = { kinds: ['exception'], thread: raise.thread, maxDepth: last.depth } as const;
    const next = trace.find(last.step, 'forward', filter);
    const step = next === undefined ? undefined : trace.step(next);
    if (step === undefined || !isSameRaise(trace, step, raise)) {
      return last;
    }
    last = step;
  }
}
