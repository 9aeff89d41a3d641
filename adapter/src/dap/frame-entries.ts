/** What stands below the scopes of a frame. */

import type { Step, Trace, Variable } from '../trace/trace';
import { returnedBefore } from '../travel/returned';
import { grouped, keyName, pathOfName, slotUnder } from './entries';
import type { Entry } from './entries';
import { look } from './preview';
import type { Moment } from './preview';

/** A frame's own variables in slots, and what it returns or raises right now. */
export function localEntries(moment: Moment, thread: number, frame: number, waitsSince?: number): Entry[] {
  const entries = slotEntries(moment, thread, frame, waitsSince, (role) => role !== 'free');
  const results = waitsSince === undefined ? resultEntries(moment, thread, frame) : [];
  return grouped(moment, [...entries, ...results], `locals:${thread}:${frame}`);
}

/** The variables of functions around it that a frame uses. */
export function freeEntries(moment: Moment, thread: number, frame: number, waitsSince?: number): Entry[] {
  const entries = slotEntries(moment, thread, frame, waitsSince, (role) => role === 'free');
  return grouped(moment, entries, `free:${thread}:${frame}`);
}

export function resultEntries(moment: Moment, thread: number, frame: number): Entry[] {
  const { result } = moment.trace.variables(moment.step, thread, frame);
  const isCall = moment.trace.step(moment.step).kind === 'call'; // What a call has is no result of the frame's.
  return isCall || result === undefined || result.kind === 'unbound'
    ? []
    : [{ name: resultName(moment.trace, moment.step), shows: result, isComputed: true }];
}

/** What the calls of the line before have returned, as far as it is known. */
export function callEntries(moment: Moment, at: Step): Entry[] {
  return returnedBefore(moment.trace, at)
    .filter(({ value }) => value.kind !== 'object' || look(moment, value.object, 0, 0) !== undefined)
    .map(({ function: name, value }) => ({ name: `(return) ${name}`, shows: value, isComputed: true }));
}

function slotEntries(
  { trace, step }: Moment,
  thread: number,
  frame: number,
  waitsSince: number | undefined,
  isWanted: (role: Variable['role']) => boolean,
): Entry[] {
  return trace
    .variables(waitsSince ?? step, thread, frame)
    .variables.filter(({ value, role }) => value.kind !== 'unbound' && isWanted(role))
    .map(({ name, value }) => ({
      name,
      shows: value,
      // Nobody can evaluate anything in a frame that is on no stack.
      ...(waitsSince === undefined
        ? { path: pathOfName(name), slot: { kind: 'variable', thread, frame, name } }
        : {}),
    }));
}

function resultName(trace: Trace, step: number): string {
  const { kind, function: name } = trace.step(step);
  return kind === 'exception' ? '(exception)' : `(${kind}) ${name}`;
}

/** The variables that a dict holds. */
export function nameEntries(moment: Moment, object: number): Entry[] {
  const contents = look(moment, object);
  if (contents?.unknown === true) {
    return [{ name: 'names', shows: { kind: 'object', object }, isComputed: true }];
  }
  const entries = (contents?.items ?? []).map(({ key, value }): Entry => {
    const name = key?.kind === 'str' ? key.value : keyName(moment, key);
    return { name, shows: value, path: pathOfName(name), ...slotUnder(object, key) };
  });
  return grouped(moment, entries, `names:${object}`);
}
