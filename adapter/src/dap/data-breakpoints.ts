/** Breakpoints on data: what can be watched, and what is. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import { messageOf, UserError } from '../errors';
import { slotOf } from '../travel/expression/evaluate';
import { optionalNumber, optionalText, records, requireText } from './arguments';
import type { Loose } from './arguments';
import { Answer } from './connection';
import { frameOf } from './frames';
import { isHitCondition } from './hit-condition';
import type { Session } from './session';
import { slotId, slotOfId } from './slot-id';
import type { NamedSlot } from './slot-id';
import { entryNamed } from './variables';
import type { WantedWatch } from './watch-table';

type InfoArguments = Loose<DebugProtocol.DataBreakpointInfoArguments>;
type Info = DebugProtocol.DataBreakpointInfoResponse['body'];

export function dataBreakpointInfo(session: Session, args: InfoArguments): Answer<Info> {
  const name = requireText(args.name, 'name').trim();
  try {
    const named = namedSlot(session, name, args);
    return new Answer({ dataId: slotId(named), description: named.label, accessTypes: ['write' as const] });
  } catch (error) {
    if (error instanceof UserError) {
      return new Answer({ dataId: null, description: error.message });
    }
    throw error;
  }
}

/** The slot of a child of a container, or of an expression in a frame. */
export function namedSlot(
  session: Session,
  name: string,
  args: { readonly variablesReference?: number | null; readonly frameId?: number | null },
): NamedSlot {
  const reference = optionalNumber(args.variablesReference) ?? 0;
  if (reference !== 0) {
    const { slot, path } = entryNamed(session, reference, name);
    if (slot === undefined) {
      throw new UserError(`'${name}' is computed: it is nothing that the program could write.`);
    }
    return { slot, label: path ?? name };
  }
  const { trace, step } = session.timeline.moment;
  const frame = frameOf(session, optionalNumber(args.frameId));
  return { slot: slotOf(name, { trace, step, ...frame }), label: name };
}

type SetArguments = Loose<DebugProtocol.SetDataBreakpointsArguments>;

export function setDataBreakpoints(
  session: Session,
  args: SetArguments,
): Answer<DebugProtocol.SetDataBreakpointsResponse['body']> {
  const wanted: WantedWatch[] = [];
  const breakpoints = records(args.breakpoints).map((one): DebugProtocol.Breakpoint => {
    const id = session.breakpoints.newId();
    try {
      wanted.push(wantedOf(id, one));
      return { id, verified: true };
    } catch (error) {
      return { id, verified: false, message: messageOf(error) };
    }
  });
  session.watches.set(wanted);
  return new Answer({ breakpoints });
}

function wantedOf(id: number, one: Record<string, unknown>): WantedWatch {
  const named = slotOfId(requireText(one['dataId'], 'dataId'));
  const hitCondition = optionalText(one['hitCondition']);
  if (hitCondition !== undefined && !isHitCondition(hitCondition)) {
    throw new UserError(
      `'${hitCondition}' is no hit condition: use a number, or one of == > >= < <= % before it.`,
    );
  }
  if (one['accessType'] === 'read') {
    throw new UserError('Only writes are recorded: a breakpoint on reading is not possible.');
  }
  return { ...named, id, hitCondition, condition: optionalText(one['condition']) };
}
