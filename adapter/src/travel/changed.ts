/** What is different from another moment, without a question for each write in between. */

import type { Contents, Trace, Value, Variable } from '../trace/trace';
import { attempt, isSameKey, known } from './slots';
import type { Slot } from './slots';
import { changedAt } from './writes';

/** So many items of a list are read at once. */
const WINDOW = 128;

/** Compares one moment with one before or after it. */
export class Changes {
  private readonly early: number;
  private readonly late: number;
  private readonly changed = new Map<number, boolean>();
  private readonly variables = new Map<number, readonly Variable[] | undefined>();
  private readonly windows = new Map<number, Contents | undefined>();

  constructor(
    private readonly trace: Trace,
    here: number,
    private readonly other: number,
  ) {
    this.early = Math.min(here, other);
    this.late = Math.max(here, other);
  }

  /** Whether a slot that was there at the other moment held something else, or what it holds has changed. */
  has(slot: Slot, value: Value): boolean {
    if (value.kind === 'object' && this.isChanged(value.object)) {
      return true;
    }
    switch (slot.kind) {
      case 'variable': {
        const others = this.variablesOf(slot.thread, slot.frame);
        const other = others?.find(({ name }) => name === slot.name)?.value;
        return others !== undefined && !isSame(other, value);
      }
      case 'item':
        return this.isChanged(slot.object) && !isSame(this.itemOf(slot.object, slot.key), value);
      case 'attribute': {
        const attributes = known(this.trace, slot.object, this.other, 0, 0)?.attributes;
        const other = attributes?.find(({ name }) => name === slot.name)?.value;
        return attributes !== undefined && !isSame(other, value);
      }
      case 'contents':
        return false;
    }
  }

  /** Whether an object that was there at both moments has changed between them. */
  private isChanged(object: number): boolean {
    let answer = this.changed.get(object);
    if (answer === undefined) {
      const newest = changedAt(this.trace, object, this.late);
      const isLater = newest !== undefined && newest > this.early;
      answer = isLater && known(this.trace, object, this.early, 0, 0) !== undefined;
      this.changed.set(object, answer);
    }
    return answer;
  }

  private variablesOf(thread: number, frame: number): readonly Variable[] | undefined {
    if (!this.variables.has(frame)) {
      this.variables.set(frame, attempt(() => this.trace.variables(this.other, thread, frame))?.variables);
    }
    return this.variables.get(frame);
  }

  private itemOf(object: number, key: Value): Value | undefined {
    let window = this.windows.get(object);
    const index = key.kind === 'int' ? Number(key.value) : -1;
    const isOutside = window?.kind === 'list' && (index < window.start || index >= window.start + WINDOW);
    if (window === undefined || isOutside) {
      const isList = known(this.trace, object, this.other, 0, 0)?.kind === 'list';
      window = isList
        ? known(this.trace, object, this.other, index, WINDOW)
        : known(this.trace, object, this.other);
      this.windows.set(object, window);
    }
    return window?.kind === 'list'
      ? window.items[index - window.start]?.value
      : window?.items.find((item) => isSameKey(item.key, key))?.value;
  }
}

function isSame(a: Value | undefined, b: Value): boolean {
  switch (a?.kind) {
    case 'bool':
    case 'int':
    case 'float':
    case 'str':
      return b.kind === a.kind && Object.is(a.value, b.value);
    case 'complex':
      return b.kind === 'complex' && Object.is(a.real, b.real) && Object.is(a.imaginary, b.imaginary);
    case 'bytes':
      return b.kind === 'bytes' && Buffer.from(a.value).equals(b.value);
    case 'object':
      return b.kind === 'object' && a.object === b.object;
    default:
      return a?.kind === b.kind;
  }
}
