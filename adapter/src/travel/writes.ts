/** Who wrote a value: the nearest write of a slot, in both directions, and the line that made it. */

import type { Direction, Step, Trace, Value } from '../trace/trace';
import { lastChange, nextChange } from './changes';
import { known, isSameValue, valueOf } from './slots';
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

/** The newest write that shows at or before step `at`. */
export async function lastWrite(
  trace: Trace,
  slot: Slot,
  at: number,
  signal?: AbortSignal,
): Promise<Write | undefined> {
  const bound = await nearestWrite(trace, slot, at, 'backward', signal);
  const held = heldBy(trace, slot, at);
  const inside = held === undefined ? undefined : lastChange(trace, held, at);
  return writeAt(trace, slot, inside !== undefined && inside > (bound ?? -1) ? inside : bound);
}

/** The first write that shows after step `at`. */
export async function nextWrite(
  trace: Trace,
  slot: Slot,
  at: number,
  signal?: AbortSignal,
): Promise<Write | undefined> {
  const bound = await nearestWrite(trace, slot, at, 'forward', signal);
  const held = at < 0 ? undefined : heldBy(trace, slot, at);
  const inside = held === undefined ? undefined : nextChange(trace, held, at);
  return writeAt(trace, slot, inside !== undefined && inside < (bound ?? Infinity) ? inside : bound);
}

/** A container that a slot holds is part of its value: changes of its items and attributes are writes, too. */
function heldBy(trace: Trace, slot: Slot, at: number): Extract<Slot, { kind: 'contents' }> | undefined {
  const value = slot.kind === 'contents' ? undefined : valueOf(trace, slot, at);
  if (value?.kind !== 'object') {
    return undefined;
  }
  const contents = known(trace, value.object, at, 0, 0);
  const changes = contents !== undefined && contents.kind !== 'class' && contents.kind !== 'opaque';
  return changes ? { kind: 'contents', object: value.object } : undefined;
}

async function nearestWrite(
  trace: Trace,
  slot: Slot,
  at: number,
  direction: Direction,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  switch (slot.kind) {
    case 'variable':
      return nearestBinding(trace, slot, at, direction, signal);
    case 'attribute':
      return nearestAttribute(trace, slot, at, direction);
    case 'item':
    case 'contents':
      return direction === 'backward' ? lastChange(trace, slot, at) : nextChange(trace, slot, at);
  }
}

/** Attributes may live in a dict of their own, which the program can write as such. */
function nearestAttribute(
  trace: Trace,
  slot: Slot & { kind: 'attribute' },
  at: number,
  direction: Direction,
): number | undefined {
  const dict = known(trace, slot.object, at, 0, 0)?.attributeDict;
  const inDict: Slot | undefined =
    dict === undefined ? undefined : { kind: 'item', object: dict, key: { kind: 'str', value: slot.name } };
  if (direction === 'backward') {
    const own = lastChange(trace, slot, at);
    const other = inDict === undefined ? undefined : lastChange(trace, inDict, at);
    return own === undefined || other === undefined ? (own ?? other) : Math.max(own, other);
  }
  const own = nextChange(trace, slot, at);
  const other = inDict === undefined ? undefined : nextChange(trace, inDict, at);
  return own === undefined || other === undefined ? (own ?? other) : Math.min(own, other);
}

/** So many steps are looked at before anything else gets its turn. */
const STEPS_AT_ONCE = 2000;

/** Looks at the frame's steps one after the other: a binding shows at the next of them. */
async function nearestBinding(
  trace: Trace,
  slot: Slot & { kind: 'variable' },
  at: number,
  direction: Direction,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const filter = { frame: slot.frame };
  let here = direction === 'backward' ? trace.find(at + 1, 'backward', filter) : at;
  for (let count = 1; here !== undefined; count++) {
    if (count % STEPS_AT_ONCE === 0) {
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    }
    const next = trace.find(here, direction, filter);
    const [older, newer]: [number | undefined, number | undefined] =
      direction === 'backward' ? [next, here] : [here, next];
    if (newer === undefined) {
      return undefined;
    }
    const before = older === undefined ? undefined : valueOf(trace, slot, older);
    if (!isSameValue(before, valueOf(trace, slot, newer))) {
      return newer;
    }
    here = next;
  }
  return undefined;
}

function writeAt(trace: Trace, slot: Slot, step: number | undefined): Write | undefined {
  if (step === undefined) {
    return undefined;
  }
  return {
    step,
    by: writerOf(trace, step, slot.kind === 'variable' ? slot : undefined),
    before: step === 0 ? undefined : valueOf(trace, slot, step - 1),
    after: valueOf(trace, slot, step),
  };
}

/**
 * The line that ran when a change was made which step `change` is the first to show. `owner` is the frame whose
 * variable it was; its arguments were bound by its caller's line.
 */
export function writerOf(
  trace: Trace,
  change: number,
  owner?: { readonly thread: number; readonly frame: number },
): Step {
  const before = trace.step(Math.max(change - 1, 0));
  if (owner === undefined) {
    return before.kind === 'line' ? before : lineOf(trace, change, runningAfter(trace, before));
  }
  const shown = trace.step(change);
  const isEntry = shown.kind === 'call' && shown.frame === owner.frame;
  const frames = trace.stack(change, owner.thread).map(({ frame }) => frame);
  const from = frames.indexOf(owner.frame) + (isEntry ? 1 : 0);
  return lineOf(trace, change, frames.slice(from));
}

/** The frames that are left once a step is over, innermost first. */
function runningAfter(trace: Trace, { step, thread, kind }: Step): number[] {
  const frames = trace.stack(step, thread).map(({ frame }) => frame);
  return kind === 'return' || kind === 'yield' ? frames.slice(1) : frames;
}

/** The newest line before `change` of the innermost of these frames that has one. */
function lineOf(trace: Trace, change: number, frames: readonly number[]): Step {
  for (const frame of frames) {
    const line = trace.find(change, 'backward', { kinds: ['line'], frame });
    if (line !== undefined) {
      return trace.step(line);
    }
  }
  return trace.step(change);
}
