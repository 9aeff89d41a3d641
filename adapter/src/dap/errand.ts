/** What the living program still has to do for a move that the recording had no answer for. */

import type { StepCommand } from '../debuggee/debuggee';
import type { ProgramStopped } from '../debuggee/messages';
import type { Trace } from '../trace/trace';
import type { MoveName } from './move-names';

export interface Errand {
  readonly command: StepCommand;
  readonly thread: number;
  /** Frames in which it may end; undefined: in any. */
  readonly frames: ReadonlySet<number> | undefined;
}

/**
 * The rest of a move that began at step `from` and has passed the newest step. A step over, or out, that began further
 * out than where the program stands leaves the calls in between first.
 */
export function errandOf(name: MoveName, trace: Trace, from: number, thread: number): Errand {
  const frames = trace.stack(from, thread).map(({ frame }) => frame);
  const current = trace.stack(trace.length - 1, thread)[0]?.frame;
  switch (name) {
    case 'next': {
      const isThere = current === undefined || frames.includes(current);
      return { command: isThere ? 'next' : 'stepOut', thread, frames: new Set(frames) };
    }
    case 'stepOut':
      return { command: 'stepOut', thread, frames: new Set(frames.slice(1)) };
    case 'stepIn':
    case 'tick':
      return { command: 'stepIn', thread, frames: undefined };
    default:
      return { command: 'continue', thread, frames: undefined };
  }
}

/** Whether a step of the program ended in a call, or in another task, that the user's step skips: it has to go on. */
export function isUnfinished(errand: Errand, stop: ProgramStopped, trace: Trace): boolean {
  if (errand.frames === undefined || stop.reason !== 'step' || stop.thread !== errand.thread) {
    return false;
  }
  const { frame, depth } = trace.step(trace.length - 1);
  return depth > 0 && !errand.frames.has(frame);
}

/**
 * How: out of a call that was made on the way. While the frame waits for something (`await`), other tasks run, at any
 * depth, and so may the frame when its turn comes: every line is looked at.
 */
export function commandToGoOn({ frames }: Errand, trace: Trace): StepCommand {
  const [innermost] = frames ?? [];
  const last =
    innermost === undefined ? undefined : trace.find(trace.length, 'backward', { frame: innermost });
  return last !== undefined && trace.step(last).kind === 'yield' ? 'stepIn' : 'stepOut';
}

/** How the program goes on with its errand in a frame that an exception has just come to. */
export function commandAfterPassing(errand: Errand | undefined): StepCommand {
  const command = errand?.command ?? 'continue';
  return command === 'stepOut' ? 'next' : command;
}
