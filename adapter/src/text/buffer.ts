/** Buffers as Python writes them: bytearrays, arrays, memoryviews, numpy's arrays and scalars. */

import type { BufferLayout, Contents } from '../trace/trace';
import { reprScalar } from './repr';

/** What stands around the elements of a buffer. */
export interface BufferFrame {
  readonly before: string;
  readonly after: string;
}

/** numpy's names for its kinds of numbers. */
const NUMBERS: ReadonlyMap<string, string> = new Map([
  ['i', 'int'],
  ['u', 'uint'],
  ['f', 'float'],
  ['c', 'complex'],
]);

/** `(2, 3)`, as Python writes a tuple. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${String(shape[0])},)` : `(${shape.join(', ')})`;
}

/** `float64` for `<f8`; `>i4` stays, as its byte order is worth knowing. */
export function dtypeText({ format = '', itemBytes }: BufferLayout): string {
  const kind = /^[<|]([a-zA-Z])\d*(\[.*\])?$/.exec(format);
  const letter = kind?.[1] ?? '';
  const number = NUMBERS.get(letter);
  if (number !== undefined) {
    return `${number}${itemBytes * 8}`;
  }
  const unit = kind?.[2] ?? '';
  const named: Readonly<Record<string, string>> = {
    b: 'bool',
    O: 'object',
    M: `datetime64${unit}`,
    m: `timedelta64${unit}`,
  };
  return named[letter] ?? format;
}

/** Of contents that can't be told. */
export function unknownText({ unknownSince }: Contents): string {
  return unknownSince === undefined
    ? 'contents unknown'
    : `contents unknown since step ${String(unknownSince)}`;
}

/** ` (1000,) float64`, of a buffer whose elements aren't known. */
export function layoutText({ buffer }: Contents): string {
  return buffer?.format === undefined || buffer.format === ''
    ? ''
    : ` ${shapeText(buffer.shape)} ${dtypeText(buffer)}`;
}

/** Whether it is one of numpy's scalars, which has one element and no length. */
export function isScalarBuffer({ typeModule, typeName, buffer }: Contents): boolean {
  return buffer?.shape.length === 0 && typeModule === 'numpy' && typeName !== 'ndarray';
}

/** `name` is the class's own name. */
export function bufferFrame(contents: Contents, name: string): BufferFrame {
  const { buffer, items, length, typeModule, typeName } = contents;
  if (buffer === undefined || typeName === 'bytearray' || isScalarBuffer(contents)) {
    return { before: `${typeModule === 'numpy' ? 'np.' : ''}${name}(`, after: ')' };
  }
  const shape = shapeText(buffer.shape);
  if (typeModule === 'array') {
    return { before: `${name}('${buffer.format ?? ''}', `, after: ')' };
  }
  if (typeName === 'memoryview') {
    return { before: `<memoryview of ${buffer.format ?? ''} ${shape}: `, after: '>' };
  }
  const isCut = items.length < length || length === 0;
  const ending = `${isCut ? `, shape=${shape}` : ''}, dtype=${dtypeText(buffer)})`;
  return { before: `${name === 'ndarray' ? 'array' : name}(`, after: ending };
}

/** The elements of a bytearray as one bytes literal; undefined for all other buffers. */
export function bytesText({ typeName, items, length }: Contents): string | undefined {
  if (typeName !== 'bytearray') {
    return undefined;
  }
  const bytes = Uint8Array.from(items, ({ value }) => (value.kind === 'int' ? Number(value.value) : 0));
  const text = reprScalar({ kind: 'bytes', value: bytes });
  return items.length < length ? `${text.slice(0, -1)}…${text.slice(-1)}` : text;
}

/** How many brackets open before element `index`: one for each row that begins there. */
export function rowsBeginning(shape: readonly number[], index: number): number {
  let size = 1;
  let rows = 0;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    size *= shape[axis] ?? 0;
    if (size === 0 || index % size !== 0) {
      break;
    }
    rows++;
  }
  return rows;
}

/** `[1, 2]`, or `[3]` for one dimension: where element `index` stands. */
export function subscriptOf(shape: readonly number[], index: number): string {
  const parts: number[] = [];
  let rest = index;
  for (const size of [...shape].reverse()) {
    parts.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return `[${parts.join(', ')}]`;
}
