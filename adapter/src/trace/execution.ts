/** Runs a transcript: from its lines to the stack, the variables and the objects of every step. */

import type { Literal } from './literals';
import type { Change, Frame, Output, Step, Value, Variable } from './trace';
import { parseTranscript, type TranscriptOutput, type TranscriptStep } from './transcript';

/** A frame at one step; `variables` are its slots. */
export interface Activation {
  readonly frame: Frame;
  readonly variables: readonly Variable[];
}

/** Everything that is different at each step. */
export interface Moment {
  readonly step: Step;
  /** By thread, outermost frame first. */
  readonly stacks: ReadonlyMap<number, readonly Activation[]>;
  readonly result: Value | undefined;
}

export interface Version {
  readonly literal: Literal;
  readonly change: Change;
}

export interface Execution {
  readonly moments: readonly Moment[];
  /** By object, oldest first. */
  readonly versions: ReadonlyMap<number, readonly Version[]>;
  readonly output: readonly Output[];
}

/** Module dicts have numbers from here on, so that a transcript can choose its own. */
const FIRST_MODULE_DICT = 1001;

/** The file of a frame that says no other. */
const MAIN_FILE = 'main.py';

export function execute(transcript: string): Execution {
  const machine = new Machine();
  for (const line of parseTranscript(transcript)) {
    machine.take(line);
  }
  return machine;
}

class Machine implements Execution {
  readonly moments: Moment[] = [];
  readonly versions = new Map<number, Version[]>();
  readonly output: Output[] = [];
  private stacks = new Map<number, readonly Activation[]>();
  private readonly suspended: Activation[] = [];
  private readonly moduleDicts = new Map<string, number>();
  private frames = 0;

  take(line: TranscriptStep | TranscriptOutput): void {
    if (line.type === 'step') {
      this.takeStep(line);
    } else {
      this.output.push({
        index: this.output.length,
        step: this.moments.length - 1,
        stream: line.stream,
        text: line.text,
      });
    }
  }

  private takeStep(line: TranscriptStep): void {
    const n = this.moments.length;
    const below = (this.stacks.get(line.thread) ?? []).slice(0, line.depth);
    const before = this.activation(line, below);
    this.bind(line, before);
    line.contents.forEach(({ object, literal }) => this.record(object, literal, image(n)));

    const top = { frame: { ...before.frame, line: line.line }, variables: this.slots(line, before) };
    this.stacks = new Map(this.stacks).set(line.thread, [...below, top]);
    const { frame, depth, file, function: name } = top.frame;
    const step = {
      step: n,
      kind: line.kind,
      thread: line.thread,
      frame,
      depth,
      file,
      line: line.line,
      function: name,
    };
    this.moments.push({ step, stacks: this.stacks, result: line.result });
    if (line.kind === 'return' || line.kind === 'yield') {
      this.leave(line, top, below);
    }
  }

  private leave(line: TranscriptStep, top: Activation, below: readonly Activation[]): void {
    const stacks = new Map(this.stacks);
    if (below.length === 0) {
      stacks.delete(line.thread);
    } else {
      stacks.set(line.thread, below);
    }
    this.stacks = stacks;
    if (line.kind === 'yield') {
      this.suspended.push(top);
    }
  }

  /** The frame of a step: a new one, one that was suspended, or the one at its depth. */
  private activation(line: TranscriptStep, below: readonly Activation[]): Activation {
    switch (line.kind) {
      case 'call':
        return this.enter(line, below);
      case 'resume':
        return this.reenter(line);
      case 'line':
      case 'return':
      case 'yield':
      case 'exception': {
        const running = this.stacks.get(line.thread)?.[line.depth];
        return running ?? fail(`no frame runs at depth ${line.depth} of thread ${line.thread}`);
      }
    }
  }

  private enter(line: TranscriptStep, below: readonly Activation[]): Activation {
    if (below.length < line.depth) {
      fail(`a call at depth ${line.depth} has no caller`);
    }
    const name = line.function ?? '';
    const file = line.file ?? below.at(-1)?.frame.file ?? MAIN_FILE;
    const isModule = name === '<module>';
    const globals = this.moduleDict(file);
    this.frames++;
    const frame: Frame = {
      frame: this.frames,
      depth: line.depth,
      file,
      line: line.line,
      function: name,
      scope: isModule ? 'module' : 'function',
      isCoroutine: false,
      globals,
      locals: isModule ? globals : undefined,
    };
    return { frame, variables: [] };
  }

  private reenter(line: TranscriptStep): Activation {
    const index = this.suspended.findLastIndex(({ frame }) => frame.function === line.function);
    const [found] = index === -1 ? [] : this.suspended.splice(index, 1);
    if (found === undefined) {
      return fail(`no frame of '${line.function ?? ''}' is suspended`);
    }
    return { ...found, frame: { ...found.frame, depth: line.depth } };
  }

  private moduleDict(file: string): number {
    const known = this.moduleDicts.get(file);
    if (known !== undefined) {
      return known;
    }
    const number = FIRST_MODULE_DICT + this.moduleDicts.size;
    this.moduleDicts.set(file, number);
    this.record(
      number,
      { kind: 'dict', typeName: 'dict', items: [], attributes: [] },
      image(this.moments.length),
    );
    return number;
  }

  /** A module's variables are the items of its dict. */
  private bind(line: TranscriptStep, { frame }: Activation): void {
    if (frame.locals === undefined) {
      return;
    }
    for (const { name, value } of line.bindings) {
      const key: Value = { kind: 'str', value: name };
      const literal = this.versions.get(frame.locals)?.at(-1)?.literal ?? fail('the module has no dict');
      const isBound = literal.items.some((item) => isText(item.key, name));
      const items = isBound
        ? literal.items.map((item) => (isText(item.key, name) ? { key, value } : item))
        : [...literal.items, { key, value }];
      const change: Change = { step: this.moments.length, operation: 'setItem', key, value };
      this.record(frame.locals, { ...literal, items }, change);
    }
  }

  private slots(line: TranscriptStep, { frame, variables }: Activation): readonly Variable[] {
    if (frame.locals !== undefined) {
      return [];
    }
    const slots = new Map(variables.map((variable) => [variable.name, variable]));
    for (const { name, value } of line.bindings) {
      const role = slots.get(name)?.role ?? (line.kind === 'call' ? 'argument' : 'local');
      slots.set(name, { name, value, role });
    }
    return [...slots.values()];
  }

  private record(object: number, literal: Literal, change: Change): void {
    const versions = this.versions.get(object) ?? [];
    this.versions.set(object, [...versions, { literal, change }]);
  }
}

function image(step: number): Change {
  return { step, operation: 'image', key: undefined, value: undefined };
}

function isText(value: Value | undefined, text: string): boolean {
  return value?.kind === 'str' && value.value === text;
}

function fail(problem: string): never {
  throw new Error(`In the transcript: ${problem}`);
}
