import { UserError } from '../errors';

/** How far a recording goes. */
export interface Limits {
  /** It ends after so many steps. */
  readonly maxSteps?: number | undefined;
  /** The recording keeps only its newest part, in a file no larger than this: bytes, or a text like '200MB'. */
  readonly maxSize?: number | string | undefined;
  /** It ends after so many seconds. */
  readonly timeLimit?: number | undefined;
}

/** The recorder's own options for these limits. Throws a UserError for one that makes no sense. */
export function limitArguments({ maxSteps, maxSize, timeLimit }: Limits): string[] {
  if (maxSteps !== undefined && (!Number.isSafeInteger(maxSteps) || maxSteps < 1)) {
    throw new UserError('The largest number of steps must be a whole number above 0.');
  }
  if (timeLimit !== undefined && !(Number.isFinite(timeLimit) && timeLimit > 0)) {
    throw new UserError('The time limit must be a number of seconds above 0.');
  }
  return [
    ...(maxSteps === undefined ? [] : ['--max-steps', String(maxSteps)]),
    ...(maxSize === undefined ? [] : ['--max-size', String(maxSize)]),
    ...(timeLimit === undefined ? [] : ['--time-limit', String(timeLimit)]),
  ];
}
