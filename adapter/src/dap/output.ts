/** What an old recording's program printed, sent once, as the cursor first passes it. */

import type { Trace } from '../trace/trace';

const PIECES_AT_ONCE = 200;

export class OutputReplay {
  private sent = 0;

  constructor(private readonly send: (stream: 'stdout' | 'stderr', text: string, step: number) => void) {}

  /** Sends everything printed before this step that was not sent yet. */
  upTo(trace: Trace, step: number): void {
    const isEnd = step >= trace.length - 1;
    for (;;) {
      const pieces = trace.output(this.sent, PIECES_AT_ONCE);
      for (const piece of pieces) {
        // A piece belongs to the last step before it: it appears once that step is left behind.
        if (!isEnd && piece.step >= step) {
          return;
        }
        this.send(piece.stream, piece.text, piece.step);
        this.sent++;
      }
      if (pieces.length < PIECES_AT_ONCE) {
        return;
      }
    }
  }
}
