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
import { exitCodeOf } from '../interpreter/exit-code';
import type { Step, Trace } from '../trace/trace';
import type { Hit, Stop } from '../travel/stops';
import { Cursor } from './cursor';
import { newSteps } from './growth';
import { Head } from './head';
import { isForward, MOVES } from './move-names';
import type { MoveName } from './move-names';
import type { Moment } from './preview';
import { endReport, startReport } from './report';
import type { Report } from './report';
import type { TimelineListener, TimelineOptions } from './timeline-listener';

/** A search that fails before it begins is one that fails. */
async function attempted(search: () => Promise<Stop>): Promise<Stop> {
  return search();
}

/** So long after a request to pause, one wants to know why the program does not stop. */
const LATE_MS = 1000;
const BUSY = 'The program waits, or runs code that is not recorded: it stops at its next recorded line.';

export class Timeline implements DebuggeeListener {
  readonly cursor: Cursor;
  private readonly head: Head;
  private search: AbortController | undefined;
  private isDisposed = false;

  constructor(
    private readonly options: TimelineOptions,
    private readonly listener: TimelineListener,
  ) {
    this.cursor = new Cursor(options.open);
    this.head = new Head(this.cursor, options, {
      settle: (report) => this.settle(report),
      settleAtHit: (hit) => this.settleAtHit(hit),
      strand: (thread, error) => this.strand(thread, error),
      uncaught: (step) => listener.uncaught(step),
      userUnhandled: (step) => listener.userUnhandled(step),
      breakpointCalled: (step) => listener.breakpointCalled(step),
    });
  }

  /** The program that is being recorded, while it lives. */
  get program(): Debuggee | undefined {
    return this.head.hold.debuggee;
  }

  set program(debuggee: Debuggee | undefined) {
    this.head.hold.debuggee = debuggee;
  }

  /** The living program, if it can be asked at this moment: it waits, and the cursor stands at the head. */
  get programAtHead(): Debuggee | undefined {
    return this.cursor.isStill && (this.cursor.isAtHead || this.head.isWhereProgramWaits)
      ? this.program
      : undefined;
  }

  /** The number under which the program knows a frame: at its end all have ended, and the main module's globals stay. */
  livingFrame(frame: number): number {
    return this.head.atEnd === undefined ? frame : 0;
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
      this.settle(startReport(step, this.trace.firstStep));
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
      const found = attempted(() => MOVES[name]({ trace, from, thread, points, passed, signal }));
      this.listener.searching(found, () => search.abort());
      found
        .then((stop) => this.arrive(name, thread, stop))
        .catch((error: unknown) => this.strand(thread, error));
    };
  }

  /** Where a move sets out. What other threads did while the program stopped is no part of its way on. */
  private origin(name: MoveName): number {
    const { trace, step, at } = this.moment;
    const isAfterAll = this.cursor.report?.reason === 'end' && at.kind === 'exception';
    if (isAfterAll && name === 'reverseContinue') {
      return trace.length; // The exception that ended the program lies behind its end.
    }
    return this.head.isWhereProgramWaits && isForward(name) ? trace.length - 1 : step;
  }

  /** Into one of the calls that the living program's line is about to make. */
  stepInto(program: Debuggee, thread: number, target: number): () => void {
    this.cursor.leave();
    return () => this.head.runInto(program, thread, target);
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
      this.pauseProgram(this.program);
    }
  }

  /** It stops at its next step, which may be long in coming. */
  private pauseProgram(program: Debuggee | undefined): void {
    const late = setTimeout(() => this.listener.remark(BUSY), LATE_MS);
    const done = (): void => clearTimeout(late);
    (program?.pause() ?? Promise.resolve()).then(done, done);
  }

  /** Asks the program to end; a second time, it has to. */
  terminate(): void {
    this.search?.abort();
    if (this.program === undefined) {
      this.listener.finished(undefined);
    }
    this.head.hold.terminate(this.head.atEnd?.thread);
  }

  /** Lets go of the program: it runs on, and nothing stops it any more. */
  detach(): void {
    this.head.hold.detach();
    this.dispose();
  }

  /** Lets the program end by itself, so that its recording is complete; not for longer than this. */
  async leave(timeoutMs: number): Promise<void> {
    if (this.program !== undefined && !this.isDisposed) {
      this.search?.abort();
      await this.head.hold.leave(timeoutMs, this.head.atEnd?.thread);
    }
  }

  dispose(): void {
    this.isDisposed = true;
    this.search?.abort();
    this.head.hold.dispose();
  }

  // ---- what the program tells ----

  stopped(stop: ProgramStopped): void {
    this.search = undefined;
    if (this.isDisposed) {
      return;
    }
    try {
      this.head.stopped(stop);
    } catch (error) {
      this.strand(stop.thread, error); // Whatever is wrong with the recording: the program waits, and the user as well.
    }
  }

  continued(): void {
    this.head.hold.waitsAt = undefined;
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
    this.head.hold.lose();
    this.listener.programEnded();
    const showsEnd = this.options.stopAtEnd && !this.head.hold.isTerminating && this.cursor.hasSteps();
    if (!showsEnd) {
      this.listener.finished(exitCodeOf(ending.code, ending.signal));
      return;
    }
    const thread = this.trace.step(this.trace.length - 1).thread;
    this.head.atEnd = endReport(thread, ending);
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
        this.settle(startReport(this.cursor.toStart(), this.trace.firstStep));
        break;
      case 'head':
        if (this.options.grows?.() === true) {
          this.follow(this.options.grows, name, thread);
        } else if (this.program === undefined || this.head.atEnd !== undefined) {
          this.arriveAtEnd();
        } else {
          this.head.runOn(this.program, name, thread); // The recording had no answer.
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
    if (this.cursor.catchUpWithStart()) {
      this.settle(startReport(this.cursor.toStart(), this.trace.firstStep));
      return;
    }
    if (!(error instanceof Error && error.name === 'AbortError')) {
      this.listener.warning(messageOf(error));
    }
    this.settle({ reason: 'pause', thread });
  }

  /** A recording that others write and bound may have given up the step at which the cursor stands. */
  keepUp(): void {
    if (this.cursor.isStill && this.cursor.catchUpWithStart()) {
      const report = startReport(this.cursor.toStart(), this.trace.firstStep);
      this.listener.movesUnasked(report.thread);
      this.settle(report);
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
    this.settle(this.head.atEnd ?? endReport(thread));
  }

  private settleAtHit({ step, because }: Hit, thread = step.thread): void {
    this.cursor.step = step.step;
    this.settle({ reason: because.kind === 'move' ? 'step' : because.kind, thread, because });
  }

  private settle(report: Report): void {
    const shown = { ...report, thread: this.cursor.threadToShow(report.thread) };
    this.cursor.settle(shown);
    this.listener.stopped(shown);
  }
}
