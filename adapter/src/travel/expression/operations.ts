/** Comparing and computing with recorded values, as Python does it for its own types. */

import type { Contents, Value } from '../../trace/trace';
import type { Arithmetic, Comparison } from './parse';
import { numeric } from '../slots';
import { NotInThePast, PythonError } from './problems';

/** How operations look into objects. */
export interface Lookup {
  /** The whole expression, for messages. */
  readonly text: string;
  contents(object: number, start?: number, count?: number): Contents;
}

const BUILT_IN: ReadonlySet<string> = new Set(['list', 'tuple', 'dict', 'set', 'frozenset', 'bytearray']);

/** Python's `bool(value)`. */
export function isTrue(value: Value, lookup: Lookup): boolean {
  switch (value.kind) {
    case 'none':
    case 'unbound':
      return false;
    case 'bool':
      return value.value;
    case 'int':
      return value.value !== 0n;
    case 'float':
      return value.value !== 0;
    case 'complex':
      return value.real !== 0 || value.imaginary !== 0;
    case 'str':
    case 'bytes':
      return value.value.length > 0;
    case 'ellipsis':
    case 'notImplemented':
      return true;
    case 'object': {
      const contents = lookup.contents(value.object, 0, 0);
      if (BUILT_IN.has(contents.typeName)) {
        return contents.length > 0;
      }
      if (contents.kind === 'class' || contents.kind === 'opaque') {
        return true;
      }
      // Its class may define __bool__ or __len__.
      throw new NotInThePast(lookup.text);
    }
  }
}

/** Python's `len(value)`. */
export function length(value: Value, lookup: Lookup): number {
  if (value.kind === 'str') {
    return Array.from(value.value).length;
  }
  if (value.kind === 'bytes') {
    return value.value.length;
  }
  if (value.kind !== 'object') {
    throw new PythonError('TypeError', `object of type '${value.kind}' has no len()`);
  }
  const contents = lookup.contents(value.object, 0, 0);
  if (contents.kind === 'instance' || contents.kind === 'class' || contents.kind === 'opaque') {
    throw new NotInThePast(lookup.text);
  }
  if (contents.buffer?.shape.length === 0) {
    throw new NotInThePast(lookup.text);
  }
  return contents.buffer?.shape[0] ?? contents.length;
}

export function negative(value: Value, lookup: Lookup): Value {
  if (value.kind === 'int') {
    return { kind: 'int', value: -value.value };
  }
  if (value.kind === 'float') {
    return { kind: 'float', value: -value.value };
  }
  throw new NotInThePast(lookup.text);
}

export function compare(operator: Comparison, left: Value, right: Value, lookup: Lookup): boolean {
  switch (operator) {
    case '==':
      return isSame(left, right, lookup);
    case '!=':
      return !isSame(left, right, lookup);
    case 'is':
      return isIdentical(left, right);
    case 'is not':
      return !isIdentical(left, right);
    case 'in':
      return contains(right, left, lookup);
    case 'not in':
      return !contains(right, left, lookup);
    case '<':
      return order(left, right, lookup) < 0;
    case '<=':
      return order(left, right, lookup) <= 0;
    case '>':
      return order(left, right, lookup) > 0;
    case '>=':
      return order(left, right, lookup) >= 0;
  }
}

/** Python's `==` for scalars, and for lists and tuples of them. */
export function isSame(left: Value, right: Value, lookup: Lookup): boolean {
  const a = numeric(left);
  const b = numeric(right);
  if (a !== undefined && b !== undefined) {
    return a == b; // eslint-disable-line eqeqeq -- a bigint and a number of the same size are equal
  }
  if (left.kind === 'str' && right.kind === 'str') {
    return left.value === right.value;
  }
  if (left.kind === 'bytes' && right.kind === 'bytes') {
    return Buffer.from(left.value).equals(right.value);
  }
  if (left.kind !== 'object' || right.kind !== 'object') {
    return left.kind === right.kind && a === undefined;
  }
  return left.object === right.object || haveSameItems(left.object, right.object, lookup);
}

function haveSameItems(left: number, right: number, lookup: Lookup): boolean {
  const a = lookup.contents(left);
  const b = lookup.contents(right);
  if (!BUILT_IN.has(a.typeName) || !BUILT_IN.has(b.typeName)) {
    if (a.kind === 'instance' || b.kind === 'instance') {
      throw new NotInThePast(lookup.text); // Its class may define __eq__.
    }
    return false;
  }
  if (a.kind !== b.kind || a.length !== b.length) {
    return false;
  }
  if (a.kind !== 'list' && a.kind !== 'tuple') {
    throw new NotInThePast(lookup.text);
  }
  return a.items.every(({ value }, index) => {
    const other = b.items[index];
    return other !== undefined && isSame(value, other.value, lookup);
  });
}

function isIdentical(left: Value, right: Value): boolean {
  if (left.kind === 'object' && right.kind === 'object') {
    return left.object === right.object;
  }
  if (left.kind === 'bool' && right.kind === 'bool') {
    return left.value === right.value;
  }
  const isSingleton = left.kind === 'none' || left.kind === 'ellipsis' || left.kind === 'notImplemented';
  return isSingleton && left.kind === right.kind;
}

function contains(container: Value, wanted: Value, lookup: Lookup): boolean {
  if (container.kind === 'str' && wanted.kind === 'str') {
    return container.value.includes(wanted.value);
  }
  if (container.kind !== 'object') {
    throw new NotInThePast(lookup.text);
  }
  const contents = lookup.contents(container.object);
  if (!BUILT_IN.has(contents.typeName)) {
    throw new NotInThePast(lookup.text);
  }
  return contents.items.some(({ key, value }) => isSame(key ?? value, wanted, lookup));
}

/** Negative when `left` comes first. */
function order(left: Value, right: Value, lookup: Lookup): number {
  const a = numeric(left);
  const b = numeric(right);
  if (a !== undefined && b !== undefined) {
    return a < b ? -1 : a > b ? 1 : a == b ? 0 : NaN; // eslint-disable-line eqeqeq -- bigint and number
  }
  if (left.kind === 'str' && right.kind === 'str') {
    return comparePoints(left.value, right.value);
  }
  throw new NotInThePast(lookup.text);
}

/** By code points, as Python orders texts. */
function comparePoints(left: string, right: string): number {
  const a = Array.from(left, (character) => character.codePointAt(0) ?? 0);
  const b = Array.from(right, (character) => character.codePointAt(0) ?? 0);
  const different = a.findIndex((point, index) => point !== b[index]);
  return different === -1 ? a.length - b.length : (a[different] ?? 0) - (b[different] ?? -1);
}

export function arithmetic(operator: Arithmetic, left: Value, right: Value, lookup: Lookup): Value {
  if (operator === '+' && left.kind === 'str' && right.kind === 'str') {
    return { kind: 'str', value: left.value + right.value };
  }
  const a = numeric(left);
  const b = numeric(right);
  if (a === undefined || b === undefined) {
    throw new NotInThePast(lookup.text);
  }
  if ((operator === '/' || operator === '//' || operator === '%') && Number(b) === 0) {
    throw new PythonError('ZeroDivisionError', 'division by zero');
  }
  if (typeof a === 'bigint' && typeof b === 'bigint' && operator !== '/') {
    return { kind: 'int', value: withIntegers(operator, a, b) };
  }
  return { kind: 'float', value: withFloats(operator, Number(a), Number(b)) };
}

function withIntegers(operator: Exclude<Arithmetic, '/'>, a: bigint, b: bigint): bigint {
  const quotient = (): bigint => (a % b !== 0n && a < 0n !== b < 0n ? a / b - 1n : a / b);
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '//':
      return quotient();
    case '%':
      return a - quotient() * b;
  }
}

function withFloats(operator: Arithmetic, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '//':
      return Math.floor(a / b);
    case '%':
      return a - Math.floor(a / b) * b;
  }
}
