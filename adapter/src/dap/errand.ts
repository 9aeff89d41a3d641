/** What the living program still has to do for a move that the recording had no answer for. */

import type { StepCommand } from '../debuggee/debuggee';
import type { ProgramStopped } from '../debuggee/messages';
import type { Trace } from '../trace/trace';
import { awaiters, taskFrames } from '../travel/tasks';
import type { MoveName } from './move-names';

export interface Errand {
  readonly command: StepCommand;
  readonly thread: number;
  /** Frames in which it may end; undefined: in any. */
  readonly frames: ReadonlySet<number> | undefined;
  /** Some of them await the task that moves: they may go on at any depth, when it is over. */
  readonly isAwaited?: boolean;
  /** The frame that a step out leaves: a line of it is no end, not even in the outermost frame. */
  readonly leaves?: number | undefined;
}

/**
 * The rest of a move that began at step `from` and has passed the newest step. A step over, or out, that began further
 * out than where the program stands leaves the calls in between first.
 */
export function errandOf(name: MoveName, trace: Trace, from: number, thread: number): Errand {
  const frames = trace.stack(from, thread).map(({ frame }) => frame);
  const task = taskFrames(trace, from, thread);
  const awaiting = task.length === 0 ? [] : awaitingFrames(trace, from, thread);
  const isAwaited = awaiting.length > 0;
  const current = trace.stack(trace.length - 1, thread)[0]?.frame;
  switch (name) {
    case 'next': {
      const isThere = current === undefined || frames.includes(current);
      const wanted = new Set([...frames, ...awaiting]);
      return { command: isThere ? 'next' : 'stepOut', thread, frames: wanted, isAwaited };
    }
    case 'stepOut': {
      const wanted = new Set([...frames.slice(1), ...awaiting]);
      const leavesTask = isAwaited && task.length === 1;
      const command = leavesTask ? 'stepIn' : 'stepOut';
      return { command, thread, frames: wanted, isAwaited, leaves: frames[0] };
    }
    case 'stepIn':
    case 'tick':
      return { command: 'stepIn', thread, frames: undefined };
    default:
      return { command: 'continue', thread, frames: undefined };
  }
}

/** When a task is over, whoever awaits it goes on. */
function awaitingFrames(trace: Trace, from: number, thread: number): number[] {
  const [awaiter] = awaiters(trace, from, thread);
  return awaiter?.relation === 'awaits' ? awaiter.frames.map(({ frame }) => frame) : [];
}

/** Whether a step of the program ended in a call, or in another task, that the user's step skips: it has to go on. */
export function isUnfinished(errand: Errand, stop: ProgramStopped, trace: Trace): boolean {
  if (errand.frames === undefined || stop.reason !== 'step' || stop.thread !== errand.thread) {
    return false;
  }
  // The newest step may be another thread's.
  const { frame, depth } = trace.step(Math.min(stop.step, trace.length - 1));
  return (depth > 0 || frame === errand.leaves) && !errand.frames.has(frame);
}

/** How it goes on. */
export interface Order {
  readonly command: StepCommand;
  readonly frames?: readonly number[];
}

/**
 * Out of a call that was made on the way. While the frame waits for something (`await`), other tasks run, at any depth,
 * and so may the frame when its turn comes: the program looks at every line until then.
 */
export function orderToGoOn({ frames = new Set(), isAwaited }: Errand, trace: Trace): Order {
  const [innermost] = frames;
  const last =
    innermost === undefined ? undefined : trace.find(trace.length, 'backward', { frame: innermost });
  const waits = last !== undefined && trace.step(last).kind === 'yield';
  return waits || isAwaited === true ? { command: 'stepIn', frames: [...frames] } : { command: 'stepOut' };
}

/** The frames that a step in goes on to. */
export function framesToLookFor({ command, frames }: Errand): number[] | undefined {
  return command === 'stepIn' && frames !== undefined ? [...frames] : undefined;
}

/** How the program goes on with its errand in a frame that an exception has just come to. */
export function commandAfterPassing(errand: Errand | undefined): StepCommand {
  const command = errand?.command ?? 'continue';
  return command === 'stepOut' ? 'next' : command;
}
