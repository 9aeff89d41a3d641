/** The data breakpoints of a session. */

import { messageOf } from '../errors';
import type { Trace } from '../trace/trace';
import { isNameError } from '../travel/expression/problems';
import type { Watch } from '../travel/stops';
import type { Slot } from '../travel/slots';
import { Counter } from '../travel/counter';
import { nextWrite } from '../travel/writes';
import type { Write } from '../travel/writes';
import { NeedsCopies } from './conditions';
import type { Conditions } from './conditions';
import { countHolds } from './hit-condition';
import type { NamedSlot } from './slot-id';

export interface WantedWatch extends NamedSlot {
  readonly id: number;
  readonly condition?: string | undefined;
  readonly hitCondition?: string | undefined;
}

/** A data breakpoint in one trace. */
export class DataBreakpoint implements Watch {
  readonly id: number;
  readonly slot: Slot;
  readonly label: string;
  private readonly counter: Counter<Write>;
  private hasComplained = false;

  constructor(
    private readonly trace: Trace,
    private readonly wanted: WantedWatch,
    private readonly warn: (text: string) => void,
    private readonly conditions: Conditions,
  ) {
    this.id = wanted.id;
    this.slot = wanted.slot;
    this.label = wanted.label;
    this.counter = new Counter(
      (after) => nextWrite(trace, this.slot, after),
      (write) => this.conditionHolds(write),
    );
  }

  stopsFor(write: Write): boolean | Promise<boolean> {
    return this.conditions.decided(this.trace, () => this.counts(write));
  }

  private counts(write: Write): boolean {
    if (!this.conditionHolds(write)) {
      return false;
    }
    const { hitCondition } = this.wanted;
    return hitCondition === undefined || countHolds(hitCondition, this.counter.upTo(write.step));
  }

  /** A condition sees the new value, in the frame of the line that wrote it if it is still there. */
  private conditionHolds({ step, by }: Write): boolean {
    const { condition } = this.wanted;
    if (condition === undefined) {
      return true;
    }
    const isThere = this.trace.stack(step, by.thread).some(({ frame }) => frame === by.frame);
    try {
      return this.conditions.holds(condition, this.trace, { ...by, step: isThere ? step : by.step });
    } catch (error) {
      if (error instanceof NeedsCopies) {
        throw error;
      }
      if (!isNameError(error)) {
        this.complain(condition, messageOf(error));
      }
      return false;
    }
  }

  private complain(condition: string, reason: string): void {
    if (!this.hasComplained) {
      this.hasComplained = true;
      this.warn(
        `The breakpoint on '${this.label}' does not stop, because of its condition '${condition}': ${reason}`,
      );
    }
  }
}

export class WatchTable {
  private wanted: readonly WantedWatch[] = [];
  private made: readonly DataBreakpoint[] = [];
  private madeFor: Trace | undefined;

  constructor(
    private readonly warn: (text: string) => void,
    private readonly conditions: Conditions,
  ) {}

  /** Replaces all of them. */
  set(wanted: readonly WantedWatch[]): void {
    this.wanted = wanted;
    this.madeFor = undefined;
  }

  get slots(): readonly Slot[] {
    return this.wanted.map(({ slot }) => slot);
  }

  /** They remember what they have counted, so there is one of each. */
  watchesIn(trace: Trace): readonly DataBreakpoint[] {
    if (this.madeFor !== trace) {
      this.made = this.wanted.map((one) => new DataBreakpoint(trace, one, this.warn, this.conditions));
      this.madeFor = trace;
    }
    return this.made;
  }
}
