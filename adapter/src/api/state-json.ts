/** The state at a step as exact data; docs/STATE-JSON.md is its description. */

import type { BufferLayout, Contents, Trace, Value } from '../trace/trace';
import { reprFloat } from '../text/repr';
import type { Binding, State } from './state';

/** A value: JSON's own where that is exact, else an object with one key that says what it is. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | { readonly int: string }
  | { readonly float: string }
  | { readonly complex: readonly [string, string] }
  | { readonly bytes: string }
  | { readonly special: 'Ellipsis' | 'NotImplemented' | 'unbound' }
  | { readonly object: number };

/** What an object held. */
export interface JsonObject {
  readonly kind: Contents['kind'];
  readonly type: string;
  readonly module: string | null;
  /** Present, and true, when what it held can't be told. */
  readonly unknown?: true;
  /** … and can't from this step on, since C code changed it in a way that nothing tells of, until that was noticed. */
  readonly unknownSince?: number;
  /** For a dict: pairs of key and value. */
  readonly items?: readonly (JsonValue | readonly [JsonValue, JsonValue])[];
  readonly attributes?: readonly (readonly [string, JsonValue])[];
  /** Of a buffer; `items` are its elements then, the last dimension fastest. */
  readonly buffer?: JsonBuffer;
  /** Of a class, a function, a module. */
  readonly name?: string;
}

/** How a buffer's elements lie in its memory. */
export interface JsonBuffer {
  /** Of one element, as Python's struct module or numpy's typestr writes it. */
  readonly format: string;
  readonly itemBytes: number;
  readonly shape: readonly number[];
  /** Number of the object whose memory this is a view of, and where in it the first element and its neighbours are. */
  readonly viewOf?: number;
  readonly offset?: number;
  readonly strides?: readonly number[];
  readonly readOnly?: true;
}

export interface JsonState {
  readonly step: number;
  readonly kind: string;
  readonly file: string;
  readonly line: number;
  readonly function: string;
  readonly thread: number;
  readonly stack: readonly { readonly function: string; readonly file: string; readonly line: number }[];
  readonly globals: Readonly<Record<string, JsonValue>>;
  readonly locals: Readonly<Record<string, JsonValue>>;
  /** What the frame returns, yields or raises at this very step. */
  readonly result?: JsonValue;
  /** Every object that can be reached from the variables, by its number. */
  readonly objects: Readonly<Record<string, JsonObject>>;
}

/** Encodes a state with everything that can be reached from its variables. */
export function encodeState(trace: Trace, state: State): JsonState {
  const { step, kind, file, line, thread, stack, globals, locals, result } = state;
  const roots = [...globals, ...locals].map(({ value }) => value);
  return {
    ...{ step, kind, file, line, function: state.function, thread },
    stack: stack.map((frame) => ({ function: frame.function, file: frame.file, line: frame.line })),
    globals: encodeBindings(globals),
    locals: encodeBindings(locals),
    ...(result === undefined ? {} : { result: encodeValue(result) }),
    objects: encodeObjects(trace, step, result === undefined ? roots : [...roots, result]),
  };
}

function encodeBindings(bindings: readonly Binding[]): Record<string, JsonValue> {
  return Object.fromEntries(bindings.map(({ name, value }) => [name, encodeValue(value)]));
}

/** Encodes one value exactly; an object by its number. */
export function encodeValue(value: Value): JsonValue {
  switch (value.kind) {
    case 'none':
      return null;
    case 'bool':
    case 'str':
      return value.value;
    case 'int':
      return encodeInt(value.value);
    case 'float':
      return { float: reprFloat(value.value) };
    case 'complex':
      return { complex: [reprFloat(value.real), reprFloat(value.imaginary)] };
    case 'bytes':
      return { bytes: Buffer.from(value.value).toString('base64') };
    case 'object':
      return { object: value.object };
    case 'ellipsis':
      return { special: 'Ellipsis' };
    case 'notImplemented':
      return { special: 'NotImplemented' };
    case 'unbound':
      return { special: 'unbound' };
  }
}

/** Beyond 2**53 most readers of JSON would round. */
function encodeInt(value: bigint): JsonValue {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : { int: value.toString() };
}

/** Walks without recursion: a linked list may be far longer than the stack is deep. */
function encodeObjects(trace: Trace, step: number, roots: readonly Value[]): Record<string, JsonObject> {
  const objects: Record<string, JsonObject> = {};
  const waiting = [...roots];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (value.kind === 'object' && !(value.object in objects)) {
      const contents = trace.contents(step, value.object);
      objects[value.object] = encodeContents(contents);
      waiting.push(...children(contents));
    }
  }
  return objects;
}

function children({ items, attributes, buffer }: Contents): Value[] {
  const inItems = items.flatMap(({ key, value }) => (key === undefined ? [value] : [key, value]));
  const storage: Value[] = buffer?.storage === undefined ? [] : [{ kind: 'object', object: buffer.storage }];
  return [...inItems, ...attributes.map(({ value }) => value), ...storage];
}

function encodeContents(contents: Contents): JsonObject {
  const { kind, typeName, typeModule, unknown, unknownSince, items, attributes, name, buffer } = contents;
  const holdsItems = items.length > 0 || !['instance', 'class', 'opaque'].includes(kind);
  return {
    ...{ kind, type: typeName, module: typeModule ?? null },
    ...(unknown ? { unknown } : {}),
    ...(unknownSince === undefined ? {} : { unknownSince }),
    ...(holdsItems ? { items: items.map(encodeItem) } : {}),
    ...(buffer === undefined ? {} : { buffer: encodeBuffer(buffer) }),
    ...(attributes.length > 0 ? { attributes: attributes.map(encodeAttribute) } : {}),
    ...(name === undefined ? {} : { name }),
  };
}

function encodeBuffer({
  format,
  itemBytes,
  shape,
  storage,
  offset,
  strides,
  readOnly,
}: BufferLayout): JsonBuffer {
  return {
    ...{ format: format ?? '', itemBytes, shape },
    ...(storage === undefined ? {} : { viewOf: storage, offset, strides }),
    ...(readOnly ? { readOnly } : {}),
  };
}

function encodeItem({ key, value }: Contents['items'][number]): JsonValue | readonly [JsonValue, JsonValue] {
  return key === undefined ? encodeValue(value) : [encodeValue(key), encodeValue(value)];
}

function encodeAttribute({ name, value }: Contents['attributes'][number]): readonly [string, JsonValue] {
  return [name, encodeValue(value)];
}
