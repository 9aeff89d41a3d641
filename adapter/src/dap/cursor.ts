/** Where the user stands in the recording, and whether they stand still. */

import { UserError } from '../errors';
import type { Step, Thread, Trace } from '../trace/trace';
import { firstLine } from '../travel/visits';
import type { Passed } from '../travel/watching';
import type { Moment } from './preview';
import type { Report } from './report';

export class Cursor {
  /** The step at which it stands, or from which a search sets out. */
  step = 0;
  private opened: Trace | undefined;
  private isMoving = true;
  private settledAt: number | undefined;
  private last: Report | undefined;

  constructor(private readonly open: () => Trace) {}

  get trace(): Trace {
    this.opened ??= this.open();
    return this.opened;
  }

  /** Whether there is a recording to look into; before its first step there is none. */
  get hasTrace(): boolean {
    return this.opened !== undefined && this.opened.length > 0;
  }

  /** Looks once more whether anything is recorded. */
  hasSteps(): boolean {
    try {
      this.trace.refresh();
      return this.trace.length > 0;
    } catch {
      return false; // The program ended before it recorded anything.
    }
  }

  /** @throws UserError while the program, or a search, is running */
  get moment(): Moment & { readonly at: Step } {
    if (this.isMoving) {
      throw new UserError('The program is running: pause it first.');
    }
    return { trace: this.trace, step: this.step, at: this.trace.step(this.step) };
  }

  get isStill(): boolean {
    return !this.isMoving;
  }

  get isAtHead(): boolean {
    return this.step >= this.trace.length - 1;
  }

  get report(): Report | undefined {
    return this.last;
  }

  /** The step of the last report; undefined before the first. */
  get reportedAt(): number | undefined {
    return this.settledAt;
  }

  /** The write that the cursor stands at because it was watched. */
  get passed(): Passed | undefined {
    const because = this.settledAt === this.step ? this.last?.because : undefined;
    return because?.kind === 'data breakpoint' ? because : undefined;
  }

  /** Threads that have something to show: those at the cursor, or the last known ones while it moves. */
  threads(): readonly Thread[] {
    if (this.opened === undefined || this.opened.length === 0) {
      return [];
    }
    return this.opened.threads(this.step).filter(({ alive }) => alive);
  }

  /** This thread, if it has anything to show; else the one whose step this is: the main thread may end before others. */
  threadToShow(thread: number): number {
    const hasFrames = this.threads().some((one) => one.thread === thread);
    return hasFrames ? thread : this.trace.step(this.step).thread;
  }

  /** From now on nothing can be asked until it stands still again. */
  leave(): void {
    this.isMoving = true;
  }

  /** It stands still, for this reason. */
  settle(report: Report): void {
    this.settledAt = this.step;
    this.isMoving = false;
    this.last = report;
  }

  /**
   * Goes to a step of an old recording, to its first line by default, and stands still there.
   * @throws UserError if the recording has no such step, or no line of a program
   */
  enter(at?: number): Step {
    const first = firstLine(this.trace);
    if (first === undefined) {
      throw new UserError('The recording holds no line of a program.');
    }
    const { firstStep, length } = this.trace;
    if (at !== undefined && (at < firstStep || at >= length)) {
      throw new UserError(
        `The recording has no step ${at}: it has those from ${firstStep} to ${length - 1}.`,
      );
    }
    this.step = at ?? first.step;
    this.isMoving = false;
    return this.trace.step(this.step);
  }

  /** Goes to the first line. */
  toStart(): Step {
    this.step = firstLine(this.trace)?.step ?? 0;
    return this.trace.step(this.step);
  }

  /** Goes to the newest step. */
  toHead(): Step {
    this.step = this.trace.length - 1;
    return this.trace.step(this.step);
  }

  /** Looks whether the step at which it stands was given up, and goes to the first that is kept. */
  catchUpWithStart(): boolean {
    this.trace.refresh();
    const isGone = this.step < this.trace.firstStep;
    this.step = Math.max(this.step, this.trace.firstStep);
    return isGone;
  }

  /** Looks for steps that its thread has made while it stood still, and goes to the newest. */
  catchUp(): boolean {
    const { thread } = this.trace.step(this.step);
    const hasGoneOn = this.trace.refresh() && this.trace.step(this.trace.length - 1).thread === thread;
    if (hasGoneOn) {
      this.toHead();
    }
    return hasGoneOn;
  }
}
