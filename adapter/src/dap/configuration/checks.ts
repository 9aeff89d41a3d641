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
  size: { holds: isSize, wanted: "a number of bytes, or a text like '500 MB', of at least 1 MiB" },
  codes: { holds: Array.isArray, wanted: 'a list of exit codes' },
};

/** Some editors keep every attribute as a text. */
function isNumeric(value: unknown): boolean {
  return typeof value === 'number' ? Number.isSafeInteger(value) : /^\s*\d+\s*$/.test(String(value));
}

function isSize(value: unknown): boolean {
  return sizeOf(value) !== undefined;
}

/** Below this a bound makes no sense: what every recording begins with may take as much. */
const LEAST_SIZE = 2 ** 20;

/** Bytes: of a number, or of a text like `500 MB` or `1.5 GiB`; undefined when it is neither, or too few. */
export function sizeOf(value: unknown): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(?:([kmgt])(i?)b?|b)?\s*$/i.exec(String(value));
  const [, digits, prefix = '', binary = ''] = match ?? [];
  const power = prefix === '' ? 0 : 'kmgt'.indexOf(prefix.toLowerCase()) + 1;
  const bytes = Number(digits) * (binary === '' ? 1000 : 1024) ** power;
  return bytes >= LEAST_SIZE && Number.isFinite(bytes) ? Math.round(bytes) : undefined;
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
