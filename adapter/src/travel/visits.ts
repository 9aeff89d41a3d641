/** All the times that a line ran. */

import type { Step, Trace } from '../trace/trace';
import { Counter } from './counter';
import type { Place } from './stops';

/** The first line step of the recording: as far back as one can go. */
export function firstLine(trace: Trace): Step | undefined {
  const first = trace.find(-1, 'forward', { kinds: ['line'] });
  return first === undefined ? undefined : trace.step(first);
}

/** Steps at which the line ran, in order; at most `limit`, from the step after `after` on. */
export function visits(trace: Trace, place: Place, limit: number, after = -1): number[] {
  const found: number[] = [];
  for (let at = after; found.length < limit;) {
    const next = trace.find(at, 'forward', { kinds: ['line'], visits: [place] });
    if (next === undefined) {
      break;
    }
    found.push(next);
    at = next;
  }
  return found;
}

/** The visits nearest to a step in both directions, nearest first; `before` and `after` at most `each` of them. */
export function visitsAround(trace: Trace, at: number, place: Place, each: number): number[] {
  const filter = { kinds: ['line'], visits: [place] } as const;
  const found: number[] = [];
  for (const direction of ['backward', 'forward'] as const) {
    // The step itself counts as one of those before it.
    let from = direction === 'backward' ? at + 1 : at;
    for (let count = 0; count < each; count++) {
      const step = trace.find(from, direction, filter);
      if (step === undefined) {
        break;
      }
      found.push(step);
      from = step;
    }
  }
  return found.sort((a, b) => Math.abs(a - at) - Math.abs(b - at) || a - b);
}

/** Counts the visits of one line. */
export function visitCounter(trace: Trace, place: Place, counts: (visit: Step) => boolean): Counter<Step> {
  const next = (after: number): Step | undefined => {
    const step = trace.find(after, 'forward', { kinds: ['line'], visits: [place] });
    return step === undefined ? undefined : trace.step(step);
  };
  return new Counter(next, counts);
}
