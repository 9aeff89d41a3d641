/** What a client opens a value or a scope with: the number of a container, and how much is in it. */

import type { Contents } from '../trace/trace';
import { isRecord } from './arguments';
import { attributeEntries, canBeOpened, hasLength } from './entries';
import type { Container, Entry } from './entries';
import { look } from './preview';
import type { Moment } from './preview';
import { propertyEntries } from './properties';
import type { FrameReference, Session } from './session';

/** The number under which a client opens a container. An object has one number, however it is reached. */
export function referenceOf(session: Session, container: Container): number {
  return session.containers.of(keyOf(container), container);
}

function keyOf(container: Container): string {
  switch (container.kind) {
    case 'locals':
    case 'free':
    case 'result':
      return `${container.kind}:${container.thread}:${container.frame}`;
    case 'names':
      return `names:${container.object}`;
    case 'object':
      return `object:${container.object}`;
    case 'items':
      return `items:${container.object}:${container.start}`;
    case 'group':
      return `group:${container.key}`;
    case 'property':
      return `property:${container.at.thread}:${container.at.frame}:${container.expression}`;
  }
}

/** How a value opens: its number, and how much there is when the client asks for pages. */
export interface Opening {
  variablesReference: number;
  namedVariables?: number;
  indexedVariables?: number;
}

export function openingOf(
  session: Session,
  moment: Moment,
  shows: Entry['shows'],
  path: string | undefined,
  at: FrameReference | undefined,
): Opening {
  if (shows.kind === 'container') {
    const { container } = shows;
    const isPart = container.kind === 'items' || container.kind === 'group';
    return { variablesReference: referenceOf(session, isPart ? { ...container, at } : container) };
  }
  const contents = shows.kind === 'object' ? look(moment, shows.object, 0, 0) : undefined;
  if (contents === undefined || contents.unknown) {
    return { variablesReference: 0 };
  }
  if (!canBeOpened(contents) && propertyEntries(moment, contents, path, at).length === 0) {
    return { variablesReference: 0 };
  }
  // The same object may be reached from several frames: the expression that shows it where one looks now is right.
  const container: Container = { kind: 'object', object: contents.object, path, at };
  const variablesReference = referenceOf(session, container);
  if (!session.facts.pagesVariables || !hasLength(contents)) {
    return { variablesReference };
  }
  const namedVariables = namedEntries(moment, contents, path, at).length;
  return { variablesReference, namedVariables, indexedVariables: contents.length };
}

/** What an object has besides numbered items: its attributes, and properties. */
export function namedEntries(
  moment: Moment,
  contents: Contents,
  path: string | undefined,
  at: FrameReference | undefined,
): Entry[] {
  return [...attributeEntries(moment, contents, path), ...propertyEntries(moment, contents, path, at)];
}

/** Whether the client wants integers in base 16. */
export function isHexWanted(format: unknown): boolean {
  return isRecord(format) && format['hex'] === true;
}
