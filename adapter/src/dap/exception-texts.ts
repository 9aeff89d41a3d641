/** What `str(exception)` gives, from what is recorded of it. None of the program's code runs for it. */

import { basename } from 'node:path';

import type { Contents, Value } from '../trace/trace';
import { classNames } from './classes';
import { look, preview } from './preview';
import type { Moment } from './preview';

/** The values that an exception holds, by name; those that are None are left out. */
type Held = ReadonlyMap<string, Value>;

type Writer = (moment: Moment, held: Held) => string | undefined;

/** Classes with a `__str__` of their own; what inherits from one is taken to have it, too. */
const WRITERS: Readonly<Record<string, Writer>> = {
  KeyError: (moment, held) => {
    const [key, more] = argumentsOf(moment, held);
    return key === undefined || more !== undefined ? undefined : preview(moment, key);
  },
  OSError: osText,
  SyntaxError: syntaxText,
  UnicodeDecodeError: (_, held) => codecText(held, 'decode'),
  UnicodeEncodeError: (_, held) => codecText(held, 'encode'),
  BaseExceptionGroup: groupText,
};

/** What the exception says; classes of the program's that define `__str__` are shown by their arguments. */
export function exceptionText(moment: Moment, exception: Value & { kind: 'object' }): string {
  const contents = look(moment, exception.object);
  const held = heldBy(contents);
  const family = classNames(moment, exception).find((name) => Object.hasOwn(WRITERS, name));
  return (family === undefined ? undefined : WRITERS[family]?.(moment, held)) ?? argumentsText(moment, held);
}

function heldBy(contents: Contents | undefined): Held {
  const all = contents?.attributes ?? [];
  return new Map(all.filter(({ value }) => value.kind !== 'none').map(({ name, value }) => [name, value]));
}

function argumentsText(moment: Moment, held: Held): string {
  const args = held.get('args');
  const [only, ...more] = argumentsOf(moment, held);
  if (args === undefined || only === undefined) {
    return '';
  }
  return more.length === 0 ? plainText(moment, only) : preview(moment, args);
}

function argumentsOf(moment: Moment, held: Held): Value[] {
  return itemsOf(moment, held.get('args'));
}

function itemsOf(moment: Moment, container: Value | undefined): Value[] {
  const items = container?.kind === 'object' ? look(moment, container.object)?.items : undefined;
  return items?.map(({ value }) => value) ?? [];
}

/** As `str(value)` shows it. */
function plainText(moment: Moment, value: Value): string {
  return value.kind === 'str' ? value.value : preview(moment, value);
}

function osText(moment: Moment, held: Held): string | undefined {
  const [errno, strerror] = [held.get('errno'), held.get('strerror')];
  if (errno === undefined || strerror === undefined) {
    return undefined;
  }
  const files = [held.get('filename'), held.get('filename2')].flatMap((file) =>
    file === undefined ? [] : [preview(moment, file)],
  );
  const where = files.length === 0 ? '' : `: ${files.join(' -> ')}`;
  return `[Errno ${plainText(moment, errno)}] ${plainText(moment, strerror)}${where}`;
}

function syntaxText(moment: Moment, held: Held): string | undefined {
  const [message, file, line] = [held.get('msg'), held.get('filename'), held.get('lineno')];
  const places = [
    ...(file?.kind === 'str' ? [basename(file.value)] : []),
    ...(line?.kind === 'int' ? [`line ${line.value}`] : []),
  ];
  const where = places.length === 0 ? '' : ` (${places.join(', ')})`;
  return message === undefined ? undefined : `${plainText(moment, message)}${where}`;
}

function codecText(held: Held, verb: 'decode' | 'encode'): string | undefined {
  const [encoding, reason, object] = [held.get('encoding'), held.get('reason'), held.get('object')];
  const [start, end] = [numberOf(held.get('start')), numberOf(held.get('end'))];
  if (encoding?.kind !== 'str' || reason?.kind !== 'str' || start === undefined || end === undefined) {
    return undefined;
  }
  const one = end === start + 1 ? unitAt(object, start) : undefined;
  const unit = verb === 'decode' ? 'byte' : 'character';
  const what =
    one === undefined ? `${unit}s in position ${start}-${end - 1}` : `${unit} ${one} in position ${start}`;
  return `'${encoding.value}' codec can't ${verb} ${what}: ${reason.value}`;
}

function numberOf(value: Value | undefined): number | undefined {
  return value?.kind === 'int' ? Number(value.value) : undefined;
}

/** The byte, or the character, that could not be converted. */
function unitAt(object: Value | undefined, index: number): string | undefined {
  if (object?.kind === 'bytes') {
    const byte = object.value[index];
    return byte === undefined ? undefined : `0x${hex(byte, 2)}`;
  }
  const character = object?.kind === 'str' ? Array.from(object.value)[index] : undefined;
  const point = character?.codePointAt(0);
  if (point === undefined) {
    return undefined;
  }
  const escape =
    point <= 0xff ? `x${hex(point, 2)}` : point <= 0xffff ? `u${hex(point, 4)}` : `U${hex(point, 8)}`;
  return `'\\${escape}'`;
}

function hex(number: number, width: number): string {
  return number.toString(16).padStart(width, '0');
}

function groupText(moment: Moment, held: Held): string | undefined {
  const message = held.get('message');
  const count = itemsOf(moment, held.get('exceptions')).length;
  return message === undefined
    ? undefined
    : `${plainText(moment, message)} (${count} sub-exception${count === 1 ? '' : 's'})`;
}
