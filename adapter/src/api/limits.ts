import { UserError } from '../errors';

/** When a recording ends although the program has not. */
export interface Limits {
  /** After so many steps. */
  readonly maxSteps?: number | undefined;
  /** After so many seconds. */
  readonly timeLimit?: number | undefined;
}

/** The recorder's own options for these limits. Throws a UserError for one that makes no sense. */
export function limitArguments({ maxSteps, timeLimit }: Limits): string[] {
  if (maxSteps !== undefined && (!Number.isSafeInteger(maxSteps) || maxSteps < 1)) {
    throw new UserError('The largest number of steps must be a whole number above 0.');
  }
  if (timeLimit !== undefined && !(Number.isFinite(timeLimit) && timeLimit > 0)) {
    throw new UserError('The time limit must be a number of seconds above 0.');
  }
  return [
    ...(maxSteps === undefined ? [] : ['--max-steps', String(maxSteps)]),
    ...(timeLimit === undefined ? [] : ['--time-limit', String(timeLimit)]),
  ];
}
