/** Where the writes of a slot stop a journey. */

import type { Direction, Trace } from '../trace/trace';
import type { Watch } from './stops';
import { lastWrite, nextWrite } from './writes';
import type { Write } from './writes';

export interface WatchHit {
  readonly step: number;
  readonly write: Write;
}

/**
 * The writes along a journey, one after the other.
 *
 * A write stops the journey at the line that makes it, before it does, in both directions. Who begins inside of a call
 * that this line makes has that place behind him when he goes forward: then the first line after the write is where
 * he stops.
 */
export class WatchedWrites {
  private known: WatchHit | undefined;
  private at: number | undefined;
  private exhausted = false;

  constructor(
    private readonly trace: Trace,
    private readonly direction: Direction,
    private readonly watch: Watch,
  ) {}

  /** The nearest stop beyond `from`; `from` only ever moves on. */
  async nearest(from: number, signal?: AbortSignal): Promise<WatchHit | undefined> {
    this.at ??= from;
    while (!this.exhausted && (this.known === undefined || !this.isBeyond(this.known.step, from))) {
      await this.advance(from, signal);
    }
    return this.known;
  }

  private async advance(from: number, signal: AbortSignal | undefined): Promise<void> {
    const at = this.at ?? from;
    const write = await (this.direction === 'forward' ? nextWrite : lastWrite)(
      this.trace,
      this.watch.slot,
      at,
      signal,
    );
    if (write === undefined) {
      this.exhausted = true;
      this.known = undefined;
      return;
    }
    this.at = this.direction === 'forward' ? write.step : write.step - 1;
    const step = this.placeOf(write, from);
    const counts = this.isBeyond(step, from) && (await this.watch.stopsFor(write));
    this.known = counts ? { step, write } : undefined;
  }

  private placeOf({ by, step }: Write, from: number): number {
    if (this.direction === 'backward' || by.step >= from) {
      return by.step;
    }
    const filter = { kinds: ['line'], thread: by.thread } as const;
    return this.trace.find(step - 1, 'forward', filter) ?? step;
  }

  private isBeyond(step: number, from: number): boolean {
    return this.direction === 'forward' ? step > from : step < from;
  }
}
