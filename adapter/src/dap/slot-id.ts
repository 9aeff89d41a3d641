/** A slot as a text that a client keeps and sends back. */

import { UserError } from '../errors';
import type { Value } from '../trace/trace';
import type { Slot } from '../travel/slots';
import { isRecord } from './arguments';

/** A slot and what it is called. */
export interface NamedSlot {
  readonly slot: Slot;
  readonly label: string;
}

export function slotId({ slot, label }: NamedSlot): string {
  return JSON.stringify({ label, slot }, (_, value: unknown) => {
    if (typeof value === 'bigint') {
      return { bigint: String(value) };
    }
    return value instanceof Uint8Array ? { bytes: [...value] } : value;
  });
}

/** @throws UserError when the text is no slot of ours */
export function slotOfId(text: string): NamedSlot {
  const parsed = parse(text);
  if (isRecord(parsed) && typeof parsed['label'] === 'string' && isSlot(parsed['slot'])) {
    return { label: parsed['label'], slot: parsed['slot'] };
  }
  throw new UserError(`'${text}' is no data that dataBreakpointInfo has named.`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text, (_, value: unknown) => {
      if (isRecord(value) && typeof value['bigint'] === 'string') {
        return BigInt(value['bigint']);
      }
      return isRecord(value) && Array.isArray(value['bytes']) ? Uint8Array.from(value['bytes']) : value;
    });
  } catch {
    return undefined;
  }
}

function isSlot(value: unknown): value is Slot {
  if (!isRecord(value)) {
    return false;
  }
  const isNumber = (name: string): boolean => Number.isSafeInteger(value[name]);
  switch (value['kind']) {
    case 'variable':
      return isNumber('thread') && isNumber('frame') && typeof value['name'] === 'string';
    case 'item':
      return isNumber('object') && isValue(value['key']);
    case 'attribute':
      return isNumber('object') && typeof value['name'] === 'string';
    case 'contents':
      return isNumber('object');
    default:
      return false;
  }
}

function isValue(value: unknown): value is Value {
  return isRecord(value) && typeof value['kind'] === 'string';
}
