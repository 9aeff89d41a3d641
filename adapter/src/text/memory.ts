/** The bytes of a buffer's elements, one after the other, as memory holds them. */

import type { Contents, Value } from '../trace/trace';

type Write = (view: DataView, at: number, value: number | bigint) => void;

/** By the letter of Python's struct module; a size that is not the letter's own is the format's. */
const INTEGERS: Readonly<Record<number, Write>> = {
  1: (view, at, value) => view.setInt8(at, Number(value)),
  2: (view, at, value) => view.setInt16(at, Number(value), true),
  4: (view, at, value) => view.setInt32(at, Number(value), true),
  8: (view, at, value) => view.setBigInt64(at, BigInt.asIntN(64, BigInt(value)), true),
};
const FLOATS: Readonly<Record<number, Write>> = {
  4: (view, at, value) => view.setFloat32(at, Number(value), true),
  8: (view, at, value) => view.setFloat64(at, Number(value), true),
};

/** Undefined for formats whose bytes the values don't tell: texts, objects, another byte order. */
export function memoryOf({ buffer, items }: Contents): Uint8Array | undefined {
  const write = buffer === undefined ? undefined : writerOf(buffer.format ?? '', buffer.itemBytes);
  if (buffer === undefined || write === undefined) {
    return undefined;
  }
  const bytes = new Uint8Array(items.length * buffer.itemBytes);
  const view = new DataView(bytes.buffer);
  for (const [index, { value }] of items.entries()) {
    const number = numberOf(value);
    if (number === undefined) {
      return undefined;
    }
    write(view, index * buffer.itemBytes, number);
  }
  return bytes;
}

/** Whether a buffer of this kind has bytes to show. */
export function hasMemory({ buffer }: Contents): boolean {
  return buffer !== undefined && writerOf(buffer.format ?? '', buffer.itemBytes) !== undefined;
}

function writerOf(format: string, size: number): Write | undefined {
  if (/^[<|@=]?[fd]\d*$/.test(format)) {
    return FLOATS[size];
  }
  return /^[<|@=]?[?bBhHiIlLqQu]\d*$/.test(format) ? INTEGERS[size] : undefined;
}

function numberOf(value: Value): number | bigint | undefined {
  switch (value.kind) {
    case 'int':
    case 'float':
      return value.value;
    case 'bool':
      return value.value ? 1 : 0;
    default:
      return undefined;
  }
}
