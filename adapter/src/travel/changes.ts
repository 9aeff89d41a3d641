/** The changes of one object that concern a slot of it, newest first or oldest first. */

import type { Change, Trace } from '../trace/trace';
import { isTraceError } from '../trace/trace';
import { isSameKey, isSameValue, valueOf } from './slots';
import type { Slot } from './slots';

type ObjectSlot = Exclude<Slot, { kind: 'variable' }>;

/** So many changes are asked for at once. */
const PAGE = 64;

/** The newest change of the slot that shows at or before step `at`: the first step that shows it. */
export function lastChange(trace: Trace, slot: ObjectSlot, at: number): number | undefined {
  for (let until = at; until >= 0;) {
    const page = changesUpTo(trace, slot.object, until, PAGE);
    const found = page.find((change) => concerns(trace, slot, change));
    if (found !== undefined) {
      return found.step;
    }
    const oldest = page.at(-1);
    if (oldest === undefined) {
      return undefined;
    }
    until = oldest.step - 1;
  }
  return undefined;
}

/** The first change of the slot that shows after step `at`. */
export function nextChange(trace: Trace, slot: ObjectSlot, at: number): number | undefined {
  const end = trace.length - 1;
  for (let from = at, width = PAGE; from < end; width *= 4) {
    const until = Math.min(from + width, end);
    const found = firstBetween(trace, slot, from, until);
    if (found !== undefined) {
      return found;
    }
    from = until;
  }
  return undefined;
}

function firstBetween(trace: Trace, slot: ObjectSlot, after: number, until: number): number | undefined {
  let first: number | undefined;
  for (let at = until; at > after;) {
    const page = changesUpTo(trace, slot.object, at, PAGE);
    const inside = page.filter(({ step }) => step > after);
    first = inside.findLast((change) => concerns(trace, slot, change))?.step ?? first;
    if (inside.length < page.length || inside.length === 0) {
      break;
    }
    at = (inside.at(-1)?.step ?? 0) - 1;
  }
  return first;
}

/** At least `limit` changes as far as there are as many, and all of those that one step shows. */
function changesUpTo(trace: Trace, object: number, at: number, limit: number): readonly Change[] {
  for (let count = limit; ; count *= 4) {
    const changes = historyOf(trace, object, at, count);
    const last = changes.at(-1)?.step;
    if (changes.length < count || last === undefined) {
      return changes;
    }
    const whole = changes.filter(({ step }) => step !== last);
    if (whole.length > 0) {
      return whole;
    }
  }
}

/** An object that is not known yet has not changed. */
function historyOf(trace: Trace, object: number, at: number, limit: number): readonly Change[] {
  try {
    return trace.history(at, object, limit);
  } catch (error) {
    if (isTraceError(error, 'EXECORDER_NOT_FOUND')) {
      return [];
    }
    throw error;
  }
}

function concerns(trace: Trace, slot: ObjectSlot, change: Change): boolean {
  if (slot.kind === 'contents') {
    return true;
  }
  switch (change.operation) {
    case 'setItem':
    case 'deleteItem':
      return slot.kind === 'item' && change.key !== undefined && isSameKey(change.key, slot.key);
    case 'setAttribute':
    case 'deleteAttribute':
      return slot.kind === 'attribute' && change.key?.kind === 'str' && change.key.value === slot.name;
    case 'add':
    case 'discard':
      return false;
    default:
      return shows(trace, slot, change.step);
  }
}

/** Whether the slot's value is another than one step before. */
function shows(trace: Trace, slot: ObjectSlot, step: number): boolean {
  return !isSameValue(valueOf(trace, slot, step - 1), valueOf(trace, slot, step));
}
