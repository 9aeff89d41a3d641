/** Values for people: nested, short, and with every object that appears twice recognisable. */

import type { Contents, Trace, Value } from '../trace/trace';
import { bufferFrame, bytesText, layoutText, rowsBeginning, unknownText } from './buffer';
import { reprScalar } from './repr';

/** How much of a value is spelled out; what is left out is counted in the text. */
export interface Bounds {
  readonly items: number;
  readonly depth: number;
  readonly characters: number;
}

export const READABLE: Bounds = { items: 20, depth: 4, characters: 200 };

/**
 * Renders values as they were at one step. An object that appears several times among `values` is written in full once,
 * as `#7=[…]`, and as `#7` everywhere else; so cycles end.
 */
export class Renderer {
  private readonly appearances = new Map<number, number>();
  private readonly written = new Set<number>();

  constructor(
    private readonly trace: Trace,
    private readonly step: number,
    values: readonly Value[],
    private readonly bounds: Bounds = READABLE,
  ) {
    values.forEach((value) => this.count(value, 0));
  }

  /** The text of one of the values. */
  render(value: Value): string {
    return this.text(value, 0);
  }

  private count(value: Value, depth: number): void {
    if (value.kind !== 'object') {
      return;
    }
    const before = this.appearances.get(value.object) ?? 0;
    this.appearances.set(value.object, before + 1);
    if (before === 0 && depth < this.bounds.depth) {
      this.read(value.object, this.bounds.items).forEach((child) => this.count(child, depth + 1));
    }
  }

  private read(object: number, count: number): Value[] {
    const { items, attributes } = this.trace.contents(this.step, object, 0, count);
    const inItems = items.flatMap(({ key, value }) => (key === undefined ? [value] : [key, value]));
    return [...inItems, ...attributes.slice(0, count).map(({ value }) => value)];
  }

  private text(value: Value, depth: number): string {
    if (value.kind !== 'object') {
      return this.cut(reprScalar(value));
    }
    const label = (this.appearances.get(value.object) ?? 0) > 1 ? `#${value.object}` : '';
    if (label !== '' && this.written.has(value.object)) {
      return label;
    }
    const contents = this.trace.contents(this.step, value.object, 0, this.bounds.items);
    if (depth >= this.bounds.depth && contents.length + contents.attributes.length > 0) {
      return `${label}${label === '' ? '' : '='}${this.tooDeep(contents)}`;
    }
    this.written.add(value.object);
    return `${label}${label === '' ? '' : '='}${this.object(contents, depth)}`;
  }

  private object(contents: Contents, depth: number): string {
    if (contents.unknown) {
      return `<${contents.typeName}${layoutText(contents)}, ${unknownText(contents)}>`;
    }
    switch (contents.kind) {
      case 'list':
        return `[${this.items(contents, depth)}]`;
      case 'tuple':
        return `(${this.items(contents, depth)}${contents.length === 1 ? ',' : ''})`;
      case 'dict':
        return `{${this.items(contents, depth)}}`;
      case 'set':
        return contents.length === 0 ? 'set()' : `{${this.items(contents, depth)}}`;
      case 'frozenset':
        return contents.length === 0 ? 'frozenset()' : `frozenset({${this.items(contents, depth)}})`;
      case 'cell':
        return `<cell ${this.items(contents, depth)}>`;
      case 'class':
        return `<class ${contents.name ?? '?'}>`;
      case 'opaque':
        return opaque(contents);
      case 'buffer':
        return this.buffer(contents, depth);
      case 'instance':
        return this.instance(contents, depth);
    }
  }

  /** `array([[1, 2], [3, 4]], dtype=int64)`; rows that are cut are counted in elements. */
  private buffer(contents: Contents, depth: number): string {
    const { before, after } = bufferFrame(contents, contents.typeName);
    const shape = contents.buffer?.shape ?? [];
    let text = '';
    let open = 0;
    contents.items.forEach(({ value }, index) => {
      const rows = rowsBeginning(shape, index);
      text += index === 0 ? '' : `${']'.repeat(rows)}, `;
      text += '['.repeat(index === 0 ? shape.length : rows) + this.text(value, depth + 1);
      open = shape.length;
    });
    const rest = leftOut(contents.length - contents.items.length);
    const elements = [text, ...rest].filter((part) => part !== '').join(', ');
    const brackets = open === 0 && shape.length > 0 ? '[]' : ']'.repeat(open);
    return `${before}${bytesText(contents) ?? elements + brackets}${after}`;
  }

  private items({ items, length, kind }: Contents, depth: number): string {
    const texts = items.map(({ key, value }) => {
      const text = this.text(value, depth + 1);
      return kind === 'dict' && key !== undefined ? `${this.text(key, depth + 1)}: ${text}` : text;
    });
    return [...texts, ...leftOut(length - items.length)].join(', ');
  }

  /** `<Account owner='Ann', balance=3>`; what a subclass of a container holds comes first. */
  private instance(contents: Contents, depth: number): string {
    const shown = contents.attributes.slice(0, this.bounds.items);
    const attributes = shown.map(({ name, value }) => `${name}=${this.text(value, depth + 1)}`);
    const held = contents.length > 0 ? [`[${this.items(contents, depth)}]`] : [];
    const rest = leftOut(contents.attributes.length - shown.length);
    const inside = [...held, [...attributes, ...rest].join(', ')].filter((text) => text !== '').join(' ');
    return inside === '' ? `<${contents.typeName}>` : `<${contents.typeName} ${inside}>`;
  }

  private tooDeep({ kind, typeName, length, attributes }: Contents): string {
    const count = kind === 'instance' ? attributes.length : length;
    const what = kind === 'instance' ? 'attribute' : 'item';
    return `<${typeName} of ${count} ${what}${count === 1 ? '' : 's'}>`;
  }

  private cut(text: string): string {
    const { characters } = this.bounds;
    return text.length <= characters ? text : `${text.slice(0, characters)}… (${text.length} characters)`;
  }
}

function leftOut(count: number): string[] {
  return count > 0 ? [`… ${count} more`] : [];
}

/** `<function shuffle>`, `<module random>` */
function opaque({ typeName, name }: Contents): string {
  return name === undefined ? `<${typeName}>` : `<${typeName} ${name}>`;
}
