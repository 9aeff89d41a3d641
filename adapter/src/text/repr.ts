/** How Python writes its scalars. */

import type { Value } from '../trace/trace';

/** A value that needs no look into the recording. */
export type Scalar = Exclude<Value, { readonly kind: 'object' }>;

/** `repr()` of a scalar. */
export function reprScalar(value: Scalar): string {
  switch (value.kind) {
    case 'unbound':
      return '<unbound>';
    case 'none':
      return 'None';
    case 'ellipsis':
      return 'Ellipsis';
    case 'notImplemented':
      return 'NotImplemented';
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'int':
      return value.value.toString();
    case 'float':
      return reprFloat(value.value);
    case 'complex':
      return reprComplex(value.real, value.imaginary);
    case 'str':
      return reprStr(value.value);
    case 'bytes':
      return reprBytes(value.value);
  }
}

/** Python's `hex(value)`. */
export function hexText(value: bigint): string {
  return value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
}

/** The name of a scalar's type. */
export function scalarType(value: Scalar): string {
  switch (value.kind) {
    case 'unbound':
      return '';
    case 'none':
      return 'NoneType';
    case 'notImplemented':
      return 'NotImplementedType';
    default:
      return value.kind;
  }
}

/** Shortest digits that read back as the same number, with Python's choice of exponents. */
export function reprFloat(value: number): string {
  if (Number.isNaN(value)) {
    return 'nan';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? 'inf' : '-inf';
  }
  if (value === 0) {
    return Object.is(value, -0) ? '-0.0' : '0.0';
  }
  const [mantissa = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) {
    const digits = String(Math.abs(exponent)).padStart(2, '0');
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${digits}`;
  }
  // Between these bounds JavaScript writes the same digits without an exponent.
  const text = value.toString();
  return text.includes('.') ? text : `${text}.0`;
}

function reprComplex(real: number, imaginary: number): string {
  const part = (number: number): string => reprFloat(number).replace(/\.0$/, '');
  if (real === 0 && !Object.is(real, -0)) {
    return `${part(imaginary)}j`;
  }
  const sign = imaginary < 0 || Object.is(imaginary, -0) ? '' : '+';
  return `(${part(real)}${sign}${part(imaginary)}j)`;
}

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** Not printable to Python: control, format, surrogate, private and unassigned characters, and all spaces but one. */
const UNPRINTABLE = /^(?:\p{C}|\p{Zl}|\p{Zp}|(?! )\p{Zs})$/u;

/** `repr()` of a text. A lone surrogate stays visible as an escape. */
export function reprStr(text: string): string {
  const quote = quoteFor(text.includes("'"), text.includes('"'));
  let result = quote;
  for (const character of text) {
    result +=
      character === quote ? `\\${quote}` : (SHORT_ESCAPES.get(character) ?? escapeUnprintable(character));
  }
  return result + quote;
}

function escapeUnprintable(character: string): string {
  if (!UNPRINTABLE.test(character)) {
    return character;
  }
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) {
    return `\\x${hex.padStart(2, '0')}`;
  }
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

function reprBytes(bytes: Uint8Array): string {
  const quote = quoteFor(bytes.includes(0x27), bytes.includes(0x22));
  let result = `b${quote}`;
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    if (character === quote) {
      result += `\\${quote}`;
    } else if (SHORT_ESCAPES.has(character)) {
      result += SHORT_ESCAPES.get(character) ?? '';
    } else {
      result += byte >= 0x20 && byte < 0x7f ? character : `\\x${byte.toString(16).padStart(2, '0')}`;
    }
  }
  return result + quote;
}

function quoteFor(hasSingle: boolean, hasDouble: boolean): string {
  return hasSingle && !hasDouble ? '"' : "'";
}
