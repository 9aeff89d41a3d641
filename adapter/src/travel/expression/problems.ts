/** Why an expression has no value in the past. */

import { UserError } from '../../errors';

/** The expression needs the living program: a call, or a part of the language that is not known here. */
export class NotInThePast extends UserError {
  constructor(readonly expression: string) {
    super(
      `'${expression}' can't be evaluated in the past: only names, attributes, items, len(), comparisons and ` +
        'arithmetic can, since nothing of the program runs there.',
    );
  }
}

/** What Python itself would say about the recorded values. */
export class PythonError extends UserError {
  constructor(
    readonly type:
      'NameError' | 'AttributeError' | 'IndexError' | 'KeyError' | 'TypeError' | 'ZeroDivisionError',
    text: string,
  ) {
    super(`${type}: ${text}`);
  }
}

/** Whether Python doesn't know a name: such a condition just doesn't hold yet. */
export function isNameError(error: unknown): boolean {
  return error instanceof UserError && error.message.startsWith('NameError:');
}

/** Nothing can be assigned to the expression, so nobody can have written it. */
export class NotWritable extends UserError {
  constructor(expression: string) {
    super(
      `'${expression}' is no place that is written: use a variable, an attribute (x.name) or an item (x[key]).`,
    );
  }
}
