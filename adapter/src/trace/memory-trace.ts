/** A trace in memory, built from a transcript: for tests of what is written over a trace. */

import { execute, type Activation, type Execution, type Moment, type Version } from './execution';
import { fits } from './fits';
import { scanForWrite } from './slot-scan';
import type {
  Change,
  Contents,
  Direction,
  Filter,
  Frame,
  FrameVariables,
  Output,
  Slot,
  Step,
  Thread,
  Trace,
  TraceError,
  Write,
} from './trace';

export interface MemoryTraceOptions {
  /** How many steps are there at first; `refresh` shows the rest. Without it: all. */
  readonly length?: number;
  readonly sources?: Readonly<Record<string, string>>;
  readonly notes?: Readonly<Record<string, string>>;
}

/** transcript.ts says how the execution is written. */
export function memoryTrace(transcript: string, options: MemoryTraceOptions = {}): Trace {
  return new MemoryTrace(execute(transcript), options);
}

class MemoryTrace implements Trace {
  readonly firstStep = 0;
  length: number;

  constructor(
    private readonly execution: Execution,
    private readonly options: MemoryTraceOptions,
  ) {
    this.length = options.length ?? execution.moments.length;
  }

  refresh(): boolean {
    const grew = this.length < this.execution.moments.length;
    this.length = this.execution.moments.length;
    return grew;
  }

  note(key: string): string | undefined {
    return this.options.notes?.[key];
  }

  step(n: number): Step {
    return this.moment(n).step;
  }

  threads(n: number): Thread[] {
    const { stacks } = this.moment(n);
    const numbers = new Set(this.known().map(({ step }) => step.thread));
    return [...numbers].map((thread) => ({
      thread,
      systemId: BigInt(thread),
      name: thread === 1 ? 'MainThread' : `Thread-${String(thread)}`,
      alive: stacks.has(thread),
    }));
  }

  stack(n: number, thread = this.step(n).thread): Frame[] {
    const stack = this.moment(n).stacks.get(thread) ?? [];
    return stack.map(({ frame }) => frame).reverse();
  }

  variables(n: number, thread: number, frame: number): FrameVariables {
    const { step, result } = this.moment(n);
    const { variables } = this.activation(n, thread, frame);
    return { variables, result: step.frame === frame ? result : undefined };
  }

  contents(n: number, object: number, start = 0, count = Infinity): Contents {
    const { literal } = this.versionsAt(n, object).at(-1) ?? notFound(`object ${String(object)}`);
    const first = Math.min(start, literal.items.length);
    return {
      object,
      kind: literal.kind,
      classObject: undefined,
      typeName: literal.typeName,
      typeModule: undefined,
      unknown: false,
      unknownSince: undefined,
      length: literal.items.length,
      start: first,
      items: literal.items.slice(first, first + count),
      attributes: literal.attributes,
      attributeDict: undefined,
      name: undefined,
      module: undefined,
      bases: [],
      buffer: undefined,
      definedAt: undefined,
    };
  }

  history(n: number, object: number, limit: number): Change[] {
    const changes = this.versionsAt(n, object).map(({ change }) => change);
    return changes.reverse().slice(0, limit);
  }

  lastWrite(n: number, slot: Slot): Write | undefined {
    this.moment(n);
    return scanForWrite(this, n, slot);
  }

  find(from: number, direction: Direction, filter: Filter): number | undefined {
    const steps = this.known().map(({ step }) => step);
    const found =
      direction === 'forward'
        ? steps.find((step) => step.step > from && fits(step, filter))
        : steps.findLast((step) => step.step < from && fits(step, filter));
    return found?.step;
  }

  async findAsync(
    from: number,
    direction: Direction,
    filter: Filter,
    signal?: AbortSignal,
  ): Promise<number | undefined> {
    await Promise.resolve();
    signal?.throwIfAborted();
    return this.find(from, direction, filter);
  }

  files(): string[] {
    return [...new Set(this.known().map(({ step }) => step.file))];
  }

  source(file: string): string | undefined {
    return this.options.sources?.[file];
  }

  lines(file: string): number[] {
    const visited = this.known().filter(({ step }) => step.file === file && step.kind === 'line');
    return [...new Set(visited.map(({ step }) => step.line))].sort((a, b) => a - b);
  }

  output(first: number, limit: number): Output[] {
    return this.execution.output.filter(({ step }) => step < this.length).slice(first, first + limit);
  }

  private known(): readonly Moment[] {
    return this.execution.moments.slice(0, this.length);
  }

  private moment(n: number): Moment {
    const moment = n < this.length ? this.execution.moments[n] : undefined;
    if (moment === undefined) {
      throw new RangeError(`there is no step ${String(n)}: the recording has ${String(this.length)} steps`);
    }
    return moment;
  }

  private activation(n: number, thread: number, frame: number): Activation {
    const stack = this.moment(n).stacks.get(thread) ?? [];
    return stack.find((activation) => activation.frame.frame === frame) ?? notFound(`frame ${String(frame)}`);
  }

  private versionsAt(n: number, object: number): readonly Version[] {
    this.moment(n);
    return (this.execution.versions.get(object) ?? []).filter(({ change }) => change.step <= n);
  }
}

function notFound(what: string): never {
  const error: TraceError = Object.assign(new Error(`${what} is not there at this step`), {
    code: 'EXECORDER_NOT_FOUND',
  });
  throw error;
}
