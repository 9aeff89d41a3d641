/** Properties of objects: what they give is computed, by the program or on copies, and only when somebody asks. */

import type { Contents } from '../trace/trace';
import { computedNames } from '../travel/computed';
import { pathOfName } from './entries';
import type { Entry } from './entries';
import type { Moment } from './preview';
import type { FrameReference } from './session';

/** Those of an object that an expression reaches in a frame. */
export function propertyEntries(
  { trace, step }: Moment,
  contents: Contents,
  path: string | undefined,
  at: FrameReference | undefined,
): Entry[] {
  if (path === undefined || at === undefined) {
    return [];
  }
  const names = computedNames(trace, step, contents).filter((name) => pathOfName(name) !== undefined);
  return names.map((name): Entry => {
    const expression = `${path}.${name}`;
    return {
      name,
      path: expression,
      shows: { kind: 'container', container: { kind: 'property', name, expression, at } },
    };
  });
}
