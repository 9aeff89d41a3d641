/** The lines that a program printed, and the lines of code that printed them. */

import type { Direction, Output, Step, Trace } from '../trace/trace';

/** A line of text; a program may print it in several pieces. */
export interface PrintedLine {
  readonly text: string;
  /** The step at which its last piece was printed. */
  readonly step: number;
}

const PIECES_AT_ONCE = 500;

/** The nearest printed line that holds the text and was printed before or after a step. */
export function nearestPrinted(
  trace: Trace,
  from: number,
  direction: Direction,
  text: string,
): PrintedLine | undefined {
  let newest: PrintedLine | undefined;
  for (const line of printedLines(trace)) {
    const fits = line.text.includes(text);
    if (direction === 'forward' && fits && line.step > from) {
      return line;
    }
    if (direction === 'backward' && fits && line.step < from) {
      newest = line;
    }
  }
  return newest;
}

/** The line of code that ran when something was printed after this step. */
export function printingLine(trace: Trace, { step }: Pick<Output, 'step'>): Step {
  const at = trace.step(step);
  const frame = at.kind === 'return' || at.kind === 'yield' ? trace.stack(step)[1]?.frame : at.frame;
  const filter = frame === undefined ? { kinds: ['line'] as const } : { kinds: ['line'] as const, frame };
  const line = trace.find(step + 1, 'backward', filter);
  return line === undefined ? at : trace.step(line);
}

function* printedLines(trace: Trace): Generator<PrintedLine> {
  const open = new Map<Output['stream'], PrintedLine>();
  for (const { stream, text, step } of outputs(trace)) {
    const [first = '', ...rest] = text.split('\n');
    let line: PrintedLine = { text: (open.get(stream)?.text ?? '') + first, step };
    for (const next of rest) {
      yield line;
      line = { text: next, step };
    }
    open.set(stream, line);
  }
  yield* open.values();
}

function* outputs(trace: Trace): Generator<Output> {
  for (let first = 0; ; first += PIECES_AT_ONCE) {
    const pieces = trace.output(first, PIECES_AT_ONCE);
    yield* pieces;
    if (pieces.length < PIECES_AT_ONCE) {
      return;
    }
  }
}
