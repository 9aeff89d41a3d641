/** What an old recording's program printed, sent once, as the cursor first passes it. */

import type { Output, Trace } from '../trace/trace';

const PIECES_AT_ONCE = 200;

export class OutputReplay {
  private sent = 0;

  constructor(private readonly send: (stream: 'stdout' | 'stderr', text: string, step: number) => void) {}

  /** Sends everything printed before this step that was not sent yet; what one step printed on a stream, as one. */
  upTo(trace: Trace, step: number): void {
    const isEnd = step >= trace.length - 1;
    let whole: Output | undefined;
    for (const piece of this.rest(trace)) {
      // A piece belongs to the last step before it: it appears once that step is left behind.
      if (!isEnd && piece.step >= step) {
        break;
      }
      if (whole?.step === piece.step && whole.stream === piece.stream) {
        whole = { ...whole, text: whole.text + piece.text };
      } else {
        this.tell(whole);
        whole = piece;
      }
      this.sent++;
    }
    this.tell(whole);
  }

  private tell(whole: Output | undefined): void {
    if (whole !== undefined) {
      this.send(whole.stream, whole.text, whole.step);
    }
  }

  private *rest(trace: Trace): Iterable<Output> {
    for (let from = this.sent, count = PIECES_AT_ONCE; count === PIECES_AT_ONCE; from += count) {
      const pieces = trace.output(from, PIECES_AT_ONCE);
      count = pieces.length;
      yield* pieces;
    }
  }
}
