/** Python's own spelling of plain values, as its `repr` gives it. */

import type { Value } from '../trace/trace';

/** `repr` of a value that holds no others; undefined for an object, and `<unbound>` for a name without a value. */
export function literal(value: Value): string | undefined {
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
      return floatLiteral(value.value);
    case 'complex':
      return complexLiteral(value.real, value.imaginary);
    case 'str':
      return textLiteral(value.value);
    case 'bytes':
      return bytesLiteral(value.value);
    case 'object':
      return undefined;
  }
}

/** `1.0`, `1e-05`, `inf`: the shortest text that reads back as the same float. */
export function floatLiteral(value: number): string {
  if (Number.isNaN(value)) {
    return 'nan';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? 'inf' : '-inf';
  }
  const text = numberText(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** The digits are the same in JavaScript; Python writes an exponent from 1e16 on and below 1e-4. */
function numberText(value: number): string {
  if (Object.is(value, -0)) {
    return '-0.0';
  }
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (value !== 0 && (power < -4 || power >= 16)) {
    const sign = power < 0 ? '-' : '+';
    return `${digits}e${sign}${Math.abs(power).toString().padStart(2, '0')}`;
  }
  const text = value.toString();
  return text.includes('e') ? value.toFixed(-power + digits.replace(/[-.]/g, '').length - 1) : text;
}

function complexLiteral(real: number, imaginary: number): string {
  const second = `${shortFloat(imaginary)}j`;
  if (Object.is(real, 0)) {
    return second;
  }
  return `(${shortFloat(real)}${/^[-]/.test(second) ? '' : '+'}${second})`;
}

function shortFloat(value: number): string {
  return floatLiteral(value).replace(/\.0$/, '');
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** `'it\'s'` in Python's choice of quotes, with everything that can't be printed escaped. */
export function textLiteral(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = Array.from(text, (character) => escapeCharacter(character, quote));
  return `${quote}${escaped.join('')}${quote}`;
}

/** What Python's `str.isprintable` says no to, the space aside. */
const UNPRINTABLE = /^[\p{C}\p{Z}]$/u;

function escapeCharacter(character: string, quote: string): string {
  const known = ESCAPES[character] ?? (character === quote ? `\\${quote}` : undefined);
  if (known !== undefined) {
    return known;
  }
  return character !== ' ' && UNPRINTABLE.test(character) ? escapeCode(character.codePointAt(0) ?? 0) : character;
}

function escapeCode(code: number): string {
  const digits = code.toString(16);
  if (code < 0x100) {
    return `\\x${digits.padStart(2, '0')}`;
  }
  return code < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}

/** `b'\x00a'` */
export function bytesLiteral(bytes: Uint8Array): string {
  const quote = bytes.includes(0x27) && !bytes.includes(0x22) ? '"' : "'";
  const escaped = Array.from(bytes, (byte) => escapeByte(byte, quote));
  return `b${quote}${escaped.join('')}${quote}`;
}

function escapeByte(byte: number, quote: string): string {
  const character = String.fromCharCode(byte);
  const known = ESCAPES[character] ?? (character === quote ? `\\${quote}` : undefined);
  if (known !== undefined) {
    return known;
  }
  return byte < 0x20 || byte > 0x7e ? `\\x${byte.toString(16).padStart(2, '0')}` : character;
}
