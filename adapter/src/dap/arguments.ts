/** Reading a request's arguments, which a client may leave out, send as null, or get wrong. */

import { fileURLToPath } from 'node:url';

import { UserError } from '../errors';

/** Arguments as they arrive: everything may be missing. */
export type Loose<T> = { readonly [K in keyof T]?: T[K] | null };

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A number that has to be there. */
export function requireNumber(value: unknown, name: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw new UserError(`The request lacks '${name}', a whole number.`);
  }
  return value;
}

/** A text that has to be there. */
export function requireText(value: unknown, name: string): string {
  if (typeof value !== 'string') {
    throw new UserError(`The request lacks '${name}', a text.`);
  }
  return value;
}

export function optionalText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function optionalNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** Where something begins, or how much of it is wanted: 0 when the client says nothing that could be meant. */
export function wholeNumber(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : 0;
}

/** The items of a list, whatever they are; no list at all is an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The objects of a list; no list at all is an empty one. */
export function records(value: unknown): Record<string, unknown>[] {
  return listOf(value).filter(isRecord);
}

/** The texts of a list; no list at all is an empty one. */
export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** A client's path: some send `file://` addresses whatever they announced. */
export function pathOf(value: unknown): string | undefined {
  const text = optionalText(value);
  if (text?.startsWith('file://') !== true) {
    return text;
  }
  try {
    return fileURLToPath(text);
  } catch {
    return text;
  }
}
