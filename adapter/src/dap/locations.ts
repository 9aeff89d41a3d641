/** Places in the source that values lead to: where a function or class is defined, who wrote a variable last. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import { UserError } from '../errors';
import type { Value } from '../trace/trace';
import type { Slot } from '../travel/slots';
import { lastWrite } from '../travel/writes';
import { requireNumber } from './arguments';
import type { Loose } from './arguments';
import { Answer } from './connection';
import { classPlace } from '../travel/functions';
import type { Place } from '../travel/stops';
import { look } from './preview';
import type { Moment } from './preview';
import type { Session } from './session';
import { slotId } from './slot-id';

/** What a reference stands for; it is looked up only when the client asks. */
export type Location =
  { readonly kind: 'definition'; readonly object: number } | { readonly kind: 'write'; readonly slot: Slot };

/** Where the value itself comes from: the `def` or `class` of a function or class. */
export function valueLocation(session: Session, moment: Moment, value: Value): number | undefined {
  const contents = value.kind === 'object' ? look(moment, value.object, 0, 0) : undefined;
  const isDefined = contents?.definedAt !== undefined || contents?.kind === 'class';
  return value.kind === 'object' && isDefined && contents.module !== 'builtins'
    ? session.locations.of(`definition:${value.object}`, { kind: 'definition', object: value.object })
    : undefined;
}

/** Where a variable got its value: the line that wrote it last. */
export function writeLocation(session: Session, slot: Slot | undefined): number | undefined {
  const key = slot === undefined ? '' : slotId({ slot, label: '' });
  return slot === undefined ? undefined : session.locations.of(`write:${key}`, { kind: 'write', slot });
}

export function locations(
  session: Session,
  args: Loose<DebugProtocol.LocationsArguments>,
): Answer<DebugProtocol.LocationsResponse['body']> {
  const location = session.locations.get(requireNumber(args.locationReference, 'locationReference'));
  const { trace, step } = session.timeline.moment;
  const place =
    location.kind === 'definition'
      ? definitionOf({ trace, step }, location.object)
      : lastWrite(trace, location.slot, step)?.by;
  if (place === undefined) {
    throw new UserError('The recording does not tell where this comes from.');
  }
  const line = place.line - 1 + session.facts.linesStartAt;
  return new Answer({ source: session.sources.of(trace, place.file), line });
}

function definitionOf(moment: Moment, object: number): Place | undefined {
  const contents = look(moment, object, 0, 0);
  const { definedAt, kind, name, module } = contents ?? {};
  return kind === 'class' && name !== undefined ? classPlace(moment.trace, name, module) : definedAt;
}
