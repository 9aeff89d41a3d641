/** Where the writes of a slot stop a journey. */

import type { Direction, Trace } from '../trace/trace';
import { known, valueOf } from './slots';
import type { Slot } from './slots';
import type { Hit, Watch } from './stops';
import { lastWrite, nextWrite } from './writes';
import type { Write } from './writes';

/** So many writes are looked at before anything else gets its turn. */
const WRITES_AT_ONCE = 100;

export interface WatchHit {
  readonly step: number;
  readonly write: Write;
}

/** A write that the last journey stopped for. */
export interface Passed {
  readonly watch: Watch;
  readonly write: Write;
}

/**
 * The writes along a journey, one after the other.
 *
 * A write stops the journey at the line that makes it, before it does, in both directions. Who begins at that line, or
 * inside of a call that it makes, has the place behind him when he goes forward: he stops at the first line after the
 * write, unless `passed` says that this write is what he stopped for.
 */
export class WatchedWrites {
  private known: WatchHit | undefined;
  private at: number | undefined;

  constructor(
    private readonly trace: Trace,
    private readonly direction: Direction,
    private readonly watch: Watch,
    private readonly passed?: Passed,
  ) {}

  /** The nearest stop beyond `from`; `from` only ever moves on. */
  async nearest(from: number, signal?: AbortSignal): Promise<WatchHit | undefined> {
    this.at ??= this.startingPoint(from);
    for (let looked = 1; this.known === undefined || !this.isBeyond(this.known.step, from); looked++) {
      this.known = undefined;
      if (looked % WRITES_AT_ONCE === 0) {
        await new Promise((resolve) => setImmediate(resolve));
        signal?.throwIfAborted();
      }
      const write = (this.direction === 'forward' ? nextWrite : lastWrite)(
        this.trace,
        this.watch.slot,
        this.at,
      );
      if (write === undefined) {
        return undefined; // A living program may write again: another search goes on from here.
      }
      await this.take(write, from);
    }
    return this.known;
  }

  private startingPoint(from: number): number {
    const { passed } = this;
    const isPassed = this.direction === 'forward' && passed?.watch.slot === this.watch.slot;
    const last = this.trace.length - 1;
    return Math.min(isPassed ? Math.max(from, passed.write.step) : from, last);
  }

  private async take(write: Write, from: number): Promise<void> {
    this.at = this.direction === 'forward' ? write.step : write.step - 1;
    const step = this.placeOf(write, from);
    const counts = this.isBeyond(step, from) && (await this.watch.stopsFor(write));
    this.known = counts ? { step, write } : undefined;
  }

  private placeOf({ by, step }: Write, from: number): number {
    if (this.direction === 'backward' || by.step > from) {
      return by.step;
    }
    const filter = { kinds: ['line'], thread: by.thread } as const;
    return this.trace.find(step - 1, 'forward', filter) ?? step;
  }

  private isBeyond(step: number, from: number): boolean {
    return this.direction === 'forward' ? step > from : step < from;
  }
}

/** All watches of a journey. A living program may go on meanwhile: what was refused is not looked at again. */
export class WatchSearch {
  private readonly sources: readonly (readonly [Watch, WatchedWrites])[];

  constructor(
    private readonly trace: Trace,
    private readonly direction: Direction,
    watches: readonly Watch[],
    passed?: Passed,
  ) {
    this.sources = watches.map((watch) => [watch, new WatchedWrites(trace, direction, watch, passed)]);
  }

  /** The nearest stop beyond `from`. */
  async nearest(from: number, signal?: AbortSignal): Promise<Hit | undefined> {
    let nearest: Hit | undefined;
    for (const [watch, source] of this.sources) {
      const hit = await source.nearest(from, signal);
      if (hit !== undefined && (nearest === undefined || this.isNearer(hit.step, nearest.step.step))) {
        const because = { kind: 'data breakpoint', watch, write: hit.write } as const;
        nearest = { step: this.trace.step(hit.step), because };
      }
    }
    return nearest;
  }

  private isNearer(a: number, b: number): boolean {
    return this.direction === 'forward' ? a < b : a > b;
  }
}

/** What has to be observed so that no write of these slots goes unseen: objects and frames, by number. */
export function thingsToObserve(
  trace: Trace,
  slots: readonly Slot[],
  step: number,
): { readonly objects: readonly number[]; readonly frames: readonly number[] } {
  const objects = new Set<number>();
  const frames = new Set<number>();
  for (const slot of slots) {
    if (slot.kind === 'variable') {
      frames.add(slot.frame);
    } else {
      objects.add(slot.object);
      const dict = known(trace, slot.object, step, 0, 0)?.attributeDict;
      if (dict !== undefined) {
        objects.add(dict);
      }
    }
    const value = valueOf(trace, slot, step);
    if (value?.kind === 'object') {
      objects.add(value.object);
    }
  }
  return { objects: [...objects], frames: [...frames] };
}
