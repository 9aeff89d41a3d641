/** Which `exception` steps begin an exception's way, and which only pass it on. */

import type { Step, StepKind, Trace, Value } from '../trace/trace';

const OTHER_KINDS: readonly StepKind[] = ['call', 'line', 'return', 'yield', 'resume'];

/** What is raised or passed on at an `exception` step. */
export function raisedAt(trace: Trace, step: Step): Value | undefined {
  return trace.variables(step.step, step.thread, step.frame).result;
}

/**
 * Whether an exception appears for the first time at this step. Later it passes other frames, is raised again by a
 * handler, or is thrown into a generator: the program doesn't stop for those while it lives, nor does its past.
 */
export function isRaise(trace: Trace, step: Step): boolean {
  const before = passedBefore(trace, step);
  return before === undefined || !isSameObject(raisedAt(trace, before), raisedAt(trace, step));
}

/** The step that raised the exception which reached `last`. */
export function originOf(trace: Trace, last: Step): Step {
  const raised = raisedAt(trace, last);
  let step = last;
  for (let before: Step | undefined = last; before !== undefined; before = passedBefore(trace, step)) {
    if (!isSameObject(raisedAt(trace, before), raised)) {
      break;
    }
    step = startOfPassing(trace, before, raised);
  }
  return step;
}

/**
 * An exception passes frame after frame, in a deep recursion very many, without a step of another kind in between: where
 * that began, when it was the same exception there.
 */
function startOfPassing(trace: Trace, step: Step, raised: Value | undefined): Step {
  const { thread } = step;
  const other = trace.find(step.step, 'backward', { kinds: OTHER_KINDS, thread });
  const first = trace.find(other ?? -1, 'forward', { kinds: ['exception'], thread });
  const start = first === undefined ? step : trace.step(first);
  return isSameObject(raisedAt(trace, start), raised) ? start : step;
}

/** Whether the same exception is raised or passed on at two steps. */
export function isSameRaise(trace: Trace, a: Step, b: Step): boolean {
  return isSameObject(raisedAt(trace, a), raisedAt(trace, b));
}

function passedBefore(trace: Trace, { step, thread }: Step): Step | undefined {
  const before = trace.find(step, 'backward', { kinds: ['exception'], thread });
  return before === undefined ? undefined : trace.step(before);
}

function isSameObject(a: Value | undefined, b: Value | undefined): boolean {
  return a?.kind === 'object' && b?.kind === 'object' && a.object === b.object;
}
