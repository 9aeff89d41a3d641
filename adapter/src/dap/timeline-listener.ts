/** What a timeline is made of and whom it tells: its options, and its session's side. */

import type { BreakpointsSettled, ChildStarted } from '../debuggee/messages';
import type { Trace } from '../trace/trace';
import type { StopPoints } from '../travel/stops';
import type { Report } from './report';

/** What a timeline tells its session. */
export interface TimelineListener {
  /** The cursor stands at a new place; everything said about the old one is over. */
  stopped(report: Report): void;
  /** The cursor leaves its place, and nobody has asked for it. */
  movesUnasked(thread: number): void;
  output(stream: 'stdout' | 'stderr', text: string): void;
  /** A search begins, which may take long, and can be given up. */
  searching(found: Promise<unknown>, giveUp: () => void): void;
  /** Something that the user has to know. */
  warning(text: string): void;
  /** What the program's side says: log messages, conditions that failed. */
  remark(text: string): void;
  /** An exception that nobody catches began at this step. */
  uncaught(step: number): void;
  /** An exception that left the recorded code into library code began at this step. */
  userUnhandled(step: number): void;
  /** `breakpoint()` has stopped the program at this step. */
  breakpointCalled(step: number): void;
  child(child: ChildStarted): void;
  /** Breakpoints that waited for their file have found their lines. */
  settled(settled: BreakpointsSettled): void;
  /** The program is no more; the recording stays. */
  programEnded(): void;
  /** There is nothing more to look at. */
  finished(exitCode: number | undefined): void;
}

export interface TimelineOptions {
  readonly stopAtEnd: boolean;
  readonly open: () => Trace;
  readonly points: (trace: Trace) => StopPoints;
  /** Whether steps are still added that nobody here has asked for. */
  readonly grows?: (() => boolean) | undefined;
}
