/** What stands below a scope or an object in the tree of variables, before it is given numbers. */

import type { Contents, Value } from '../trace/trace';
import { look } from './preview';
import type { Moment } from './preview';
import { isScalarBuffer, subscriptOf } from '../text/buffer';
import { reprScalar } from '../text/repr';
import type { Slot } from '../travel/slots';
import type { FrameReference } from './session';

/** Something that can be opened in the tree of variables. */
export type Container =
  /** The local variables of a frame. */
  | { readonly kind: 'locals'; readonly thread: number; readonly frame: number; readonly waitsSince?: Since }
  /** Variables of functions around, which a frame uses. */
  | { readonly kind: 'free'; readonly thread: number; readonly frame: number; readonly waitsSince?: Since }
  /** What a frame returns, yields or raises right now. */
  | { readonly kind: 'result'; readonly thread: number; readonly frame: number }
  /** A dict whose entries are variables: globals, or the locals of a module or class body. */
  | { readonly kind: 'names'; readonly object: number; readonly thread: number; readonly frame: number }
  | { readonly kind: 'object'; readonly object: number; readonly path: string | undefined; readonly at: At }
  /** Some of an object's items, for clients that don't ask for pages. */
  | {
      readonly kind: 'items';
      readonly object: number;
      readonly start: number;
      readonly count: number;
      readonly path: string | undefined;
      readonly at?: At;
    }
  /** `special variables` and the like. */
  | { readonly kind: 'group'; readonly entries: readonly Entry[]; readonly key: string; readonly at?: At }
  /** An attribute whose value is computed when the client asks for it: below it is one variable, the value. */
  | {
      readonly kind: 'property';
      readonly name: string;
      readonly expression: string;
      readonly at: FrameReference;
    };

/** The frame in which the expressions of what is below mean something. */
type At = FrameReference | undefined;

/** Of a coroutine that waits: the step since which its variables have stood still. */
type Since = number | undefined;

/** One line of the tree. */
export interface Entry {
  readonly name: string;
  readonly shows: Value | { readonly kind: 'container'; readonly container: Container };
  /** An expression that gives the same value. */
  readonly path?: string | undefined;
  /** Where the value is kept, when it can be written. */
  readonly slot?: Slot;
  /** Neither a variable nor an item: can't be set. */
  readonly isComputed?: boolean;
}

/** More items than this are shown in groups to clients that don't ask for pages. */
export const GROUP_SIZE = 1000;

const FUNCTION_TYPES = new Set([
  'function',
  'builtin_function_or_method',
  'method',
  'classmethod',
  'staticmethod',
  'method_descriptor',
  'wrapper_descriptor',
  'method-wrapper',
]);

/** Items `start` … of a container, named as debugpy names them. */
export function itemEntries(
  moment: Moment,
  object: number,
  path: string | undefined,
  start?: number,
  count?: number,
): Entry[] {
  const contents = look(moment, object, start, count);
  if (contents === undefined) {
    return [];
  }
  const width = String(Math.max(contents.length - 1, 0)).length;
  return contents.items.map(({ key, value }, offset): Entry => {
    if (contents.kind === 'dict') {
      const slot = slotUnder(object, key);
      return { name: keyName(moment, key), shows: value, path: join(path, subscript(key)), ...slot };
    }
    if (contents.kind === 'cell') {
      // A cell, or an object of a class that inherits from int, str … and so has a plain value inside.
      return contents.typeName === 'cell'
        ? { name: 'cell_contents', shows: value, path: join(path, '.cell_contents') }
        : { name: 'plain value', shows: value, isComputed: true };
    }
    const index = contents.start + offset;
    if (contents.buffer !== undefined) {
      return elementEntry(contents, contents.buffer.shape, index, value, path, width);
    }
    const isSequence = contents.kind === 'list' || contents.kind === 'tuple';
    return {
      name: String(index).padStart(width, '0'),
      shows: value,
      path: isSequence ? join(path, `[${index}]`) : undefined,
      ...(contents.kind === 'list' ? slotUnder(object, { kind: 'int', value: BigInt(index) }) : {}),
    };
  });
}

export function slotUnder(object: number, key: Value | undefined): { slot?: Slot } {
  return key === undefined ? {} : { slot: { kind: 'item', object, key } };
}

/** Elements of one dimension are named as those of a list; of several, by all their indexes. */
function elementEntry(
  contents: Contents,
  shape: readonly number[],
  index: number,
  value: Value,
  path: string | undefined,
  width: number,
): Entry {
  if (shape.length === 0) {
    return isScalarBuffer(contents)
      ? { name: 'plain value', shows: value, isComputed: true }
      : { name: '[()]', shows: value, path: join(path, '[()]') };
  }
  const subscript = subscriptOf(shape, index);
  const name = shape.length === 1 ? String(index).padStart(width, '0') : subscript;
  return { name, shows: value, path: join(path, subscript) };
}

/** Items in groups of GROUP_SIZE. */
export function itemGroups(contents: Contents, path: string | undefined): Entry[] {
  const groups: Entry[] = [];
  for (let start = 0; start < contents.length; start += GROUP_SIZE) {
    const count = Math.min(GROUP_SIZE, contents.length - start);
    groups.push({
      name: `[${start} … ${start + count - 1}]`,
      shows: { kind: 'container', container: { kind: 'items', object: contents.object, start, count, path } },
      isComputed: true,
    });
  }
  return groups;
}

/** Attributes, and the length of what has one. */
export function attributeEntries(moment: Moment, contents: Contents, path: string | undefined): Entry[] {
  const entries = contents.attributes.map(({ name, value }): Entry => ({
    name,
    shows: value,
    path: join(path, `.${name}`),
    slot: { kind: 'attribute', object: contents.object, name },
  }));
  const listed = grouped(moment, entries, `attributes:${contents.object}`);
  if (hasLength(contents)) {
    const length: Value = { kind: 'int', value: BigInt(contents.buffer?.shape[0] ?? contents.length) };
    listed.push({
      name: 'len()',
      shows: length,
      path: path === undefined ? undefined : `len(${path})`,
      isComputed: true,
    });
  }
  return listed;
}

/** Whether there is anything below it. */
export function canBeOpened(contents: Contents): boolean {
  return contents.length > 0 || contents.attributes.length > 0 || hasLength(contents);
}

/** Whether it holds numbered items or pairs, which large ones give out in pages. */
export function hasLength({ kind, buffer }: Contents): boolean {
  return (
    (buffer?.shape.length ?? 0) > 0 ||
    kind === 'list' ||
    kind === 'tuple' ||
    kind === 'dict' ||
    kind === 'set' ||
    kind === 'frozenset'
  );
}

/** Some variables have names that nobody can write: `.0`, the argument of a comprehension. */
export function pathOfName(name: string): string | undefined {
  return /^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(name) ? name : undefined;
}

/** `['one']`, for keys whose text reads back as the same key. */
function subscript(key: Value | undefined): string | undefined {
  switch (key?.kind) {
    case 'float':
      return Number.isFinite(key.value) ? `[${reprScalar(key)}]` : undefined;
    case 'str':
    case 'bytes':
    case 'int':
    case 'bool':
    case 'none':
      return `[${reprScalar(key)}]`;
    default:
      return undefined;
  }
}

function join(path: string | undefined, rest: string | undefined): string | undefined {
  return path === undefined || rest === undefined ? undefined : path + rest;
}

export function keyName(moment: Moment, key: Value | undefined): string {
  if (key === undefined) {
    return '?';
  }
  return key.kind === 'object' ? keyText(moment, key.object) : reprScalar(key);
}

/** A tuple of scalars reads as itself; other objects by their type and number. */
function keyText(moment: Moment, object: number): string {
  const contents = look(moment, object);
  if (contents?.kind === 'tuple' && contents.items.every(({ value }) => value.kind !== 'object')) {
    const parts = contents.items.map(({ value }) => (value.kind === 'object' ? '' : reprScalar(value)));
    return parts.length === 1 ? `(${parts[0] ?? ''},)` : `(${parts.join(', ')})`;
  }
  return `<${contents?.typeName ?? 'object'} #${object}>`;
}

/** Sorted as debugpy does: x, _x, __x; dunders, functions and classes in groups of their own in front. */
export function grouped(moment: Moment, entries: readonly Entry[], key: string): Entry[] {
  const groups: Record<'special' | 'function' | 'class' | 'plain', Entry[]> = {
    special: [],
    function: [],
    class: [],
    plain: [],
  };
  for (const entry of [...entries].sort(byName)) {
    groups[groupOf(moment, entry)].push(entry);
  }
  const titles = ['special', 'function', 'class'] as const;
  const opened = titles.filter((title) => groups[title].length > 0);
  return [
    ...opened.map((title): Entry => {
      const container = { kind: 'group', entries: groups[title], key: `${key}:${title}` } as const;
      return {
        name: `${title} variables`,
        shows: { kind: 'container', container },
        isComputed: true,
      };
    }),
    ...groups.plain,
  ];
}

function groupOf(
  moment: Moment,
  { name, shows, isComputed }: Entry,
): 'special' | 'function' | 'class' | 'plain' {
  if (isComputed === true) {
    return 'plain';
  }
  if (name.startsWith('__') && name.endsWith('__') && name.length > 4) {
    return 'special';
  }
  if (shows.kind !== 'object') {
    return 'plain';
  }
  const contents = look(moment, shows.object, 0, 0);
  if (contents?.kind === 'class') {
    return 'class';
  }
  return contents?.kind === 'opaque' && FUNCTION_TYPES.has(contents.typeName) ? 'function' : 'plain';
}

function byName(a: Entry, b: Entry): number {
  return rank(a) - rank(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

function rank({ name, isComputed }: Entry): number {
  if (isComputed === true) {
    return 0;
  }
  return name.startsWith('__') ? 3 : name.startsWith('_') ? 2 : 1;
}
