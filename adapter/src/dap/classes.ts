/** The classes of a recorded value. */

import type { Value } from '../trace/trace';
import { look } from './preview';
import type { Moment } from './preview';

/** However many bases a class says it has. */
const MOST_CLASSES = 500;

/** Names of an object's class and all of its bases: `KeyError`, and `module.KeyError` where it has a module. */
export function classNames(moment: Moment, value: Value): string[] {
  if (value.kind !== 'object') {
    return [];
  }
  const contents = look(moment, value.object, 0, 0);
  const names = new Set<string>();
  if (contents !== undefined) {
    add(names, contents.typeName, contents.typeModule);
  }
  const waiting = contents?.classObject === undefined ? [] : [contents.classObject];
  const seen = new Set<number>();
  for (let object = waiting.pop(); object !== undefined && seen.size < MOST_CLASSES; object = waiting.pop()) {
    const known = seen.has(object) ? undefined : look(moment, object, 0, 0);
    seen.add(object);
    if (known?.name !== undefined) {
      add(names, known.name, known.module);
      waiting.push(...known.bases);
    }
  }
  return [...names];
}

function add(names: Set<string>, name: string, module: string | undefined): void {
  names.add(name);
  names.add(name.slice(name.lastIndexOf('.') + 1));
  if (module !== undefined) {
    names.add(`${module}.${name}`);
  }
}
