/**
 * Live and past as one timeline: a cursor on the recording, and at its newest step the living program.
 *
 * Going back moves the cursor only. Going forward walks the recording up to the head; what is still to be done there
 * (run to a breakpoint, finish this frame …) is then handed to the program, in the same move.
 */

import type { Debuggee, DebuggeeListener } from '../debuggee/debuggee';
import type { BreakpointsSettled, ChildStarted, ProgramStopped } from '../debuggee/messages';
import type { Ending } from '../debuggee/process';
import { messageOf } from '../errors';
import type { Step, Trace } from '../trace/trace';
import type { Hit, Stop } from '../travel/stops';
import { Cursor } from './cursor';
import { commandAfterPassing, errandOf, framesToLookFor, isUnfinished, orderToGoOn } from './errand';
import type { Errand } from './errand';
import { LiveWatches } from './live-watches';
import { newSteps } from './growth';
import { isForward, MOVES } from './move-names';
import type { MoveName } from './move-names';
import type { Moment } from './preview';
import { ProgramHold } from './program-hold';
import { isRaiseToStopAt, originBefore, passOn } from './raise-stops';
import { endReport, programReport, startReport } from './report';
import type { Report } from './report';
import type { TimelineListener, TimelineOptions } from './timeline-listener';

export class Timeline implements DebuggeeListener {
  readonly cursor: Cursor;
  private readonly hold = new ProgramHold();
  private readonly watches = new LiveWatches();
  private search: AbortController | undefined;
  private errand: Errand | undefined;
  private atEnd: Report | undefined;
  private isDisposed = false;

  constructor(
    private readonly options: TimelineOptions,
    private readonly listener: TimelineListener,
  ) {
    this.cursor = new Cursor(options.open);
  }

  /** The program that is being recorded, while it lives. */
  get program(): Debuggee | undefined {
    return this.hold.debuggee;
  }

  set program(debuggee: Debuggee | undefined) {
    this.hold.debuggee = debuggee;
  }

  /** The living program, if it can be asked at this moment: it waits, and the cursor stands at the head. */
  get programAtHead(): Debuggee | undefined {
    return this.cursor.isStill && (this.cursor.isAtHead || this.isWhereProgramWaits)
      ? this.program
      : undefined;
  }

  private get isWhereProgramWaits(): boolean {
    return this.program !== undefined && this.cursor.step === this.hold.waitsAt;
  }

  /** The number under which the program knows a frame: at its end all have ended, and the main module's globals stay. */
  livingFrame(frame: number): number {
    return this.atEnd === undefined ? frame : 0;
  }

  /** The recording, if anything is in it yet. */
  openTrace(): Trace | undefined {
    return !this.isDisposed && this.cursor.hasSteps() ? this.trace : undefined;
  }

  get trace(): Trace {
    return this.cursor.trace;
  }

  /**
   * Where the cursor stands.
   * @throws UserError while the program is running
   */
  get moment(): Moment & { readonly at: Step } {
    return this.cursor.moment;
  }

  /** Begins in an old recording: at this step, else at its first line, or wherever it stops from there. */
  enter(stopOnEntry: boolean, at?: number): void {
    const step = this.cursor.enter(at);
    if (at !== undefined) {
      this.settle({ reason: 'goto', thread: step.thread });
    } else if (stopOnEntry) {
      this.settle(startReport(step));
    } else {
      this.move('continue', step.thread, step.step - 1)(); // The first line may have a breakpoint, too.
    }
  }

  /**
   * Prepares a move; the answer starts it. From now on nothing can be asked until the cursor stands still again.
   * @throws UserError while the program is running
   */
  move(name: MoveName, thread: number, from = this.origin(name)): () => void {
    const { trace } = this.moment;
    const search = this.beginSearch();
    return () => {
      const points = this.options.points(trace);
      const { passed } = this.cursor;
      const { signal } = search;
      const found = MOVES[name]({ trace, from, thread, points, passed, signal });
      this.listener.searching(found, () => search.abort());
      found
        .then((stop) => this.arrive(name, thread, stop))
        .catch((error: unknown) => this.strand(thread, error));
    };
  }

  /** Where a move sets out. What other threads did while the program stopped is no part of its way on. */
  private origin(name: MoveName): number {
    const { trace, step } = this.moment;
    return this.isWhereProgramWaits && isForward(name) ? trace.length - 1 : step;
  }

  /** Sets the cursor; the answer makes it known. */
  goTo(step: number, reason: 'goto' | 'step' | 'restart'): () => void {
    const { trace } = this.moment;
    this.cursor.step = step;
    return () => this.settle({ reason, thread: trace.step(step).thread });
  }

  /** Stops a search, or the living program at its next step. */
  pause(): void {
    if (this.cursor.isStill) {
      return;
    }
    if (this.search !== undefined) {
      this.search.abort();
    } else {
      // A program that waits for something answers at its next step, which may be long in coming.
      this.program?.pause().catch(() => undefined);
    }
  }

  /** Asks the program to end; a second time, it has to. */
  terminate(): void {
    this.search?.abort();
    if (this.program === undefined) {
      this.listener.finished(undefined);
    }
    this.hold.terminate(this.atEnd?.thread);
  }

  /** Lets go of the program: it runs on, and nothing stops it any more. */
  detach(): void {
    this.hold.detach();
    this.dispose();
  }

  /** Lets the program end by itself, so that its recording is complete; not for longer than this. */
  async leave(timeoutMs: number): Promise<void> {
    if (this.program !== undefined && !this.isDisposed) {
      this.search?.abort();
      await this.hold.leave(timeoutMs, this.atEnd?.thread);
    }
  }

  dispose(): void {
    this.isDisposed = true;
    this.search?.abort();
    this.hold.dispose();
  }

  // ---- what the program tells ----

  stopped(stop: ProgramStopped): void {
    this.search = undefined;
    if (this.isDisposed) {
      return;
    }
    const leavesAtEnd = this.hold.isTerminating && stop.reason === 'end';
    if (leavesAtEnd || !this.cursor.hasSteps()) {
      // The end is no place to stop for who asked for it. And of a program that does not even compile there is nothing
      // to look at: its end tells the rest.
      this.hold.goOn(stop.thread);
      return;
    }
    this.cursor.step = Math.min(stop.step, this.trace.length - 1);
    this.hold.waitsAt = this.cursor.step;
    const points = this.options.points(this.trace);
    if (this.cursor.reportedAt === undefined && points.areLate === true) {
      this.watches.beginAtStart(this.trace, points);
    }
    if (this.watches.isOn) {
      this.lookForWrites(stop).catch((error: unknown) => this.strand(stop.thread, error));
    } else {
      this.judge(stop);
    }
  }

  /** A write that a data breakpoint waits for comes before whatever the program has stopped for since. */
  private async lookForWrites(stop: ProgramStopped): Promise<void> {
    const hit = await this.watches.hit();
    const { program } = this;
    if (this.isDisposed || program === undefined) {
      return;
    }
    if (hit !== undefined) {
      this.errand = undefined;
      this.atEnd = stop.reason === 'end' ? programReport(stop) : this.atEnd;
      this.settleAtHit(hit, hit.step.thread);
    } else if (stop.reason === 'data breakpoint') {
      await this.watches.tell(program, this.trace);
      await program.resume('carryOn', stop.thread);
    } else if (stop.reason === 'end' && !this.options.stopAtEnd) {
      await program.resume('continue', stop.thread);
    } else {
      this.judge(stop);
    }
  }

  private judge(stop: ProgramStopped): void {
    if (this.hasToGoOn(stop) || this.mayPassOn(stop)) {
      return;
    }
    this.take(stop);
  }

  private take(stop: ProgramStopped): void {
    this.errand = undefined;
    const report = programReport(stop);
    if (stop.reason === 'end') {
      this.atEnd = report;
    }
    if (stop.reason === 'exception') {
      const { report: last, reportedAt } = this.cursor;
      this.goToRaise(stop.thread);
      if (last?.reason === 'exception' && reportedAt === this.cursor.step) {
        // It was seen where it was raised; that nobody caught it is no second stop.
        this.hold.goOn(stop.thread);
        return;
      }
    }
    this.settle(report);
  }

  continued(): void {
    this.hold.waitsAt = undefined;
    this.cursor.leave();
  }

  warning(text: string): void {
    this.listener.remark(text);
  }

  child(child: ChildStarted): void {
    this.listener.child(child);
  }

  settled(settled: BreakpointsSettled): void {
    this.listener.settled(settled);
  }

  output(stream: 'stdout' | 'stderr', text: string): void {
    this.listener.output(stream, text);
  }

  ended(ending: Ending): void {
    if (this.isDisposed) {
      return;
    }
    this.hold.lose();
    this.listener.programEnded();
    const showsEnd = this.options.stopAtEnd && !this.hold.isTerminating && this.cursor.hasSteps();
    if (!showsEnd) {
      this.listener.finished(ending.code);
      return;
    }
    const thread = this.trace.step(this.trace.length - 1).thread;
    this.atEnd = endReport(thread, ending);
    if (!this.cursor.isStill && this.search === undefined) {
      this.settleAtEnd();
    }
  }

  // ---- arriving ----

  private beginSearch(): AbortController {
    this.cursor.leave();
    this.search = new AbortController();
    return this.search;
  }

  private arrive(name: MoveName, thread: number, stop: Stop): void {
    this.search = undefined;
    if (this.isDisposed) {
      return;
    }
    switch (stop.kind) {
      case 'step':
        this.settleAtHit(stop, stop.because.kind === 'move' ? thread : stop.step.thread);
        break;
      case 'start':
        this.settle(startReport(this.cursor.toStart()));
        break;
      case 'head':
        if (this.options.grows?.() === true) {
          this.follow(this.options.grows, name, thread);
        } else if (this.program === undefined || this.atEnd !== undefined) {
          this.arriveAtEnd();
        } else {
          this.runOn(this.program, name, thread);
        }
    }
  }

  /** The recording ends here for now: the move goes on as steps are added. */
  private follow(grows: () => boolean, name: MoveName, thread: number): void {
    const { trace } = this;
    const search = this.beginSearch();
    if (name === 'continue') {
      this.cursor.toHead(); // What was passed is passed.
    }
    const move = {
      trace,
      from: this.cursor.step,
      thread,
      points: this.options.points(trace),
      signal: search.signal,
    };
    newSteps(trace, grows, search.signal)
      .then((grew): Stop | Promise<Stop> => (grew ? MOVES[name](move) : { kind: 'head' }))
      .then((stop) => this.arrive(name, thread, stop))
      .catch((error: unknown) => this.strand(thread, error));
  }

  /** A search that was given up, or that failed: the cursor stays where it was. */
  private strand(thread: number, error: unknown): void {
    this.search = undefined;
    if (this.isDisposed) {
      return;
    }
    if (!(error instanceof Error && error.name === 'AbortError')) {
      this.listener.warning(messageOf(error));
    }
    this.settle({ reason: 'pause', thread });
  }

  /** What the recording had no answer for is up to the program. */
  private runOn(debuggee: Debuggee, name: MoveName, thread: number): void {
    const errand = errandOf(name, this.trace, this.cursor.step, thread);
    const points = this.options.points(this.trace);
    const told = this.watches.begin(debuggee, this.trace, points, this.cursor.passed);
    this.errand = errand;
    this.cursor.toHead();
    told
      .then(() => debuggee.resume(errand.command, thread, framesToLookFor(errand)))
      .catch((error: unknown) => {
        if (this.program === debuggee) {
          this.strand(thread, error);
        }
      });
  }

  private hasToGoOn(stop: ProgramStopped): boolean {
    const { errand, program } = this;
    if (errand === undefined || program === undefined || !isUnfinished(errand, stop, this.trace)) {
      return false;
    }
    const { command, frames } = orderToGoOn(errand, this.trace);
    program.resume(command, stop.thread, frames).catch((error: unknown) => this.strand(stop.thread, error));
    return true;
  }

  /** Whether the stop is no more than an exception on its way; or that has still to be found out. */
  private mayPassOn(stop: ProgramStopped): boolean {
    const { program } = this;
    const step = this.trace.step(this.cursor.step);
    if (stop.reason !== 'exception' || program === undefined || step.kind !== 'exception') {
      return false;
    }
    const isWanted = isRaiseToStopAt(this.trace, step, this.options.points(this.trace));
    if (isWanted === true) {
      return false;
    }
    passOn(program, step.frame, stop.thread, isWanted, commandAfterPassing(this.errand))
      .then((hasPassed) => {
        if (!hasPassed) {
          this.take(stop);
        }
      })
      .catch((error: unknown) => this.strand(stop.thread, error));
    return true;
  }

  /** An exception that nobody caught has left its frames by now: the cursor goes back to where it came from. */
  private goToRaise(thread: number): void {
    const origin = originBefore(this.trace, this.cursor.step, thread);
    if (origin !== undefined) {
      this.cursor.step = origin.step;
      if (origin.isUncaught) {
        this.listener.uncaught(origin.step);
      }
    }
  }

  private arriveAtEnd(): void {
    if (this.program !== undefined && !this.options.stopAtEnd) {
      const { thread } = this.trace.step(this.trace.length - 1);
      this.program.resume('continue', thread).catch((error: unknown) => this.strand(thread, error));
    } else {
      this.settleAtEnd();
    }
  }

  private settleAtEnd(): void {
    this.trace.refresh();
    const { thread } = this.cursor.toHead();
    this.settle(this.atEnd ?? endReport(thread));
  }

  private settleAtHit({ step, because }: Hit, thread: number): void {
    this.cursor.step = step.step;
    this.settle({ reason: because.kind === 'move' ? 'step' : because.kind, thread, because });
  }

  private settle(report: Report): void {
    this.cursor.settle(report);
    this.listener.stopped(report);
  }
}
