/** The nearest breakpoint hit in either direction. */

import type { Direction, Filter, Trace } from '../trace/trace';
import type { Hit, StopPoints } from './stops';
import { WatchSearch } from './watching';
import type { Passed } from './watching';

/** The nearer of two steps, seen along the direction of travel. */
export function nearer(
  direction: Direction,
  a: number | undefined,
  b: number | undefined,
): number | undefined {
  if (a === undefined || b === undefined) {
    return a ?? b;
  }
  return direction === 'forward' ? Math.min(a, b) : Math.max(a, b);
}

/** Whether step `a` lies beyond step `b` along the direction of travel. */
export function isBeyond(direction: Direction, a: number, b: number): boolean {
  return direction === 'forward' ? a > b : a < b;
}

/** The nearest step after or before `from` that stops, but none beyond `until`. */
export async function nearestHit(
  trace: Trace,
  from: number,
  direction: Direction,
  points: StopPoints,
  until: number | undefined,
  signal?: AbortSignal,
  passed?: Passed,
): Promise<Hit | undefined> {
  const watched = await new WatchSearch(trace, direction, points.watches, passed).nearest(from, signal);
  const limit = nearer(direction, until, watched?.step.step);
  const reached = await nearestPoint(trace, from, direction, points, limit, signal);
  if (reached !== undefined && reached.step.step !== watched?.step.step) {
    return reached;
  }
  const isInReach = until === undefined || !isBeyond(direction, watched?.step.step ?? until, until);
  return isInReach ? watched : undefined;
}

/** The nearest visit of a place or exception that stops. */
async function nearestPoint(
  trace: Trace,
  from: number,
  direction: Direction,
  points: StopPoints,
  until: number | undefined,
  signal: AbortSignal | undefined,
): Promise<Hit | undefined> {
  const candidates = candidateFilters(points).map((filter) => new Candidates(trace, direction, filter));
  let at = from;
  for (let refused = 0; ; refused++) {
    if (refused % REFUSED_AT_ONCE === REFUSED_AT_ONCE - 1) {
      await othersTurn();
      signal?.throwIfAborted();
    }
    let next: number | undefined;
    for (const candidate of candidates) {
      next = nearer(direction, next, await candidate.nearest(at, signal));
    }
    if (next === undefined || (until !== undefined && isBeyond(direction, next, until))) {
      return undefined;
    }
    const step = trace.step(next);
    const decided = points.stopsAt(step);
    const cause = decided instanceof Promise ? await decided : decided;
    if (decided instanceof Promise) {
      signal?.throwIfAborted();
    }
    if (cause !== undefined) {
      return { step, because: { kind: cause } };
    }
    at = next;
  }
}

/** So many visits are looked at before anything else gets its turn. */
const REFUSED_AT_ONCE = 200;

function othersTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function candidateFilters(points: StopPoints): Filter[] {
  const filters: Filter[] = [];
  if (points.places.length > 0) {
    filters.push({ kinds: ['line'], visits: points.places });
  }
  if (points.exceptions) {
    filters.push({ kinds: ['exception'] });
  }
  return filters;
}

/**
 * Steps that fit one filter. Remembers the nearest one, so that it is searched only when it has been passed. The first
 * search may be a long one and does not block; where one visit is, the next is mostly near.
 */
class Candidates {
  private known: number | undefined;
  private exhausted = false;

  constructor(
    private readonly trace: Trace,
    private readonly direction: Direction,
    private readonly filter: Filter,
  ) {}

  async nearest(at: number, signal?: AbortSignal): Promise<number | undefined> {
    const passed = this.known === undefined || !isBeyond(this.direction, this.known, at);
    if (passed && !this.exhausted) {
      this.known =
        this.known === undefined
          ? await this.trace.findAsync(at, this.direction, this.filter, signal)
          : this.trace.find(at, this.direction, this.filter);
      this.exhausted = this.known === undefined;
    }
    return this.known;
  }
}
