/** Which step printed what comes through a living program's pipes: the recording holds the same text in pieces. */

import type { Output, Trace } from '../trace/trace';

/** A part of what was printed; without a step when it was printed past Python's own streams. */
export interface PlacedText {
  readonly text: string;
  readonly step: number | undefined;
}

type Stream = Output['stream'];

const PIECES_AT_ONCE = 500;

export class OutputPlaces {
  private next = 0;
  private readonly waiting: Record<Stream, PlacedText[]> = { stdout: [], stderr: [] };

  /** The parts of a text that has just arrived, each with its step; neighbours of one step are one part. */
  split(trace: Trace, stream: Stream, arrived: string): PlacedText[] {
    trace.refresh();
    const parts: PlacedText[] = [];
    for (let rest = arrived; rest !== '';) {
      const part = this.take(trace, stream, rest);
      const last = parts.at(-1);
      if (last !== undefined && last.step === part.step) {
        parts[parts.length - 1] = { text: last.text + part.text, step: part.step };
      } else {
        parts.push(part);
      }
      rest = rest.slice(part.text.length);
    }
    return parts;
  }

  private take(trace: Trace, stream: Stream, rest: string): PlacedText {
    const queue = this.waiting[stream];
    if (queue.length === 0) {
      this.read(trace);
    }
    const piece = queue[0];
    const at = piece === undefined ? -1 : rest.indexOf(piece.text);
    if (piece !== undefined && piece.text.startsWith(rest)) {
      queue[0] = { ...piece, text: piece.text.slice(rest.length) };
      return { text: rest, step: piece.step };
    }
    if (piece === undefined || at === -1) {
      return { text: rest, step: undefined };
    }
    if (at > 0) {
      return { text: rest.slice(0, at), step: undefined };
    }
    queue.shift();
    return piece;
  }

  private read(trace: Trace): void {
    const pieces = trace.output(this.next, PIECES_AT_ONCE);
    this.next += pieces.length;
    for (const { stream, text, step } of pieces) {
      if (text !== '') {
        this.waiting[stream].push({ text, step });
      }
    }
  }
}
