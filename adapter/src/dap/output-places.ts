/** Which step printed what comes through a living program's pipes: the recording holds the same text in pieces. */

import type { Output, Trace } from '../trace/trace';

/** A part of what was printed; without a step when it was printed past Python's own streams. */
export interface PlacedText {
  readonly text: string;
  readonly step: number | undefined;
}

type Stream = Output['stream'];

const PIECES_AT_ONCE = 500;
/** A program writes first and records then: so many milliseconds may lie between. */
const PATIENCE_MS = 3;

export class OutputPlaces {
  private next = 0;
  private readonly waiting: Record<Stream, PlacedText[]> = { stdout: [], stderr: [] };
  /** What has arrived before the recording held it; its pieces are passed over when they come. */
  private readonly ahead: Record<Stream, string> = { stdout: '', stderr: '' };

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
    const piece = this.first(trace, stream);
    if (piece === undefined) {
      this.ahead[stream] += rest;
      return { text: rest, step: undefined };
    }
    const queue = this.waiting[stream];
    if (piece.text.length > rest.length && piece.text.startsWith(rest)) {
      queue[0] = { ...piece, text: piece.text.slice(rest.length) };
      return { text: rest, step: piece.step };
    }
    const at = rest.indexOf(piece.text);
    if (at !== 0) {
      return { text: at === -1 ? rest : rest.slice(0, at), step: undefined };
    }
    queue.shift();
    return piece;
  }

  private first(trace: Trace, stream: Stream): PlacedText | undefined {
    const queue = this.waiting[stream];
    for (let waited = 0; queue.length === 0 && waited <= PATIENCE_MS; waited++) {
      if (waited > 0) {
        pauseMs(1);
        trace.refresh();
      }
      this.read(trace);
    }
    return queue[0];
  }

  private read(trace: Trace): void {
    const pieces = trace.output(this.next, PIECES_AT_ONCE);
    this.next += pieces.length;
    for (const { stream, text, step } of pieces) {
      const late = this.passOver(stream, text);
      if (late !== '') {
        this.waiting[stream].push({ text: late, step });
      }
    }
  }

  /** What of a piece has not arrived yet. */
  private passOver(stream: Stream, text: string): string {
    const ahead = this.ahead[stream];
    const isKnown = ahead.startsWith(text) || text.startsWith(ahead);
    // Otherwise it was printed past Python's own streams, and no piece will come for it.
    this.ahead[stream] = isKnown ? ahead.slice(text.length) : '';
    return isKnown ? text.slice(ahead.length) : text;
  }
}

function pauseMs(duration: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, duration);
}
