/**
 * Data breakpoints while the program runs on. It stops at the first line after anything changed that is watched; what
 * it recorded until then is searched, and the cursor goes to the line that wrote. So the newest step may be a little
 * later than the cursor.
 */

import type { Debuggee } from '../debuggee/debuggee';
import type { Trace } from '../trace/trace';
import type { Hit, Watch } from '../travel/stops';
import { thingsToObserve, WatchSearch } from '../travel/watching';
import type { Passed } from '../travel/watching';

export class LiveWatches {
  private search: WatchSearch | undefined;
  private watches: readonly Watch[] = [];
  private from = 0;
  private hasTold = false;

  get isOn(): boolean {
    return this.search !== undefined;
  }

  /** The program is about to run on from its newest step. */
  async begin(
    debuggee: Debuggee,
    trace: Trace,
    watches: readonly Watch[],
    passed: Passed | undefined,
  ): Promise<void> {
    this.from = trace.length - 1;
    this.watches = watches;
    this.search = watches.length === 0 ? undefined : new WatchSearch(trace, 'forward', watches, passed);
    await this.tell(debuggee, trace);
  }

  /** Says what is to be observed: a variable may hold another object by now. */
  async tell(debuggee: Debuggee, trace: Trace): Promise<void> {
    if (this.watches.length > 0 || this.hasTold) {
      const slots = this.watches.map(({ slot }) => slot);
      this.hasTold = this.watches.length > 0;
      await debuggee.setWatches(thingsToObserve(trace, slots, trace.length - 1));
    }
  }

  /** The first write that stops, among what was recorded since the program was let go. */
  async hit(): Promise<Hit | undefined> {
    return this.search?.nearest(this.from);
  }
}
