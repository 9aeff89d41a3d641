/** How a recording ended, in words. */

interface Ending {
  readonly complete: boolean;
  readonly endedEarly?: string;
}

/** Why a recording is not complete; undefined when it is. */
export function incompleteness({ complete, endedEarly }: Ending): string | undefined {
  if (complete) {
    return undefined;
  }
  return endedEarly === undefined
    ? 'the program still runs, or was killed'
    : `recording ended early, since ${endedEarly}; the program went on`;
}
