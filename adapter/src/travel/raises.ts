/** Which `exception` steps begin an exception's way, and which only pass it on. */

import type { Step, Trace, Value } from '../trace/trace';

/** What is raised or passed on at an `exception` step. */
export function raisedAt(trace: Trace, step: Step): Value | undefined {
  return trace.variables(step.step, step.thread, step.frame).result;
}

/** Whether the exception of this step was raised in this very frame: its callees did not just pass it on. */
export function isRaise(trace: Trace, step: Step): boolean {
  const before = trace.find(step.step, 'backward', { kinds: ['exception'], thread: step.thread });
  if (before === undefined) {
    return true;
  }
  const deeper = trace.step(before);
  if (deeper.depth !== step.depth + 1 || !sameObject(raisedAt(trace, deeper), raisedAt(trace, step))) {
    return true;
  }
  // A line in between means that it was caught down there and is now on its way for the second time.
  const line = trace.find(before, 'forward', { kinds: ['line'], thread: step.thread });
  return line !== undefined && line < step.step;
}

/** The step that raised the exception which ended a thread at `last`, the outermost frame's `exception` step. */
export function originOf(trace: Trace, last: Step): Step {
  let step = last;
  while (!isRaise(trace, step)) {
    const deeper = trace.find(step.step, 'backward', { kinds: ['exception'], thread: step.thread });
    if (deeper === undefined) {
      break;
    }
    step = trace.step(deeper);
  }
  return step;
}

function sameObject(a: Value | undefined, b: Value | undefined): boolean {
  return a?.kind === 'object' && b?.kind === 'object' && a.object === b.object;
}
