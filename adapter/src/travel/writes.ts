/** Who wrote a value: the nearest write of a slot, in both directions, and the line that made it. */

import type { Step, Trace, Value } from '../trace/trace';
import { attempt, known, valueOf } from './slots';
import type { Slot } from './slots';

export interface Write {
  /** The first step that shows it. */
  readonly step: number;
  /** The line step at which the line that wrote it began, or the line that called with it as an argument. */
  readonly by: Step;
  /** The slot's value before and after; undefined where it has none. For what an object holds, both are the object. */
  readonly before: Value | undefined;
  readonly after: Value | undefined;
}

/** The newest write that shows at or before step `at`, as far as the recording reaches back. */
export function lastWrite(trace: Trace, slot: Slot, at: number): Write | undefined {
  if (at < trace.firstStep) {
    return undefined;
  }
  const bound = boundAt(trace, slot, at);
  const held = heldBy(trace, slot, at);
  const inside = held === undefined ? undefined : changedAt(trace, held, at);
  const newest = inside !== undefined && inside > (bound ?? -1) ? inside : bound;
  return newest === undefined ? undefined : writeAt(trace, slot, newest);
}

/** The first write that shows after step `after`. */
export function nextWrite(trace: Trace, slot: Slot, after: number): Write | undefined {
  const at = trace.firstStep > 0 ? Math.max(after, trace.firstStep) : after;
  const bound = firstAfter(trace, at, (step) => boundAt(trace, slot, step));
  const held = at < 0 ? undefined : heldBy(trace, slot, at);
  const inside =
    held === undefined ? undefined : firstAfter(trace, at, (step) => changedAt(trace, held, step));
  const first = inside !== undefined && inside < (bound ?? Infinity) ? inside : bound;
  return first === undefined ? undefined : writeAt(trace, slot, first);
}

/** A container that a slot holds is part of its value: changes of its items and attributes are writes, too. */
function heldBy(trace: Trace, slot: Slot, at: number): number | undefined {
  const value = slot.kind === 'contents' ? undefined : valueOf(trace, slot, at);
  if (value?.kind !== 'object') {
    return undefined;
  }
  const contents = known(trace, value.object, at, 0, 0);
  const changes = contents !== undefined && contents.kind !== 'class' && contents.kind !== 'opaque';
  return changes ? value.object : undefined;
}

/** The step of the newest binding, setting or deletion of the slot itself that shows at or before `at`. */
function boundAt(trace: Trace, slot: Slot, at: number): number | undefined {
  return slot.kind === 'contents' ? changedAt(trace, slot.object, at) : trace.lastWrite(at, slot)?.step;
}

/** The step of an object's newest change; a view changes with the memory that it shows. */
export function changedAt(trace: Trace, object: number, at: number): number | undefined {
  const storage = known(trace, object, at, 0, 0)?.buffer?.storage;
  const changers = storage === undefined ? [object] : [object, storage];
  const steps = changers.map((changer) => attempt(() => trace.history(at, changer, 1)[0]?.step));
  return steps.reduce((newest, step) => (newest === undefined || (step ?? -1) > newest ? step : newest));
}

/** So far the search for the next write looks at first. */
const FIRST_STRETCH = 64;

/** The smallest step after `at` that `newest` knows of; its answers only grow. Looks ahead, then halves the stretch. */
function firstAfter(
  trace: Trace,
  at: number,
  newest: (step: number) => number | undefined,
): number | undefined {
  const end = trace.length - 1;
  const isAfter = (step: number | undefined): step is number => step !== undefined && step > at;
  let low = at;
  let found: number | undefined;
  for (let stretch = FIRST_STRETCH; low < end && found === undefined; stretch *= 8) {
    const high = Math.min(at + stretch, end);
    const written = newest(high);
    found = isAfter(written) ? written : undefined;
    low = found === undefined ? high : low;
  }
  while (found !== undefined && found - low > 1) {
    const middle = Math.floor((low + found) / 2);
    const written = newest(middle);
    if (isAfter(written)) {
      found = written;
    } else {
      low = middle;
    }
  }
  return found;
}

function writeAt(trace: Trace, slot: Slot, step: number): Write {
  return {
    step,
    by: writerOf(trace, slot, step),
    before: step === 0 ? undefined : valueOf(trace, slot, step - 1),
    after: valueOf(trace, slot, step),
  };
}

/** The line that ran when a change was made which step `change` is the first to show. */
function writerOf(trace: Trace, slot: Slot, change: number): Step {
  const written = slot.kind === 'contents' ? undefined : trace.lastWrite(change, slot);
  if (written?.step === change && written.writer !== undefined) {
    return lineOf(trace, trace.step(written.writer));
  }
  const before = trace.step(Math.max(change - 1, trace.firstStep));
  const isOver = before.kind === 'return' || before.kind === 'yield';
  const [caller] = trace.stack(before.step, before.thread).slice(1);
  return lineOf(trace, before, isOver ? caller?.frame : before.frame);
}

/** The line that a frame is at, as of a step; a frame that is at none yet was called by its caller's line. */
function lineOf(trace: Trace, at: Step, frame = at.frame): Step {
  if (at.kind === 'line' && at.frame === frame) {
    return at;
  }
  const frames = trace.stack(at.step, at.thread).map((one) => one.frame);
  for (const candidate of frames.slice(Math.max(frames.indexOf(frame), 0))) {
    const line = trace.find(at.step, 'backward', { kinds: ['line'], frame: candidate });
    if (line !== undefined) {
      return trace.step(line);
    }
  }
  return at;
}
