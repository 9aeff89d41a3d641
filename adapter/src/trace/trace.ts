/** What time travel asks of a recording: the timeline, and everything visible at one of its steps. */

import type {
  BufferLayout,
  Change,
  Contents,
  Filter,
  Frame,
  Info,
  ObjectKind,
  Output,
  Slot,
  Step,
  StepKind,
  Thread,
  Value,
  Variable,
  Write,
} from 'execorder-native';

export type {
  BufferLayout,
  Change,
  Contents,
  Filter,
  Frame,
  Info,
  ObjectKind,
  Output,
  Slot,
  Step,
  StepKind,
  Thread,
  Value,
  Variable,
  Write,
};

export type Direction = 'forward' | 'backward';

/** The slots of a frame, and what it returns, yields or raises at this very step; a coroutine's call: its asyncio task. */
export interface FrameVariables {
  readonly variables: readonly Variable[];
  readonly result: Value | undefined;
}

/**
 * One process's execution, steps `firstStep` … `length` - 1. "At step n" means: after everything recorded before step n and
 * step n itself; a `line` step is the moment before that line runs. Nothing answered for a step ever changes.
 *
 * Asking for a step outside of these throws a RangeError; asking for an object, a frame or a thread that
 * is not there at that step throws a `TraceError` with the code EXECORDER_NOT_FOUND.
 */
export interface Trace {
  /** How many steps there are so far. */
  readonly length: number;

  /** The first step that is kept: of a recording of bounded size, those before it are gone. */
  readonly firstStep: number;

  /** Looks for what a living program recorded since; true when there are new steps. */
  refresh(): boolean;

  /** Size, completeness and counts; of a recording in a file. */
  info?(): Info;

  /** What the recorder said about the run: `python`, `program`, `argv`, `error`, `stopped_by` … */
  note(key: string): string | undefined;

  step(n: number): Step;

  /** All threads that appeared in the recording; `alive` tells which of them have frames at step n. */
  threads(n: number): readonly Thread[];

  /** Innermost frame first. Without `thread`: that of the step itself. Empty when the thread has no frames then. */
  stack(n: number, thread?: number): readonly Frame[];

  /**
   * Variables in slots, arguments first and as they stand in the function's head, unbound ones included; when the
   * frame's `locals` is set, read that dict instead.
   */
  variables(n: number, thread: number, frame: number): FrameVariables;

  /** An object as it was at step n; `start` and `count` page its items. */
  contents(n: number, object: number, start?: number, count?: number): Contents;

  /** The changes of an object at or before step n, newest first. */
  history(n: number, object: number, limit: number): readonly Change[];

  /** Who wrote a slot last: the newest write that shows at step n; undefined when it was never written. */
  lastWrite(n: number, slot: Slot): Write | undefined;

  /** The nearest fitting step after or before `from`, itself left out; `from` may be -1 or `length`. */
  find(from: number, direction: Direction, filter: Filter): number | undefined;

  /** The same without blocking; aborting the signal rejects with an error whose name is AbortError. */
  findAsync(
    from: number,
    direction: Direction,
    filter: Filter,
    signal?: AbortSignal,
  ): Promise<number | undefined>;

  /** Paths of all files that ran, in order of appearance. */
  files(): readonly string[];

  /** The text of a file as it was when it ran; undefined when the recording doesn't hold it. */
  source(file: string): string | undefined;

  /** Lines of a file that hold code, ascending; empty for a file that never ran. */
  lines(file: string): readonly number[];

  /** What was printed, in order, from piece number `first` on; at most `limit` pieces. */
  output(first: number, limit: number): readonly Output[];
}

/** An error of a recording. `code` says which: EXECORDER_NOT_FOUND, EXECORDER_CORRUPT, EXECORDER_IO … */
export interface TraceError extends Error {
  readonly code: string;
}

/** Whether this is an error of a recording, and of this kind when `code` is given. */
export function isTraceError(error: unknown, code?: string): error is TraceError {
  // No `instanceof`: the addon's errors belong to the realm that loaded it, which may be another one.
  if (typeof error !== 'object' || error === null || !('code' in error) || typeof error.code !== 'string') {
    return false;
  }
  return code === undefined ? error.code.startsWith('EXECORDER_') : error.code === code;
}
