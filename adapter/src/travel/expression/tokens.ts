/** Splits an expression into words. */

import { NotInThePast } from './problems';

export type Token =
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'str'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'operator'; readonly text: string }
  | { readonly kind: 'end' };

const SPACE = /[ \t\n]+/y;
const NAME = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*/uy;
const FLOAT = /(?:\d[\d_]*\.[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?|\d[\d_]*[eE][+-]?\d+/y;
const INT = /0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|\d[\d_]*/y;
const BYTES = /[bB](?:'(?:[\x20-\x26\x28-\x5b\x5d-\x7e]|\\.)*'|"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\.)*")/y;
const STRING = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/y;
const OPERATOR = /\/\/|\*\*|[<>=!]=|[-+*/%<>()[\].,]/y;

/** @throws NotInThePast at a character that begins no word known here */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  for (take(SPACE); at < text.length; take(SPACE)) {
    tokens.push(nextToken(take, text));
  }
  tokens.push({ kind: 'end' });
  return tokens;
}

function nextToken(take: (pattern: RegExp) => string | undefined, text: string): Token {
  const bytes = take(BYTES);
  if (bytes !== undefined) {
    return { kind: 'bytes', value: Buffer.from(unescape(bytes.slice(2, -1)), 'latin1') };
  }
  const name = take(NAME);
  if (name !== undefined) {
    return { kind: 'name', text: name.normalize('NFKC') };
  }
  const float = take(FLOAT);
  if (float !== undefined) {
    return { kind: 'float', value: Number(float.replaceAll('_', '')) };
  }
  const int = take(INT);
  if (int !== undefined) {
    return { kind: 'int', value: BigInt(int.replaceAll('_', '')) };
  }
  const string = take(STRING);
  if (string !== undefined) {
    return { kind: 'str', value: unescape(string.slice(1, -1)) };
  }
  const operator = take(OPERATOR);
  if (operator === undefined) {
    throw new NotInThePast(text);
  }
  return { kind: 'operator', text: operator };
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
]);

function unescape(text: string): string {
  return text.replace(/\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/g, (whole, ...groups) => {
    const [x, u, long, character] = groups as (string | undefined)[];
    const hex = x ?? u ?? long;
    if (hex !== undefined) {
      return String.fromCodePoint(parseInt(hex, 16));
    }
    if (character === '\\' || character === "'" || character === '"') {
      return character;
    }
    return ESCAPES.get(character ?? '') ?? whole;
  });
}
