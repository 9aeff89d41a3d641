/**
 * The newest step, where the program lives: it runs on for a move that the recording had no answer for, and each of its
 * stops is judged, since many are none for the user.
 */

import type { Debuggee } from '../debuggee/debuggee';
import type { ProgramStopped } from '../debuggee/messages';
import type { Hit } from '../travel/stops';
import type { Cursor } from './cursor';
import { commandAfterPassing, errandOf, framesToLookFor, isUnfinished, orderToGoOn } from './errand';
import type { Errand } from './errand';
import { LiveWatches } from './live-watches';
import type { MoveName } from './move-names';
import { ProgramHold } from './program-hold';
import { isRaiseToStopAt, originBefore, passOn } from './raise-stops';
import { programReport } from './report';
import type { Report } from './report';
import type { TimelineOptions } from './timeline-listener';

/** What becomes of the program's stops. */
export interface HeadListener {
  /** The cursor stands still where the program has stopped. */
  settle(report: Report): void;
  /** A write, or an exception, that comes before whatever the program has stopped for. */
  settleAtHit(hit: Hit): void;
  /** The program can't be told to go on. */
  strand(thread: number, error: unknown): void;
  /** An exception that nobody catches began at this step. */
  uncaught(step: number): void;
  /** An exception that left the recorded code into library code began at this step. */
  userUnhandled(step: number): void;
  /** `breakpoint()` has stopped the program at this step. */
  breakpointCalled(step: number): void;
}

export class Head {
  readonly hold = new ProgramHold();
  /** How the program stands at its end, once it has come there. */
  atEnd: Report | undefined;
  private readonly watches = new LiveWatches();
  private errand: Errand | undefined;

  constructor(
    private readonly cursor: Cursor,
    private readonly options: TimelineOptions,
    private readonly listener: HeadListener,
  ) {}

  /** Whether the program waits, and the cursor stands at the step where it does. */
  get isWhereProgramWaits(): boolean {
    return this.hold.debuggee !== undefined && this.cursor.step === this.hold.waitsAt;
  }

  /** Lets the program do the rest of a move. */
  runOn(program: Debuggee, name: MoveName, thread: number): void {
    const errand = errandOf(name, this.cursor.trace, this.cursor.step, thread);
    this.letGo(program, thread, errand, () =>
      program.resume(errand.command, thread, framesToLookFor(errand)),
    );
  }

  /** Lets the program go on into one of the calls of the line at which it waits. */
  runInto(program: Debuggee, thread: number, target: number): void {
    this.letGo(program, thread, undefined, () => program.stepInto(thread, target));
  }

  private letGo(
    program: Debuggee,
    thread: number,
    errand: Errand | undefined,
    resume: () => Promise<void>,
  ): void {
    const { trace, passed } = this.cursor;
    const told = this.watches.begin(program, trace, this.options.points(trace), passed);
    this.errand = errand;
    this.cursor.toHead();
    told.then(resume).catch((error: unknown) => {
      if (this.hold.debuggee === program) {
        this.listener.strand(thread, error);
      }
    });
  }

  /** The program has stopped. */
  stopped(stop: ProgramStopped): void {
    const leavesAtEnd = this.hold.isTerminating && stop.reason === 'end';
    if (leavesAtEnd || !this.cursor.hasSteps()) {
      // The end is no place to stop for who asked for it. And of a program that does not even compile there is nothing
      // to look at: its end tells the rest.
      this.hold.goOn(stop.thread);
      return;
    }
    const { trace } = this.cursor;
    const newest = trace.length - 1;
    this.cursor.step = stop.step < 0 ? newest : Math.min(stop.step, newest);
    this.hold.waitsAt = this.cursor.step;
    if (stop.reason === 'breakpoint' && stop.breakpoints.length === 0) {
      this.listener.breakpointCalled(this.cursor.step);
    }
    const left = stop.hasLeft === true ? originBefore(trace, this.cursor.step, stop.thread) : undefined;
    if (left !== undefined) {
      this.listener.userUnhandled(left.step);
    }
    const points = this.options.points(trace);
    if (this.cursor.reportedAt === undefined && points.areLate === true) {
      this.watches.beginAtStart(trace, points);
    }
    if (this.watches.isOn) {
      this.lookForWrites(stop).catch((error: unknown) => this.listener.strand(stop.thread, error));
    } else {
      this.judge(stop);
    }
  }

  /** A write that a data breakpoint waits for comes before whatever the program has stopped for since. */
  private async lookForWrites(stop: ProgramStopped): Promise<void> {
    const hit = await this.watches.hit();
    const program = this.hold.debuggee;
    if (program === undefined) {
      return;
    }
    if (hit !== undefined) {
      this.errand = undefined;
      this.atEnd = stop.reason === 'end' ? programReport(stop) : this.atEnd;
      this.listener.settleAtHit(hit);
    } else if (stop.reason === 'data breakpoint') {
      await this.watches.tell(program, this.cursor.trace);
      await program.resume('carryOn', stop.thread);
    } else if (stop.reason === 'end' && !this.options.stopAtEnd) {
      await program.resume('continue', stop.thread);
    } else {
      this.judge(stop);
    }
  }

  private judge(stop: ProgramStopped): void {
    if (!this.hasToGoOn(stop) && !this.mayPassOn(stop)) {
      this.take(stop);
    }
  }

  private hasToGoOn(stop: ProgramStopped): boolean {
    const { errand } = this;
    const { trace } = this.cursor;
    const program = this.hold.debuggee;
    if (errand === undefined || program === undefined || !isUnfinished(errand, stop, trace)) {
      return false;
    }
    const { command, frames } = orderToGoOn(errand, trace);
    program
      .resume(command, stop.thread, frames)
      .catch((error: unknown) => this.listener.strand(stop.thread, error));
    return true;
  }

  /** Whether the stop is no more than an exception on its way; or that has still to be found out. */
  private mayPassOn(stop: ProgramStopped): boolean {
    const { trace } = this.cursor;
    const program = this.hold.debuggee;
    const step = trace.step(this.cursor.step);
    if (stop.reason !== 'exception' || program === undefined || step.kind !== 'exception') {
      return false;
    }
    const isWanted = isRaiseToStopAt(trace, step, this.options.points(trace));
    if (isWanted === true) {
      return false;
    }
    passOn(program, step.frame, stop.thread, isWanted, commandAfterPassing(this.errand))
      .then((hasPassed) => {
        if (!hasPassed) {
          this.take(stop);
        }
      })
      .catch((error: unknown) => this.listener.strand(stop.thread, error));
    return true;
  }

  private take(stop: ProgramStopped): void {
    this.errand = undefined;
    const report = programReport(stop);
    if (stop.reason === 'end') {
      this.atEnd = report;
    }
    if (stop.reason === 'exception' && this.wasSeenAtRaise(stop.thread)) {
      this.hold.goOn(stop.thread);
    } else {
      this.listener.settle(report);
    }
  }

  /**
   * An exception that nobody caught has left its frames by now: the cursor goes back to where it came from. When it was
   * seen there, that nobody caught it is no second stop.
   */
  private wasSeenAtRaise(thread: number): boolean {
    const { report: last, reportedAt, trace } = this.cursor;
    const origin = originBefore(trace, this.cursor.step, thread);
    if (origin !== undefined) {
      this.cursor.step = origin.step;
      if (origin.isUncaught) {
        this.listener.uncaught(origin.step);
      }
    }
    return last?.reason === 'exception' && reportedAt === this.cursor.step;
  }
}
