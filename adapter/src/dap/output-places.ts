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
/** More than pipes hold characters: what lies further back arrives no more. */
const MOST_WAITING = 1 << 17;

export class OutputPlaces {
  private next = 0;
  /** What was printed. Some of it never arrives: what was printed while the program caught its own output. */
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
    forget(this.waiting.stdout);
    forget(this.waiting.stderr);
    const place = this.find(trace, stream, rest);
    const queue = this.waiting[stream];
    if (place === undefined) {
      this.ahead[stream] += queue.length === 0 ? rest : '';
      return { text: rest, step: undefined };
    }
    if (place.at > 0) {
      return { text: rest.slice(0, place.at), step: undefined };
    }
    queue.splice(0, place.index);
    const piece = queue.shift() as PlacedText;
    if (piece.text.length > rest.length) {
      queue.unshift({ ...piece, text: piece.text.slice(rest.length) });
    }
    return { ...piece, text: piece.text.slice(0, rest.length) };
  }

  /** Where in `rest` something that waits begins: at its start, if anything does. */
  private find(trace: Trace, stream: Stream, rest: string): Place | undefined {
    const queue = this.waiting[stream];
    for (let waited = 0, seen = 0; ;) {
      const first = findFrom(queue, seen, rest, (text) => text.startsWith(rest) || rest.startsWith(text));
      if (first !== undefined) {
        return { index: first, at: 0 };
      }
      seen = queue.length;
      if (this.read(trace)) {
        continue;
      }
      const within = findFrom(queue, 0, rest, (text) => rest.includes(text));
      if (within !== undefined) {
        return { index: within, at: rest.indexOf(queue[within]?.text ?? '') };
      }
      if (waited++ === PATIENCE_MS) {
        return undefined;
      }
      pauseMs(1);
      trace.refresh();
    }
  }

  /** Answers whether there was more. */
  private read(trace: Trace): boolean {
    const pieces = trace.output(this.next, PIECES_AT_ONCE);
    this.next += pieces.length;
    for (const { stream, text, step } of pieces) {
      const late = this.passOver(stream, text);
      if (late !== '') {
        this.waiting[stream].push({ text: late, step });
      }
    }
    return pieces.length > 0;
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

interface Place {
  /** Of what waits. */
  readonly index: number;
  /** In the text. */
  readonly at: number;
}

/** Which fits first. One that isn't blank may be it although others come before it. */
function findFrom(
  queue: readonly PlacedText[],
  from: number,
  rest: string,
  fits: (text: string) => boolean,
): number | undefined {
  const isBlank = rest.trim() === '';
  for (let index = from; index < queue.length; index++) {
    const text = queue[index]?.text ?? '';
    if ((index === 0 || (!isBlank && text.trim() !== '')) && fits(text)) {
      return index;
    }
  }
  return undefined;
}

function forget(queue: PlacedText[]): void {
  if (queue.length > MOST_WAITING) {
    queue.splice(0, queue.length - MOST_WAITING);
  }
}

function pauseMs(duration: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, duration);
}
