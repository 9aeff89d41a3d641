/**
 * Data breakpoints while the program runs on, and exceptions of which only the sequel tells who catches them. It stops at the first line after anything changed that is watched; what
 * it recorded until then is searched, and the cursor goes to the line that wrote. So the newest step may be a little
 * later than the cursor.
 */

import type { Debuggee } from '../debuggee/debuggee';
import type { Trace } from '../trace/trace';
import { nearestHit } from '../travel/hits';
import type { Hit, StopPoints, Watch } from '../travel/stops';
import { thingsToObserve, WatchSearch } from '../travel/watching';
import type { Passed } from '../travel/watching';

export class LiveWatches {
  private search: WatchSearch | undefined;
  private watches: readonly Watch[] = [];
  private late: StopPoints | undefined;
  private trace: Trace | undefined;
  private from = 0;
  private hasTold = false;

  get isOn(): boolean {
    return this.search !== undefined || this.late !== undefined;
  }

  /** The program is about to run on from its newest step. */
  async begin(
    debuggee: Debuggee,
    trace: Trace,
    points: StopPoints,
    passed: Passed | undefined,
  ): Promise<void> {
    this.prepare(trace, points, passed);
    await this.tell(debuggee, trace);
  }

  /** The program has begun by itself: everything it has recorded is looked at. */
  beginAtStart(trace: Trace, points: StopPoints): void {
    this.prepare(trace, points, undefined);
    this.from = -1;
  }

  private prepare(trace: Trace, points: StopPoints, passed: Passed | undefined): void {
    const { watches } = points;
    this.from = trace.length - 1;
    this.watches = watches;
    this.trace = trace;
    this.late = points.areLate === true ? { ...points, places: [], watches: [] } : undefined;
    this.search = watches.length === 0 ? undefined : new WatchSearch(trace, 'forward', watches, passed);
  }

  /** Says what is to be observed: a variable may hold another object by now. */
  async tell(debuggee: Debuggee, trace: Trace): Promise<void> {
    if (this.isOn || this.hasTold) {
      const slots = this.watches.map(({ slot }) => slot);
      this.hasTold = this.isOn;
      const things = thingsToObserve(trace, slots, trace.length - 1);
      await debuggee.setWatches({ ...things, atEnd: this.late !== undefined });
    }
  }

  /** The first write or late exception that stops, among what was recorded since the program was let go. */
  async hit(): Promise<Hit | undefined> {
    const written = await this.search?.nearest(this.from);
    if (this.late === undefined || this.trace === undefined) {
      return written;
    }
    const until = written?.step.step ?? this.trace.length - 1;
    return (await nearestHit(this.trace, this.from, 'forward', this.late, until)) ?? written;
  }
}
