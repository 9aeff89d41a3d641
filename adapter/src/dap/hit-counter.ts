/** Counts writes of a slot up to a step, for hit conditions. */

import type { Trace } from '../trace/trace';
import type { Slot } from '../travel/slots';
import { nextWrite } from '../travel/writes';
import type { Write } from '../travel/writes';

export class WriteCounter {
  private readonly steps: number[] = [];
  private searched = -1;

  constructor(
    private readonly trace: Trace,
    private readonly slot: Slot,
    private readonly counts: (write: Write) => boolean,
  ) {}

  /** How many writes that count show at or before this step. */
  upTo(step: number): number {
    while (this.searched < step) {
      const write = nextWrite(this.trace, this.slot, this.searched);
      if (write === undefined || write.step > step) {
        this.searched = step;
        break;
      }
      const counts = this.counts(write); // It may throw, and be asked again.
      this.searched = write.step;
      if (counts) {
        this.steps.push(write.step);
      }
    }
    return this.steps.filter((counted) => counted <= step).length;
  }
}
