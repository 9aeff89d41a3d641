/** One line that shows a recorded value, the way Python would write it. None of the program's code runs for it. */

import type { Contents, Trace, Value } from '../trace/trace';
import { isTraceError } from '../trace/trace';
import { bufferFrame, bytesText, layoutText, rowsBeginning, unknownText } from '../text/buffer';
import { hexText, reprScalar, scalarType } from '../text/repr';
import { standardText } from './standard-texts';

/** The step at which things are looked at. */
export interface Moment {
  readonly trace: Trace;
  readonly step: number;
}

/** About this many characters stand in a list of variables; what is cut shows as `…`. */
export const PREVIEW_LENGTH = 160;
/** Nested deeper than this, a preview shows `…`. */
const PREVIEW_DEPTH = 4;
/** However long a full text may be, it has to fit into a message. */
const FULL_LENGTH = 32 << 20;
const FULL_DEPTH = 200;

const BUILT_IN_NAMES: Readonly<Record<string, string>> = {
  list: 'list',
  tuple: 'tuple',
  dict: 'dict',
  set: 'set',
  frozenset: 'frozenset',
};

/** A shortened text: no longer than fits a line. */
export function preview(moment: Moment, value: Value, isHex = false): string {
  return new Writer(moment, PREVIEW_LENGTH, PREVIEW_DEPTH, isHex).text(value);
}

/** The whole text, for the clipboard and for expressions that the user typed. */
export function fullText(moment: Moment, value: Value, isHex = false): string {
  return new Writer(moment, FULL_LENGTH, FULL_DEPTH, isHex).text(value);
}

/** The name of a value's class. */
export function typeName(moment: Moment, value: Value): string {
  if (value.kind !== 'object') {
    return scalarType(value);
  }
  const contents = look(moment, value.object, 0, 0);
  return contents === undefined ? 'object' : className(contents);
}

/** An object's contents, or undefined when the recording doesn't know it at this moment. */
export function look(moment: Moment, object: number, start?: number, count?: number): Contents | undefined {
  try {
    return moment.trace.contents(moment.step, object, start, count);
  } catch (error) {
    if (isTraceError(error, 'EXECORDER_NOT_FOUND')) {
      return undefined;
    }
    throw error;
  }
}

/** The class's own name: `Account` for `bank.<locals>.Account`. */
export function className({ typeName: qualified }: Contents): string {
  return qualified.slice(qualified.lastIndexOf('.') + 1);
}

class Writer {
  private written = '';
  private readonly open = new Set<number>();

  constructor(
    private readonly moment: Moment,
    private readonly limit: number,
    private readonly depth: number,
    private readonly isHex: boolean,
  ) {}

  text(value: Value): string {
    this.value(value);
    return this.written;
  }

  private get isFull(): boolean {
    return this.written.length >= this.limit;
  }

  private value(value: Value): void {
    if (value.kind === 'object') {
      this.object(value.object);
    } else {
      this.scalar(value);
    }
  }

  private scalar(value: Exclude<Value, { kind: 'object' }>): void {
    const room = Math.max(this.limit - this.written.length, 16);
    if ((value.kind === 'str' || value.kind === 'bytes') && value.value.length > room) {
      const text = reprScalar({ ...value, value: value.value.slice(0, room) } as typeof value);
      this.written += `${text.slice(0, -1)}…${text.slice(-1)}`;
    } else {
      const text = this.isHex && value.kind === 'int' ? hexText(value.value) : reprScalar(value);
      this.written += text.length > room ? `${text.slice(0, room)}…` : text;
    }
  }

  private object(number: number): void {
    // A short text has no room for more items than this, however many there are.
    const contents = look(this.moment, number, 0, Math.ceil(this.limit / 2));
    if (contents === undefined) {
      this.written += '<not recorded>';
      return;
    }
    if (contents.unknown) {
      this.written += `<${className(contents)}${layoutText(contents)}: ${unknownText(contents)}>`;
      return;
    }
    const again = this.open.has(number);
    if (!again && this.open.size >= this.depth) {
      this.brackets(contents, () => (this.written += '…'));
      return;
    }
    this.open.add(number);
    this.brackets(contents, again ? () => (this.written += '...') : () => this.inside(contents));
    if (!again) {
      this.open.delete(number);
    }
  }

  /** What stands around the contents: `[` and `]`, `Stack([` and `])`, `<Account ` and `>`. */
  private brackets(contents: Contents, inside: () => void): void {
    const standard = standardText(contents, (held) => look(this.moment, held));
    const [before, after] = isException(this.moment, contents)
      ? ([`${className(contents)}(`, ')'] as const)
      : standard === undefined
        ? around(contents)
        : [standard.before, standard.after];
    this.written += before;
    inside();
    this.written += after;
  }

  private inside(contents: Contents): void {
    switch (contents.kind) {
      case 'list':
      case 'set':
      case 'frozenset':
      case 'cell':
        this.items(contents, ({ value }) => this.value(value));
        break;
      case 'tuple':
        this.items(contents, ({ value }) => this.value(value));
        this.written += contents.length === 1 && contents.typeName === 'tuple' ? ',' : '';
        break;
      case 'dict':
        this.items(contents, ({ key, value }) => {
          this.value(key ?? { kind: 'unbound' });
          this.written += ': ';
          this.value(value);
        });
        break;
      case 'instance':
        if (isException(this.moment, contents)) {
          this.exceptionArguments(contents);
        } else {
          this.attributes(contents);
        }
        break;
      case 'buffer':
        this.elements(contents);
        break;
      case 'class':
      case 'opaque':
        break;
    }
  }

  /** The elements in the brackets of their rows. */
  private elements(contents: Contents): void {
    const shape = contents.buffer?.shape ?? [];
    const bytes = bytesText(contents);
    if (bytes !== undefined) {
      this.written += bytes;
      return;
    }
    let index = 0;
    this.written += '['.repeat(shape.length);
    this.items(contents, ({ value }) => {
      const rows = index === 0 ? 0 : rowsBeginning(shape, index);
      if (rows > 0) {
        this.written = `${this.written.slice(0, -2)}${']'.repeat(rows)}, ${'['.repeat(rows)}`;
      }
      this.value(value);
      index++;
    });
    this.written += ']'.repeat(shape.length);
  }

  private items(contents: Contents, write: (item: Contents['items'][number]) => void): void {
    let separator = '';
    for (const item of contents.items) {
      this.written += separator;
      if (this.isFull) {
        this.written += '…';
        return;
      }
      write(item);
      separator = ', ';
    }
    if (contents.items.length < contents.length) {
      this.written += `${separator}…`;
    }
  }

  /** What the exception was made with, as its own `repr` shows it. */
  private exceptionArguments({ attributes }: Contents): void {
    const args = attributes.find(({ name }) => name === 'args')?.value;
    const contents = args?.kind === 'object' ? look(this.moment, args.object, 0, this.limit) : undefined;
    if (contents !== undefined) {
      this.items(contents, ({ value }) => this.value(value));
    }
  }

  private attributes(contents: Contents): void {
    const standard = standardText(contents, (held) => look(this.moment, held));
    let separator = standard === undefined ? ' ' : '';
    for (const { name, value } of standard?.parts ?? contents.attributes) {
      this.written += separator;
      if (this.isFull) {
        this.written += '…';
        return;
      }
      this.written += name === undefined ? '' : `${name}=`;
      this.value(value);
      separator = ', ';
    }
  }
}

/** How far up a class's bases are followed. */
const BASES = 50;

/** Whether it is an instance of a class that inherits from BaseException. */
function isException(moment: Moment, { kind, attributes, classObject }: Contents): boolean {
  if (kind !== 'instance' || !attributes.some(({ name }) => name === 'args')) {
    return false;
  }
  let object = classObject;
  for (let depth = 0; object !== undefined && depth < BASES; depth++) {
    const base = look(moment, object, 0, 0);
    if (base?.name === 'BaseException') {
      return true;
    }
    object = base?.bases[0];
  }
  return false;
}

function around(contents: Contents): readonly [string, string] {
  const name = className(contents);
  const isBuiltIn = BUILT_IN_NAMES[contents.kind] === contents.typeName;
  const wrap = (before: string, after: string): readonly [string, string] =>
    isBuiltIn ? [before, after] : [`${name}(${before}`, `${after})`];
  switch (contents.kind) {
    case 'list':
      return wrap('[', ']');
    case 'tuple':
      return isBuiltIn ? ['(', ')'] : [`${name}(`, ')'];
    case 'dict':
      return wrap('{', '}');
    case 'set':
      return contents.length === 0 ? [`${name}(`, ')'] : wrap('{', '}');
    case 'frozenset':
      return contents.length === 0 ? [`${name}(`, ')'] : [`${name}({`, '})'];
    case 'instance':
      return [`<${name}`, '>'];
    case 'cell':
      return name === 'cell' ? ['<cell: ', '>'] : [`${name}(`, ')'];
    case 'class':
      return [`<class '${qualifiedName(contents)}`, `'>`];
    case 'buffer': {
      const { before, after } = bufferFrame(contents, name);
      return [before, after];
    }
    case 'opaque':
      return [`<${opaqueText(contents, name)}`, '>'];
  }
}

function qualifiedName({ module, name, typeName: ofType }: Contents): string {
  const shown = name ?? ofType;
  return module === undefined || module === 'builtins' ? shown : `${module}.${shown}`;
}

function opaqueText({ name }: Contents, type: string): string {
  if (name === undefined || name === '') {
    return `${type} object`;
  }
  switch (type) {
    case 'module':
      return `module '${name}'`;
    case 'builtin_function_or_method':
      return `built-in function ${name}`;
    default:
      return `${type} ${name}`;
  }
}
