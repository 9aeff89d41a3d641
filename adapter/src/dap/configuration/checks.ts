/** Attributes that hold the wrong thing are refused; names that nobody knows are remarked on. */

import { UserError } from '../../errors';
import { isRecord } from '../arguments';
import { ATTRIBUTES, isForeign } from './attributes';
import type { Kind, Request } from './attributes';
import { closest } from './closest';

interface Check {
  readonly holds: (value: unknown) => boolean;
  readonly wanted: string;
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isWord = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';

const CHECKS: Readonly<Record<Kind, Check>> = {
  text: { holds: isText, wanted: 'a text' },
  path: { holds: isText, wanted: 'a path' },
  flag: { holds: (value) => typeof value === 'boolean', wanted: 'true or false' },
  words: { holds: (value) => Array.isArray(value) && value.every(isWord), wanted: 'a list of texts' },
  texts: { holds: (value) => Array.isArray(value) && value.every(isText), wanted: 'a list of texts' },
  environment: { holds: isRecord, wanted: 'an object with the variables by name' },
  object: { holds: isRecord, wanted: 'an object' },
  objects: { holds: (value) => Array.isArray(value) && value.every(isRecord), wanted: 'a list of objects' },
  number: { holds: isNumeric, wanted: 'a whole number' },
  size: { holds: isSize, wanted: "a number of bytes, or a text like '500 MB'" },
  codes: { holds: Array.isArray, wanted: 'a list of exit codes' },
};

/** Some editors keep every attribute as a text. */
function isNumeric(value: unknown): boolean {
  return typeof value === 'number' ? Number.isSafeInteger(value) : /^\s*\d+\s*$/.test(String(value));
}

function isSize(value: unknown): boolean {
  return sizeOf(value) !== undefined;
}

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1 << 10, m: 1 << 20, g: 1 << 30, t: 2 ** 40 };

/** Bytes: of a number, or of a text like `500 MB`; undefined when it is neither. */
export function sizeOf(value: unknown): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?\s*$/i.exec(String(value));
  const bytes = Number(match?.[1]) * (UNITS[(match?.[2] ?? '').toLowerCase()] ?? 1);
  return bytes > 0 && Number.isFinite(bytes) ? Math.round(bytes) : undefined;
}

/** Nothing: a client may say it in three ways, of which `false` means something for flags only. */
export function isMissing(value: unknown, kinds: readonly Kind[]): boolean {
  return value === undefined || value === null || (value === false && !kinds.includes('flag'));
}

/** @throws UserError about the first attribute that holds what it can't */
export function requireKinds(request: Request, given: Readonly<Record<string, unknown>>): void {
  for (const [name, kinds] of Object.entries(ATTRIBUTES[request])) {
    const value = given[name];
    if (!isMissing(value, kinds) && !kinds.some((kind) => CHECKS[kind].holds(value))) {
      const wanted = [...new Set(kinds.map((kind) => CHECKS[kind].wanted))].join(', or ');
      throw new UserError(`'${name}' has to be ${wanted}, not ${JSON.stringify(value)}.`);
    }
  }
}

/** One sentence for each attribute that nobody knows. */
export function remarksOn(request: Request, given: Readonly<Record<string, unknown>>): string[] {
  const known = Object.keys(ATTRIBUTES[request]);
  const unknown = Object.keys(given).filter((name) => !known.includes(name) && !isForeign(name));
  return unknown.map((name) => {
    const other: Request = request === 'launch' ? 'attach' : 'launch';
    if (Object.hasOwn(ATTRIBUTES[other], name)) {
      return `'${name}' means something to "request": "${other}" only; it is ignored.`;
    }
    const meant = closest(name, known);
    const advice = meant === undefined ? 'it is ignored' : `did you mean '${meant}'?`;
    return `'${name}' is no attribute of a ${request} configuration: ${advice}${meant === undefined ? '.' : ''}`;
  });
}
