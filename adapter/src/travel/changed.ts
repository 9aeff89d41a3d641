/** What is different from another moment. */

import type { Trace } from '../trace/trace';
import { attempt, known } from './slots';
import type { Slot } from './slots';
import { lastWrite } from './writes';

/** Whether a slot that was there at both steps was written between them. */
export function wasWritten(trace: Trace, slot: Slot, a: number, b: number): boolean {
  const [early, late] = a < b ? [a, b] : [b, a];
  if (!isThere(trace, slot, early) || !isThere(trace, slot, late)) {
    return false;
  }
  const write = lastWrite(trace, slot, late);
  return write !== undefined && write.step > early;
}

function isThere(trace: Trace, slot: Slot, step: number): boolean {
  return slot.kind === 'variable'
    ? attempt(() => trace.variables(step, slot.thread, slot.frame)) !== undefined
    : known(trace, slot.object, step, 0, 0) !== undefined;
}
