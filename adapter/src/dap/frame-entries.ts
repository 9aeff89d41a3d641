/** What stands below the scopes of a frame. */

import type { Trace, Variable } from '../trace/trace';
import { grouped, keyName, pathOfName, slotUnder } from './entries';
import type { Entry } from './entries';
import { look } from './preview';
import type { Moment } from './preview';

/** A frame's own variables in slots, and what it returns or raises right now. */
export function localEntries(moment: Moment, thread: number, frame: number): Entry[] {
  const entries = slotEntries(moment, thread, frame, (role) => role !== 'free');
  return grouped(moment, [...entries, ...resultEntries(moment, thread, frame)], `locals:${thread}:${frame}`);
}

/** The variables of functions around it that a frame uses. */
export function freeEntries(moment: Moment, thread: number, frame: number): Entry[] {
  const entries = slotEntries(moment, thread, frame, (role) => role === 'free');
  return grouped(moment, entries, `free:${thread}:${frame}`);
}

export function resultEntries(moment: Moment, thread: number, frame: number): Entry[] {
  const { result } = moment.trace.variables(moment.step, thread, frame);
  return result === undefined || result.kind === 'unbound'
    ? []
    : [{ name: resultName(moment.trace, moment.step), shows: result, isComputed: true }];
}

function slotEntries(
  { trace, step }: Moment,
  thread: number,
  frame: number,
  isWanted: (role: Variable['role']) => boolean,
): Entry[] {
  return trace
    .variables(step, thread, frame)
    .variables.filter(({ value, role }) => value.kind !== 'unbound' && isWanted(role))
    .map(({ name, value }) => ({
      name,
      shows: value,
      path: pathOfName(name),
      slot: { kind: 'variable', thread, frame, name },
    }));
}

function resultName(trace: Trace, step: number): string {
  const { kind, function: name } = trace.step(step);
  return kind === 'exception' ? '(exception)' : `(${kind}) ${name}`;
}

/** The variables that a dict holds. */
export function nameEntries(moment: Moment, object: number): Entry[] {
  const contents = look(moment, object);
  const entries = (contents?.items ?? []).map(({ key, value }): Entry => {
    const name = key?.kind === 'str' ? key.value : keyName(moment, key);
    return { name, shows: value, path: pathOfName(name), ...slotUnder(object, key) };
  });
  return grouped(moment, entries, `names:${object}`);
}
