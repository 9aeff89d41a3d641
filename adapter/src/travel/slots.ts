/** Places that hold a value, and the value that they hold at a step. */

import type { Contents, Trace, Value } from '../trace/trace';
import { isTraceError } from '../trace/trace';

export type Slot =
  /** A variable of one activation of a function. */
  | { readonly kind: 'variable'; readonly thread: number; readonly frame: number; readonly name: string }
  /** What stands under an index or a key; a module's variables are the items of its dict. */
  | { readonly kind: 'item'; readonly object: number; readonly key: Value }
  | { readonly kind: 'attribute'; readonly object: number; readonly name: string }
  /** Everything that an object holds itself. */
  | { readonly kind: 'contents'; readonly object: number };

/** The value at a step; undefined when there is none, or when the recording can't tell. */
export function valueOf(trace: Trace, slot: Slot, step: number): Value | undefined {
  switch (slot.kind) {
    case 'variable':
      return variableValue(trace, slot, step);
    case 'item':
      return itemValue(trace, slot, step);
    case 'attribute':
      return known(trace, slot.object, step, 0, 0)?.attributes.find(({ name }) => name === slot.name)?.value;
    case 'contents':
      return { kind: 'object', object: slot.object };
  }
}

/** An object's contents at a step, or undefined when the recording doesn't know them then. */
export function known(
  trace: Trace,
  object: number,
  step: number,
  start?: number,
  count?: number,
): Contents | undefined {
  return attempt(() => (step < 0 ? undefined : trace.contents(step, object, start, count)));
}

/** An answer, or undefined when the recording doesn't know what was asked about. */
export function attempt<T>(question: () => T): T | undefined {
  try {
    return question();
  } catch (error) {
    if (isTraceError(error, 'EXECORDER_NOT_FOUND')) {
      return undefined;
    }
    throw error;
  }
}

function variableValue(
  trace: Trace,
  { thread, frame, name }: Slot & { kind: 'variable' },
  step: number,
): Value | undefined {
  const slots = attempt(() => trace.variables(step, thread, frame));
  const value = slots?.variables.find((variable) => variable.name === name)?.value;
  return value?.kind === 'unbound' ? undefined : value;
}

function itemValue(trace: Trace, { object, key }: Slot & { kind: 'item' }, step: number): Value | undefined {
  const contents = known(trace, object, step, 0, 0);
  if (contents === undefined) {
    return undefined;
  }
  if (contents.kind === 'dict') {
    const { items } = trace.contents(step, object);
    return items.find((item) => isSameKey(item.key, key))?.value;
  }
  const index = key.kind === 'int' ? Number(key.value) : -1;
  return index < 0 ? undefined : known(trace, object, step, index, 1)?.items[0]?.value;
}

/** Equal keys are the same key, whatever their type: `1`, `1.0` and `True`. */
export function isSameKey(a: Value | undefined, b: Value): boolean {
  const [left, right] = [a === undefined ? undefined : numeric(a), numeric(b)];
  if (left !== undefined && right !== undefined) {
    return left == right; // eslint-disable-line eqeqeq -- a bigint and a number of the same size are equal
  }
  switch (a?.kind) {
    case 'str':
      return b.kind === 'str' && a.value === b.value;
    case 'bytes':
      return b.kind === 'bytes' && Buffer.from(a.value).equals(b.value);
    case 'complex':
      return b.kind === 'complex' && a.real === b.real && a.imaginary === b.imaginary;
    case 'object':
      return b.kind === 'object' && a.object === b.object;
    default:
      return a?.kind === b.kind;
  }
}

/** A number, as Python compares it: a bool is one, too. */
export function numeric(value: Value): bigint | number | undefined {
  switch (value.kind) {
    case 'bool':
      return value.value ? 1n : 0n;
    case 'int':
    case 'float':
      return value.value;
    default:
      return undefined;
  }
}
