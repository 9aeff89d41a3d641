/** The processes that a recorded one started: its recording notes them, and each has a recording beside it. */

import type { Trace } from './trace';

export interface StartedProcess {
  readonly pid: number;
  /** The newest step when it was started. */
  readonly step: number;
  readonly how: string;
  /** Name of its recording, in the folder of the other's. */
  readonly file: string;
}

/** The first, second … of them, from 1 on; undefined when there are fewer. */
export function startedProcess(trace: Pick<Trace, 'note'>, number: number): StartedProcess | undefined {
  const note = trace.note(`child.${number}`) ?? '';
  const [, pid, step, how, file] = /^(\d+) (\d+) (\w+) ([^/]+)$/.exec(note) ?? [];
  return how === undefined || file === undefined
    ? undefined
    : { pid: Number(pid), step: Number(step), how, file };
}
