/** Tasks of asyncio: who awaits the one that runs, or has made it. */

import type { Frame, Trace, Value } from '../trace/trace';
import { attempt, known } from './slots';

/** Coroutines that wait for a task, as they stood when they began to; or that have made it, as they stood at that line. */
export interface Awaiter {
  readonly relation: 'awaits' | 'created';
  /** The step at which the innermost of those that wait yielded: since then, none of them has run. */
  readonly step: number;
  readonly thread: number;
  /** Innermost first; the last is the one that a task runs, for which others may wait in turn. */
  readonly frames: readonly Frame[];
}

/** So many times of somebody waiting for a task are looked at: only the last of them can still go on. */
const LAST_WAITS = 16;

/**
 * Who awaits the task that runs at a step, who awaits that one's, and so on. Where several wait for the same task, the
 * last that came; where nobody does, who has made the task; nobody where the recording doesn't tell that either.
 */
export function awaiters(trace: Trace, step: number, thread: number): Awaiter[] {
  const found: Awaiter[] = [];
  const seen = new Set<number>();
  let frames = trace.stack(step, thread);
  for (let at = step; ;) {
    const task = rootOf(trace, at, frames)?.task;
    if (task === undefined || seen.has(task)) {
      return found;
    }
    const awaiter = awaiterOf(trace, step, task) ?? creatorOrWaiter(trace, step, task);
    if (awaiter === undefined) {
      return found;
    }
    seen.add(task);
    found.push(awaiter);
    ({ frames, step: at } = awaiter);
  }
}

/** The frames of the task that runs at a step: its coroutine and what that calls or awaits; none where no task runs. */
export function taskFrames(trace: Trace, step: number, thread: number): number[] {
  const frames = trace.stack(step, thread);
  const root = frames.some(({ isCoroutine }) => isCoroutine) ? rootOf(trace, step, frames) : undefined;
  return root === undefined ? [] : frames.slice(0, root.index + 1).map(({ frame }) => frame);
}

/** The innermost frame of a stack that is the coroutine of a task. */
function rootOf(
  trace: Trace,
  step: number,
  frames: readonly Frame[],
): { readonly index: number; readonly task: number } | undefined {
  for (const [index, { frame, isCoroutine }] of frames.entries()) {
    if (isCoroutine && frames[index + 1]?.isCoroutine !== true) {
      const call = trace.find(step + 1, 'backward', { kinds: ['call'], frame });
      const task = call === undefined ? undefined : resultAt(trace, call);
      if (task !== undefined) {
        return { index, task };
      }
    }
  }
  return undefined;
}

/** The object that a step's frame yields, or by which it is run. */
function resultAt(trace: Trace, step: number): number | undefined {
  const { thread, frame } = trace.step(step);
  const result = attempt(() => trace.variables(step, thread, frame).result);
  return result?.kind === 'object' ? result.object : undefined;
}

/** A task is written anew at each step at which somebody begins to wait for it. */
function awaiterOf(trace: Trace, now: number, task: number): Awaiter | undefined {
  const changes = attempt(() => trace.history(now, task, LAST_WAITS)) ?? [];
  for (const { step } of changes) {
    const awaiter = awaiterSince(trace, now, task, step);
    if (awaiter !== undefined) {
      return awaiter;
    }
  }
  return undefined;
}

function awaiterSince(trace: Trace, now: number, task: number, step: number): Awaiter | undefined {
  const awaited = isYield(trace, step) ? resultAt(trace, step) : undefined;
  if (awaited === undefined || !includes(trace, step, awaited, task)) {
    return undefined;
  }
  // What the innermost coroutine yields, those around it yield as well, one after the other.
  let innermost = step;
  const { thread } = trace.step(step);
  const isInside = (inner: number): boolean =>
    isYield(trace, inner) && trace.step(inner).thread === thread && resultAt(trace, inner) === awaited;
  while (isInside(innermost - 1)) {
    innermost--;
  }
  const stack = trace.stack(innermost, thread);
  const [first] = stack;
  const root = rootOf(trace, innermost, stack);
  const next = first === undefined ? undefined : trace.find(innermost, 'forward', { frame: first.frame });
  const isWaiting = next === undefined || next > now;
  return isWaiting && root !== undefined
    ? { relation: 'awaits', step: innermost, thread, frames: stack.slice(0, root.index + 1) }
    : undefined;
}

/**
 * Who has made a task may wait for it by a future that stands for it, as `wait` makes one: then the line at which it waits
 * names what holds the task.
 */
function creatorOrWaiter(trace: Trace, now: number, task: number): Awaiter | undefined {
  const creator = creatorOf(trace, now, task);
  for (const { frame } of creator?.frames ?? []) {
    const waiter = waiterIn(trace, now, frame, task);
    if (waiter !== undefined) {
      return waiter;
    }
  }
  return creator;
}

function waiterIn(trace: Trace, now: number, frame: number, task: number): Awaiter | undefined {
  const last = trace.find(now + 1, 'backward', { frame });
  if (last === undefined || !isYield(trace, last)) {
    return undefined;
  }
  const { thread, file, line } = trace.step(last);
  const words = namesWaitedFor(trace.source(file)?.split('\n') ?? [], line);
  const named = trace.variables(last, thread, frame).variables.filter(({ name }) => words.includes(name));
  const waits = named.some(({ value }) => holds(trace, last, value, task));
  const stack = waits ? trace.stack(last, thread) : [];
  const root = rootOf(trace, last, stack);
  return root === undefined
    ? undefined
    : { relation: 'awaits', step: last, thread, frames: stack.slice(0, root.index + 1) };
}

const WAITS_FOR_OTHERS = /\bawait\b.*\b(?:wait|wait_for|shield)\s*\(|\basync\s+for\b.*\bas_completed\s*\(/;

/** The names in what waits at a line; `as_completed` stands in the head of the loop. */
function namesWaitedFor(code: readonly string[], line: number): readonly string[] {
  const text = code[line - 1] ?? '';
  if (WAITS_FOR_OTHERS.test(text)) {
    return words(text);
  }
  const awaited = /\bawait\s+(\w+)/.exec(text)?.[1];
  const head = new RegExp(`\\bfor\\s+${awaited ?? ''}\\s+in\\b.*\\bas_completed\\s*\\(`);
  const found = awaited === undefined ? undefined : code.slice(0, line).findLast((one) => head.test(one));
  return found === undefined ? [] : words(found);
}

function words(text: string): readonly string[] {
  return text.match(/\w+/gu) ?? [];
}

/** Whether a value is the task, or a container with it. */
function holds(trace: Trace, step: number, value: Value, task: number): boolean {
  if (value.kind !== 'object' || value.object === task) {
    return value.kind === 'object';
  }
  return itemsOf(trace, step, value.object).includes(task);
}

/** The objects in a container. */
function itemsOf(trace: Trace, step: number, container: number): number[] {
  const items = attempt(() => trace.contents(step, container).items) ?? [];
  return items.flatMap(({ value, key }) =>
    [value, key].flatMap((one) => (one?.kind === 'object' ? [one.object] : [])),
  );
}

/** What is known of a task begins at the step after the line that keeps it: in a variable, a list or a group of tasks. */
function creatorOf(trace: Trace, now: number, task: number): Awaiter | undefined {
  const step = firstKnown(trace, now, task) - 1;
  if (step <= trace.firstStep) {
    return undefined;
  }
  const { thread, kind } = trace.step(step);
  const stack = kind === 'line' ? trace.stack(step, thread) : [];
  const root = rootOf(trace, step, stack);
  return root === undefined || root.task === task
    ? undefined
    : { relation: 'created', step, thread, frames: stack.slice(0, root.index + 1) };
}

/** The first step at which anything is known of an object that is known now. A task changes at each of its steps. */
function firstKnown(trace: Trace, now: number, object: number): number {
  let before = trace.firstStep - 1;
  let from = now;
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (known(trace, object, middle, 0, 0) === undefined) {
      before = middle;
    } else {
      from = middle;
    }
  }
  return from;
}

function isYield(trace: Trace, step: number): boolean {
  return step >= trace.firstStep && trace.step(step).kind === 'yield';
}

/** Whether what is awaited is the task, or what `gather` has made of several. */
function includes(trace: Trace, step: number, awaited: number, task: number): boolean {
  if (awaited === task) {
    return true;
  }
  const held = attempt(() => trace.contents(step, awaited).attributes) ?? [];
  const children = held.find(({ name }) => name === '_children')?.value;
  return children?.kind === 'object' && itemsOf(trace, step, children.object).includes(task);
}
