/** What a recording is asked in the measurement, and how long the answers take, in milliseconds. */

import type { RecordingTrace } from '../../adapter/src/trace/recording-trace';
import type { Slot, Step, Value } from '../../adapter/src/trace/trace';

export interface Times {
  readonly median: number;
  readonly worst: number;
  readonly p99: number;
}

export interface Answers {
  readonly steps: number;
  readonly lineSteps: number;
  readonly fileBytes: number;
  readonly logBytes: number;
  /** The most room on the disk while it grew. */
  readonly growingBytes: number;
  readonly opening: number;
  readonly anywhere: Times;
  readonly neighbours: Times;
  readonly visit: Times;
  readonly noVisit: Times;
  readonly lastWrites: Readonly<Record<string, Times>>;
  readonly history: Times;
  /** Of this process, while it read. */
  readonly peakBytes: number;
}

const QUESTIONS = 300;
const WRITE_QUESTIONS = 200;

export function ask(open: () => RecordingTrace, sizes: Pick<Answers, 'fileBytes' | 'growingBytes'>): Answers {
  const before = process.memoryUsage().rss;
  const start = performance.now();
  const trace = open();
  const opening = performance.now() - start;
  const anywhere = measure(QUESTIONS, () => readState(trace, Math.floor(Math.random() * trace.length)));
  let at = Math.floor(trace.length / 2);
  const neighbours = measure(QUESTIONS, () => readState(trace, at++));
  const end = trace.length - 1;
  const file = trace.step(0).file;
  const common = { visits: [{ file, line: lineWith(trace, file, 'account.add(value)') }] };
  const rare = { visits: [{ file, line: lineWith(trace, file, "return 'once'") }] };
  const from = (): number => Math.floor(Math.random() * trace.length);
  const answers = {
    steps: trace.length,
    lineSteps: countLines(trace),
    ...sizes,
    logBytes: trace.info().logBytes,
    opening,
    anywhere,
    neighbours,
    visit: measure(QUESTIONS, () => trace.find(from(), 'forward', common)),
    noVisit: measure(5, () => trace.find(end, 'backward', rare)),
    ...questionsAboutWrites(trace, file),
    peakBytes: Math.max(0, process.memoryUsage().rss - before),
  };
  trace.close();
  return answers;
}

/** The stack, and all variables of the top frame with one level of what they hold. */
function readState(trace: RecordingTrace, n: number): void {
  const step = trace.step(n);
  trace.stack(n, step.thread);
  for (const { value } of trace.variables(n, step.thread, step.frame).variables) {
    if (value.kind === 'object') {
      trace.contents(n, value.object, 0, 100);
    }
  }
}

/** Of the frame of main and its objects, asked at steps anywhere while it runs, near the end as near the start. */
function questionsAboutWrites(trace: RecordingTrace, file: string): Pick<Answers, 'lastWrites' | 'history'> {
  const line = lineWith(trace, file, 'return early, first');
  const n = trace.find(trace.length, 'backward', { visits: [{ file, line }] }) ?? trace.length - 1;
  const step = trace.step(n);
  const { frame } = step;
  const key = (text: string): Value => ({ kind: 'str', value: text });
  const third = itemOf(trace, n, objectOf(trace, step, 'accounts'), 3);
  const table = objectOf(trace, step, 'table');
  const anyKey = (): Value => ({ kind: 'int', value: BigInt(Math.floor(Math.random() * 500)) });
  const slots: Readonly<Record<string, () => Slot>> = {
    'a local, written at the start': () => ({ kind: 'variable', frame, name: 'early' }),
    'a local, written just now': () => ({ kind: 'variable', frame, name: 'turn' }),
    'an attribute, written at the start': () => ({ kind: 'attribute', object: third, name: 'number' }),
    'an attribute that was never written': () => ({ kind: 'attribute', object: third, name: 'other' }),
    'an index, written at the start': () => ({
      ...{ kind: 'item', object: objectOf(trace, step, 'early') },
      key: { kind: 'int', value: 1n },
    }),
    'a key of a dict that changes all the time': () => ({ kind: 'item', object: table, key: anyKey() }),
    'a key of it that was written at the start': () => ({ kind: 'item', object: table, key: key('fixed') }),
    'a key of it that was never written': () => ({ kind: 'item', object: table, key: key('other') }),
  };
  const anywhere = (): number => Math.floor(n * (0.01 + 0.99 * Math.random()));
  const lastWrites = Object.fromEntries(
    Object.entries(slots).map(([name, slot]) => [
      name,
      measure(WRITE_QUESTIONS, () => trace.lastWrite(anywhere(), slot())),
    ]),
  );
  return { lastWrites, history: measure(20, () => trace.history(n, table, 100)) };
}

function objectOf(trace: RecordingTrace, step: Step, name: string): number {
  const { variables } = trace.variables(step.step, step.thread, step.frame);
  const value = variables.find((variable) => variable.name === name)?.value;
  return value?.kind === 'object' ? value.object : 0;
}

function itemOf(trace: RecordingTrace, n: number, object: number, index: number): number {
  const value = trace.contents(n, object, index, 1).items[0]?.value;
  return value?.kind === 'object' ? value.object : 0;
}

/** The number of the source's line that has this text. */
function lineWith(trace: RecordingTrace, file: string, text: string): number {
  const lines = (trace.source(file) ?? '').split('\n');
  return lines.findIndex((line) => line.includes(text)) + 1;
}

/** Estimated from steps spread over the recording. */
function countLines(trace: RecordingTrace): number {
  const samples = 2000;
  let lines = 0;
  for (let i = 0; i < samples; i++) {
    lines += trace.step(Math.floor(((i + 0.5) / samples) * trace.length)).kind === 'line' ? 1 : 0;
  }
  return (lines / samples) * trace.length;
}

function measure(count: number, question: () => unknown): Times {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    question();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (part: number): number => times[Math.min(count - 1, Math.floor(part * count))] ?? 0;
  return { median: at(0.5), p99: at(0.99), worst: at(1) };
}
