/** Counts what happens along a recording, for hit conditions. */

/** Remembers what it has counted, so that a long journey looks at each once. */
export class Counter<Event extends { readonly step: number }> {
  private readonly known: number[] = [];
  private searched = -1;

  /** `next`: the first event after a step. `counts` may throw, and is asked again then. */
  constructor(
    private readonly next: (after: number) => Event | undefined,
    private readonly counts: (event: Event) => boolean,
  ) {}

  /** How many events that count lie at or before this step. */
  upTo(step: number): number {
    while (this.searched < step) {
      const event = this.next(this.searched);
      if (event === undefined || event.step > step) {
        this.searched = step;
        break;
      }
      const counts = this.counts(event);
      this.searched = event.step;
      if (counts) {
        this.known.push(event.step);
      }
    }
    return countUpTo(this.known, step);
  }
}

function countUpTo(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? Infinity) <= limit) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
