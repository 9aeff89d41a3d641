import { constants } from 'node:os';

const DIED_BY_SIGNAL = 128;

/** The exit code that a shell sees of a process; undefined when nothing is known of how it ended. */
export function exitCodeOf(
  code: number | null | undefined,
  signal: string | null | undefined,
): number | undefined {
  const number = constants.signals[signal as NodeJS.Signals] as number | undefined;
  return code ?? (number === undefined ? undefined : DIED_BY_SIGNAL + number);
}
