/** Values and contents of objects as a transcript writes them: `1`, `'text'`, `#3`, `list(1, 2)`, `Account(balance: 5)`. */

import type { Tokens } from './tokens';
import type { ObjectKind, Value } from './trace';

/** What an object holds: items for a container, attributes for an instance. */
export interface Literal {
  readonly kind: ObjectKind;
  readonly typeName: string;
  readonly items: readonly { readonly key?: Value; readonly value: Value }[];
  readonly attributes: readonly { readonly name: string; readonly value: Value }[];
}

const CONTAINERS: ReadonlyMap<string, ObjectKind> = new Map(
  (['list', 'tuple', 'dict', 'set', 'frozenset', 'cell'] as const).map((kind) => [kind, kind]),
);

const WORDS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['None', { kind: 'none' }],
  ['True', { kind: 'bool', value: true }],
  ['False', { kind: 'bool', value: false }],
  ['...', { kind: 'ellipsis' }],
  ['unbound', { kind: 'unbound' }],
]);

export function parseValue(tokens: Tokens): Value {
  const object = tokens.takeMatch(/^#(\d+)$/);
  if (object !== undefined) {
    return { kind: 'object', object: Number(object) };
  }
  const word = tokens.next();
  if (word.startsWith("'")) {
    return { kind: 'str', value: word.slice(1, -1).replace(/\\(.)/g, '$1') };
  }
  if (/^-?\d+$/.test(word)) {
    return { kind: 'int', value: BigInt(word) };
  }
  if (/^-?\d+\.\d+$/.test(word)) {
    return { kind: 'float', value: Number(word) };
  }
  return WORDS.get(word) ?? tokens.fail(`'${word}' is no value`);
}

/** `dict('a': 1)`, `list(1, 2)`; any other name is the class of an instance with attributes. */
export function parseContents(tokens: Tokens): Literal {
  const typeName = tokens.next();
  const kind = CONTAINERS.get(typeName) ?? 'instance';
  const items: { key?: Value; value: Value }[] = [];
  const attributes: { name: string; value: Value }[] = [];
  tokens.expect('(');
  while (!tokens.take(')')) {
    if (kind === 'instance') {
      attributes.push({ name: tokens.next(), value: afterColon(tokens) });
    } else if (kind === 'dict') {
      items.push({ key: parseValue(tokens), value: afterColon(tokens) });
    } else {
      items.push({ value: parseValue(tokens) });
    }
    tokens.take(',');
  }
  return { kind, typeName, items, attributes };
}

function afterColon(tokens: Tokens): Value {
  tokens.expect(':');
  return parseValue(tokens);
}
