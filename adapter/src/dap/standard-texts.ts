/** Values of the standard library that are shown as their own `repr` would: what they hold tells all of it. */

import type { Contents, Value } from '../trace/trace';
import { calendarText } from './calendar-texts';

export interface Part {
  readonly name?: string;
  readonly value: Value;
}

/** The contents of an object that it holds. */
export type Look = (object: number) => Contents | undefined;

export interface StandardText {
  readonly before: string;
  /** What stands in between, separated by commas. */
  readonly parts: readonly Part[];
  readonly after: string;
}

/** How such a value is written; undefined for all others. */
export function standardText(contents: Contents, look: Look): StandardText | undefined {
  if (contents.kind !== 'instance') {
    return undefined;
  }
  switch (contents.typeName) {
    case 'range':
      return call(
        'range',
        isOne(held(contents, 'step')) ? ['start', 'stop'] : ['start', 'stop', 'step'],
        contents,
      );
    case 'slice':
      return call('slice', ['start', 'stop', 'step'], contents);
    case 'SimpleNamespace':
      return { before: 'namespace(', parts: contents.attributes, after: ')' };
    default:
      return calendarText(contents, look) ?? memberText(contents);
  }
}

function call(name: string, arguments_: readonly string[], contents: Contents): StandardText | undefined {
  const values = arguments_.map((argument) => held(contents, argument));
  const parts = values.flatMap((value) => (value === undefined ? [] : [{ value }]));
  return parts.length < values.length ? undefined : { before: `${name}(`, parts, after: ')' };
}

/** A member of an enumeration: `<Color.RED: 1>`. */
function memberText(contents: Contents): StandardText | undefined {
  const name = held(contents, '_name_');
  const value = held(contents, '_value_');
  if (name?.kind !== 'str' || value === undefined || held(contents, '__objclass__') === undefined) {
    return undefined;
  }
  const { typeName } = contents;
  const enumeration = typeName.slice(typeName.lastIndexOf('.') + 1);
  return { before: `<${enumeration}.${name.value}: `, parts: [{ value }], after: '>' };
}

function held({ attributes }: Contents, name: string): Value | undefined {
  return attributes.find((attribute) => attribute.name === name)?.value;
}

function isOne(value: Value | undefined): boolean {
  return value?.kind === 'int' && Number(value.value) === 1;
}
