/** What the calls of a line have returned. */

import type { Step, Trace, Value } from '../trace/trace';

export interface Returned {
  readonly function: string;
  readonly value: Value;
}

/** So many steps are looked at: of calls before one that took longer, nothing is told. */
const MOST_STEPS = 500;

/**
 * What the line of the frame that ran before a `line` step has called itself and got: of each function the newest value, in
 * the order in which they came. None is no value to look at.
 */
export function returnedBefore(trace: Trace, at: Step): Returned[] {
  const found = new Map<string, Returned>();
  let here = at.kind === 'line' ? before(trace, at) : undefined;
  for (let looked = 0; here !== undefined && here.frame !== at.frame && looked < MOST_STEPS; looked++) {
    const { kind, depth, function: name } = here;
    const isReturn = kind === 'return' && depth === at.depth + 1;
    const value = isReturn && !name.startsWith('<') && !found.has(name) ? resultOf(trace, here) : undefined;
    if (value !== undefined) {
      found.set(name, { function: name, value });
    }
    here = before(trace, here);
  }
  return [...found.values()].reverse();
}

function before(trace: Trace, { step, thread }: Step): Step | undefined {
  const found = trace.find(step, 'backward', { thread });
  return found === undefined ? undefined : trace.step(found);
}

function resultOf(trace: Trace, { step, thread, frame }: Step): Value | undefined {
  const { result } = trace.variables(step, thread, frame);
  return result?.kind === 'none' || result?.kind === 'unbound' ? undefined : result;
}
