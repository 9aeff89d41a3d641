/** The tree of variables, as clients page through it. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import { messageOf, UserError } from '../errors';
import { isTraceError } from '../trace/trace';
import { Changes } from '../travel/changed';
import { requireNumber, wholeNumber } from './arguments';
import type { Loose } from './arguments';
import { asTheyAreNow } from './by-hand';
import { Answer } from './connection';
import { GROUP_SIZE, itemEntries, itemGroups } from './entries';
import type { Container, Entry } from './entries';
import { evaluateIn } from './evaluate';
import { callEntries, freeEntries, localEntries, nameEntries, resultEntries } from './frame-entries';
import { valueLocation, writeLocation } from './locations';
import { memoryReferenceOf } from './memory';
import { isHexWanted, namedEntries, openingOf } from './openings';
import { look, preview, typeName } from './preview';
import type { Moment } from './preview';
import type { FrameReference, Session } from './session';

export async function variables(
  session: Session,
  args: Loose<DebugProtocol.VariablesArguments>,
): Promise<Answer<DebugProtocol.VariablesResponse['body']>> {
  const { trace, step } = session.timeline.moment;
  const moment = { trace, step };
  const container = session.containers.get(requireNumber(args.variablesReference, 'variablesReference'));
  if (container.kind === 'property') {
    return new Answer({ variables: [await propertyValue(session, container, isHexWanted(args.format))] });
  }
  const page = { start: wholeNumber(args.start), count: wholeNumber(args.count) };
  const entries = [
    ...returnedEntries(session, moment, container),
    ...entriesOf(session, moment, container, args.filter ?? undefined, page),
  ];
  const isHex = isHexWanted(args.format);
  const changes = changesFor(session, moment);
  const at = frameAround(container);
  const shown = entries.map((entry) => variableOf(session, moment, entry, isHex, changes, at));
  return new Answer({ variables: await asTheyAreNow(session, entries, shown, at) });
}

/** After a step, among the locals of the frame that was stepped: what the line has called and got. */
function returnedEntries(session: Session, moment: Moment, container: Container): Entry[] {
  const isStep = session.timeline.cursor.report?.reason === 'step';
  if (!isStep || !session.preferences.showReturnValue) {
    return [];
  }
  const at = moment.trace.step(moment.step);
  const isFrame = 'frame' in container && container.frame === at.frame;
  const locals = isFrame ? moment.trace.stack(moment.step)[0]?.locals : undefined;
  const isLocals =
    (isFrame && container.kind === 'locals') || (container.kind === 'names' && container.object === locals);
  return isLocals ? callEntries(moment, at) : [];
}

/** The frame in which expressions below a container mean something. */
function frameAround(container: Exclude<Container, { kind: 'property' }>): FrameReference | undefined {
  switch (container.kind) {
    case 'object':
    case 'items':
    case 'group':
      return container.at;
    default:
      return { thread: container.thread, frame: container.frame };
  }
}

/** What a property gives, or why it gives nothing. */
async function propertyValue(
  session: Session,
  { name, expression, at }: Container & { kind: 'property' },
  isHex: boolean,
): Promise<DebugProtocol.Variable> {
  try {
    const { result: value, ...rest } = await evaluateIn(session, expression, at, 'watch', isHex);
    return { name, value, evaluateName: expression, ...rest };
  } catch (error) {
    if (!(error instanceof UserError || isTraceError(error))) {
      throw error;
    }
    const presentationHint = { kind: 'property', attributes: ['failedEvaluation', 'readOnly'] };
    return { name, value: messageOf(error), variablesReference: 0, presentationHint };
  }
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
      return cut(localEntries(moment, container.thread, container.frame, container.waitsSince), page);
    case 'free':
      return cut(freeEntries(moment, container.thread, container.frame, container.waitsSince), page);
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
    case 'property':
      return []; // It is a value to be computed, no variable of its own.
  }
}

function objectEntries(
  session: Session,
  moment: Moment,
  { object, path, at }: Container & { kind: 'object' },
  filter: string | undefined,
  page: Page,
): Entry[] {
  const contents = look(moment, object, 0, 0);
  if (contents === undefined) {
    return [];
  }
  const { start, count } = page;
  if (filter === 'named') {
    return cut(namedEntries(moment, contents, path, at), page);
  }
  if (filter === 'indexed' || count > 0 || start > 0) {
    return itemEntries(moment, object, path, start, count === 0 ? undefined : count);
  }
  const isLong = contents.length > GROUP_SIZE && !session.facts.pagesVariables;
  const items = isLong ? itemGroups(contents, path) : itemEntries(moment, object, path);
  return [...items, ...namedEntries(moment, contents, path, at)];
}

function cut(entries: readonly Entry[], { start, count }: Page): Entry[] {
  return entries.slice(start, count === 0 ? undefined : start + count);
}

/** Since the cursor stood still before, whether that was earlier or later in the recording. */
function changesFor({ previousStep }: Session, { trace, step }: Moment): Changes | undefined {
  const isGone = previousStep === undefined || previousStep < trace.firstStep;
  return isGone || previousStep === step ? undefined : new Changes(trace, step, previousStep);
}

function variableOf(
  session: Session,
  moment: Moment,
  entry: Entry,
  isHex: boolean,
  changes: Changes | undefined,
  at: FrameReference | undefined,
): DebugProtocol.Variable {
  const { name, shows, path, slot } = entry;
  const isChanged = slot !== undefined && shows.kind !== 'container' && changes?.has(slot, shows) === true;
  const shared = {
    name,
    ...(path === undefined ? {} : { evaluateName: path }),
    ...openingOf(session, moment, shows, path, at),
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
  if (shows.kind === 'container' && shows.container.kind === 'property') {
    return { kind: 'property', visibility: name.startsWith('_') ? 'private' : 'public', lazy: true };
  }
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
