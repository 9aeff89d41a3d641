/** Attributes whose values are computed when they are asked for: properties, and other descriptors of a class. */

import type { Contents, Trace, Value } from '../trace/trace';
import { attempt } from './slots';

/** However many classes an object says it inherits from. */
const MOST_CLASSES = 500;

/** Names of an object's attributes that only running code can tell, in order; none of those it holds itself. */
export function computedNames(trace: Trace, step: number, contents: Contents): string[] {
  const decided = new Set(contents.attributes.map(({ name }) => name));
  const names: string[] = [];
  for (const { attributes } of classesOf(trace, step, contents.classObject)) {
    for (const { name, value } of attributes.filter((one) => !decided.has(one.name))) {
      decided.add(name); // A class further up has no say in it.
      const isProtocol = /^__.*__$/.test(name); // Of the class, not of its instances.
      if (!isProtocol && isProperty(trace, step, value)) {
        names.push(name);
      }
    }
  }
  return names.sort();
}

/** Whether an object that a class holds may give something else as an attribute of the class's instances. */
export function isDescriptor(trace: Trace, step: number, { classObject }: Contents): boolean {
  const classes = classesOf(trace, step, classObject).filter(({ name }) => name !== 'object');
  // Of a library's classes only the name is known.
  return classes.some(
    ({ attributes }) => attributes.length === 0 || attributes.some(({ name }) => name === '__get__'),
  );
}

function isProperty(trace: Trace, step: number, value: Value): boolean {
  const held = value.kind === 'object' ? attempt(() => trace.contents(step, value.object, 0, 0)) : undefined;
  if (held?.kind === 'opaque') {
    return held.typeName === 'property';
  }
  return held?.kind === 'instance' && isDescriptor(trace, step, held);
}

/** A class and those it inherits from, nearest first. */
function classesOf(trace: Trace, step: number, first: number | undefined): Contents[] {
  const found = new Map<number, Contents>();
  const waiting = first === undefined ? [] : [first];
  for (let object = waiting.shift(); object !== undefined; object = waiting.shift()) {
    const number = object;
    const contents =
      found.has(number) || found.size === MOST_CLASSES
        ? undefined
        : attempt(() => trace.contents(step, number, 0, 0));
    if (contents !== undefined) {
      found.set(number, contents);
      waiting.push(...contents.bases);
    }
  }
  return [...found.values()];
}
