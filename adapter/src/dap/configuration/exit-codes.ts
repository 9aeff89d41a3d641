/** At which exit codes of `sys.exit` a program is to stop. */

import type { CodeRange } from '../../debuggee/messages';
import { UserError } from '../../errors';
import { isRecord } from '../arguments';

const EVERY: readonly CodeRange[] = [[null, null]];

/** `true`: every one; a list holds codes and `{from, to}`. */
export function exitCodesOf(value: unknown): readonly CodeRange[] {
  if (!Array.isArray(value)) {
    return value === true ? EVERY : [];
  }
  return value.map((one: unknown): CodeRange => {
    const [from, to] = isRecord(one) ? [one['from'], one['to']] : [one, one];
    if (typeof from !== 'number' || typeof to !== 'number') {
      throw new UserError(
        `'breakOnSystemExit' has to hold exit codes and { "from": …, "to": … }, not ${JSON.stringify(one)}.`,
      );
    }
    return [from, to];
  });
}
