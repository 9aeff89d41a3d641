/** The tree of variables, as clients page through it. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import { UserError } from '../errors';
import { Changes } from '../travel/changed';
import { isRecord, optionalNumber, requireNumber } from './arguments';
import type { Loose } from './arguments';
import { Answer } from './connection';
import { attributeEntries, canBeOpened, GROUP_SIZE, hasLength, itemEntries, itemGroups } from './entries';
import type { Container, Entry } from './entries';
import { freeEntries, localEntries, nameEntries, resultEntries } from './frame-entries';
import { valueLocation, writeLocation } from './locations';
import { memoryReferenceOf } from './memory';
import { look, preview, typeName } from './preview';
import type { Moment } from './preview';
import type { Session } from './session';

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
): Opening {
  if (shows.kind === 'container') {
    return { variablesReference: referenceOf(session, shows.container) };
  }
  const contents = shows.kind === 'object' ? look(moment, shows.object, 0, 0) : undefined;
  if (contents === undefined || contents.unknown || !canBeOpened(contents)) {
    return { variablesReference: 0 };
  }
  // The same object may be reached from several frames: the expression that shows it where one looks now is right.
  const container: Container = { kind: 'object', object: contents.object, path };
  const variablesReference = referenceOf(session, container);
  if (!session.facts.pagesVariables || !hasLength(contents)) {
    return { variablesReference };
  }
  const namedVariables = attributeEntries(moment, contents, path).length;
  return { variablesReference, namedVariables, indexedVariables: contents.length };
}

export function variables(
  session: Session,
  args: Loose<DebugProtocol.VariablesArguments>,
): Answer<DebugProtocol.VariablesResponse['body']> {
  const { trace, step } = session.timeline.moment;
  const moment = { trace, step };
  const container = session.containers.get(requireNumber(args.variablesReference, 'variablesReference'));
  const page = { start: optionalNumber(args.start) ?? 0, count: optionalNumber(args.count) ?? 0 };
  const entries = entriesOf(session, moment, container, args.filter ?? undefined, page);
  const isHex = isHexWanted(args.format);
  const changes = changesFor(session, moment);
  const shown = entries.map((entry) => variableOf(session, moment, entry, isHex, changes));
  return new Answer({ variables: shown });
}

/** A child of a container; those in its groups count, too. */
export function entryNamed(session: Session, reference: number, name: string): Entry {
  const { trace, step } = session.timeline.moment;
  const all = (container: Container): Entry[] =>
    entriesOf(session, { trace, step }, container, undefined, { start: 0, count: 0 });
  const entries = all(session.containers.get(reference));
  const inside = entries.flatMap(({ shows }) =>
    shows.kind === 'container' && shows.container.kind === 'group' ? all(shows.container) : [],
  );
  const found = [...entries, ...inside].find((candidate) => candidate.name === name);
  if (found === undefined) {
    throw new UserError(`There is nothing named '${name}' here.`);
  }
  return found;
}

interface Page {
  readonly start: number;
  /** 0: all. */
  readonly count: number;
}

function entriesOf(
  session: Session,
  moment: Moment,
  container: Container,
  filter: string | undefined,
  page: Page,
): Entry[] {
  switch (container.kind) {
    case 'locals':
      return cut(localEntries(moment, container.thread, container.frame), page);
    case 'free':
      return cut(freeEntries(moment, container.thread, container.frame), page);
    case 'result':
      return resultEntries(moment, container.thread, container.frame);
    case 'names':
      return cut(nameEntries(moment, container.object), page);
    case 'group':
      return cut(container.entries, page);
    case 'items':
      return itemEntries(moment, container.object, container.path, container.start, container.count);
    case 'object':
      return objectEntries(session, moment, container, filter, page);
  }
}

function objectEntries(
  session: Session,
  moment: Moment,
  { object, path }: Container & { kind: 'object' },
  filter: string | undefined,
  page: Page,
): Entry[] {
  const contents = look(moment, object, 0, 0);
  if (contents === undefined) {
    return [];
  }
  const { start, count } = page;
  if (filter === 'named') {
    return cut(attributeEntries(moment, contents, path), page);
  }
  if (filter === 'indexed' || count > 0 || start > 0) {
    return itemEntries(moment, object, path, start, count === 0 ? undefined : count);
  }
  const isLong = contents.length > GROUP_SIZE && !session.facts.pagesVariables;
  const items = isLong ? itemGroups(contents, path) : itemEntries(moment, object, path);
  return [...items, ...attributeEntries(moment, contents, path)];
}

function cut(entries: readonly Entry[], { start, count }: Page): Entry[] {
  return entries.slice(start, count === 0 ? undefined : start + count);
}

/** Whether the client wants integers in base 16. */
export function isHexWanted(format: unknown): boolean {
  return isRecord(format) && format['hex'] === true;
}

/** Since the cursor stood still before, whether that was earlier or later in the recording. */
function changesFor({ previousStep }: Session, { trace, step }: Moment): Changes | undefined {
  return previousStep === undefined || previousStep === step
    ? undefined
    : new Changes(trace, step, previousStep);
}

function variableOf(
  session: Session,
  moment: Moment,
  entry: Entry,
  isHex: boolean,
  changes: Changes | undefined,
): DebugProtocol.Variable {
  const { name, shows, path, slot } = entry;
  const isChanged = slot !== undefined && shows.kind !== 'container' && changes?.has(slot, shows) === true;
  const shared = {
    name,
    ...(path === undefined ? {} : { evaluateName: path }),
    ...openingOf(session, moment, shows, path),
    presentationHint: hintOf(session, entry, isChanged),
  };
  if (shows.kind === 'container') {
    return { ...shared, value: '' };
  }
  const type = typeName(moment, shows);
  const memoryReference = session.facts.showsMemory ? memoryReferenceOf(session, moment, shows) : undefined;
  const valueLocationReference = valueLocation(session, moment, shows);
  const declarationLocationReference = writeLocation(session, slot);
  return {
    ...shared,
    value: preview(moment, shows, isHex),
    ...(type === '' ? {} : { type }),
    ...(memoryReference === undefined ? {} : { memoryReference }),
    ...(valueLocationReference === undefined ? {} : { valueLocationReference }),
    ...(declarationLocationReference === undefined ? {} : { declarationLocationReference }),
  };
}

function hintOf(session: Session, entry: Entry, isChanged: boolean): DebugProtocol.VariablePresentationHint {
  const { name, shows, isComputed } = entry;
  const isReadOnly = isComputed === true || session.timeline.programAtHead === undefined;
  const attributes = [
    ...(isReadOnly ? ['readOnly'] : []),
    ...(shows.kind === 'str' ? ['rawString'] : []),
    ...(isChanged ? ['changed'] : []),
  ];
  return {
    kind: shows.kind === 'container' ? 'virtual' : 'data',
    visibility: name.startsWith('_') ? 'private' : 'public',
    ...(attributes.length === 0 ? {} : { attributes }),
  };
}
