/**
 * A small execution written down as text, one step a line, for tests of time travel:
 *
 *     call 1 <module>
 *     line 1
 *     line 4 total=0 items=#1 #1=list(1, 2)
 *       call 1 double n=1
 *       line 2
 *       return 2 => 2
 *     > printed
 *     line 5 total=2
 *     T2 call 7 worker in threads.py
 *
 * Two spaces of indentation are one frame of depth. A step says its kind and line; `call` and `resume` name the
 * function, and the file when it isn't the caller's. Then come the variables that were bound before the step, the
 * contents that objects have from there on, and what a frame returns, yields or raises. Lines that start with `>` and
 * `!` are standard output and error.
 */

import { parseContents, parseValue, type Literal } from './literals';
import { Tokens } from './tokens';
import type { StepKind, Value } from './trace';

export interface TranscriptStep {
  readonly type: 'step';
  readonly depth: number;
  readonly thread: number;
  readonly kind: StepKind;
  readonly line: number;
  /** Of `call` and `resume` only. */
  readonly function: string | undefined;
  readonly file: string | undefined;
  readonly bindings: readonly { readonly name: string; readonly value: Value }[];
  readonly contents: readonly { readonly object: number; readonly literal: Literal }[];
  readonly result: Value | undefined;
}

export interface TranscriptOutput {
  readonly type: 'output';
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

const KINDS: ReadonlySet<string> = new Set<StepKind>([
  'call',
  'line',
  'return',
  'yield',
  'resume',
  'exception',
]);

/** Throws an Error that names the line which is no step. */
export function parseTranscript(text: string): (TranscriptStep | TranscriptOutput)[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const margin = Math.min(...lines.map(indentationOf));
  return lines.map((line) => parseLine(line.trim(), (indentationOf(line) - margin) / 2));
}

function indentationOf(line: string): number {
  return line.length - line.trimStart().length;
}

function parseLine(line: string, depth: number): TranscriptStep | TranscriptOutput {
  const stream = { '>': 'stdout', '!': 'stderr' } as const;
  const mark = line.charAt(0);
  if (mark === '>' || mark === '!') {
    return { type: 'output', stream: stream[mark], text: `${line.slice(1).trim()}\n` };
  }
  return parseStep(new Tokens(line), depth);
}

function parseStep(tokens: Tokens, depth: number): TranscriptStep {
  const thread = tokens.takeMatch(/^T(\d+)$/);
  const kind = tokens.next();
  if (!isStepKind(kind)) {
    return tokens.fail(`'${kind}' is no kind of step`);
  }
  const line = Number(tokens.next());
  const entersFrame = kind === 'call' || kind === 'resume';
  const name = entersFrame ? tokens.next() : undefined;
  const file = entersFrame && tokens.take('in') ? tokens.next() : undefined;
  return {
    type: 'step',
    depth,
    thread: thread === undefined ? 1 : Number(thread),
    kind,
    line,
    function: name,
    file,
    ...parseState(tokens),
  };
}

function parseState(tokens: Tokens): Pick<TranscriptStep, 'bindings' | 'contents' | 'result'> {
  const bindings: { name: string; value: Value }[] = [];
  const contents: { object: number; literal: Literal }[] = [];
  let result: Value | undefined;
  while (!tokens.atEnd) {
    const object = tokens.takeMatch(/^#(\d+)$/);
    if (tokens.take('=>')) {
      result = parseValue(tokens);
    } else if (object !== undefined) {
      tokens.expect('=');
      contents.push({ object: Number(object), literal: parseContents(tokens) });
    } else {
      const name = tokens.next();
      tokens.expect('=');
      bindings.push({ name, value: parseValue(tokens) });
    }
  }
  return { bindings, contents, result };
}

function isStepKind(word: string): word is StepKind {
  return KINDS.has(word);
}
