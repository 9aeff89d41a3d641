/**
 * Where an exception is shown: where it is raised and where nobody catches it, not in each frame that it passes.
 */

import type { Debuggee, StepCommand } from '../debuggee/debuggee';
import type { Step, Trace } from '../trace/trace';
import { isRaise, originOf } from '../travel/raises';
import type { StopPoints } from '../travel/stops';

/** Whether the user wants to see the exception at this step, which may only be a frame that it passes. */
export function isRaiseToStopAt(trace: Trace, step: Step, points: StopPoints): boolean | Promise<boolean> {
  if (!isRaise(trace, step)) {
    return false;
  }
  if (!points.exceptions) {
    return true;
  }
  const cause = points.stopsAt(step);
  return cause instanceof Promise ? cause.then((decided) => decided !== undefined) : cause !== undefined;
}

/**
 * Lets the program go on unless the exception is wanted. Where an exception passes, its frame is still alive; of one that
 * nobody caught, nothing is, and it can't pass on.
 * @returns whether the program goes on
 */
export async function passOn(
  program: Debuggee,
  frame: number,
  thread: number,
  isWanted: boolean | Promise<boolean>,
  command: StepCommand,
): Promise<boolean> {
  try {
    if (await isWanted) {
      return false;
    }
    await program.evaluate('None', frame, 'watch');
    await program.resume(command, thread);
    return true;
  } catch {
    return false;
  }
}

export interface Origin {
  /** The step that raised. */
  readonly step: number;
  /** Whether the exception has left the thread's outermost frame. */
  readonly isUncaught: boolean;
}

/** Where the newest exception of a thread, up to this step, came from; it may have left its frames by now. */
export function originBefore(trace: Trace, step: number, thread: number): Origin | undefined {
  const last = trace.find(step + 1, 'backward', { kinds: ['exception'], thread });
  if (last === undefined) {
    return undefined;
  }
  const passedOn = trace.step(last);
  return { step: originOf(trace, passedOn).step, isUncaught: passedOn.depth === 0 };
}
