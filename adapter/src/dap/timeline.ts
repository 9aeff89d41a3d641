/**
 * Live and past as one timeline: a cursor on the recording, and at its newest step the living program.
 *
 * Going back moves the cursor only. Going forward walks the recording up to the head; what is still to be done there
 * (run to a breakpoint, finish this frame …) is then handed to the program, in the same move.
 */

import type { Debuggee, DebuggeeListener } from '../debuggee/debuggee';
import type { ChildStarted, ProgramStopped } from '../debuggee/messages';
import type { Ending } from '../debuggee/process';
import { messageOf, UserError } from '../errors';
import type { Step, Thread, Trace } from '../trace/trace';
import type { Stop, StopPoints } from '../travel/stops';
import { isRaise, originOf } from '../travel/raises';
import { firstLine } from '../travel/visits';
import type { Passed } from '../travel/watching';
import { commandAfterPassing, commandToGoOn, errandOf, isUnfinished } from './errand';
import type { Errand } from './errand';
import { LiveWatches } from './live-watches';
import { newSteps } from './growth';
import { MOVES } from './move-names';
import type { MoveName } from './move-names';
import type { Moment } from './preview';
import { endReport, programReport, startReport } from './report';
import type { Report } from './report';

/** What a timeline tells its session. */
export interface TimelineListener {
  /** The cursor stands at a new place; everything said about the old one is over. */
  stopped(report: Report): void;
  output(stream: 'stdout' | 'stderr', text: string): void;
  /** A search begins, which may take long, and can be given up. */
  searching(found: Promise<unknown>, giveUp: () => void): void;
  /** Something that the user has to know. */
  warning(text: string): void;
  /** What the program's side says: log messages, conditions that failed. */
  remark(text: string): void;
  /** An exception that nobody catches began at this step. */
  uncaught(step: number): void;
  child(child: ChildStarted): void;
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

export class Timeline implements DebuggeeListener {
  private debuggee: Debuggee | undefined;
  private opened: Trace | undefined;
  private state: 'running' | 'stopped' = 'running';
  private cursor = 0;
  /** Where the last report was made. */
  private settledAt: number | undefined;
  private search: AbortController | undefined;
  private errand: Errand | undefined;
  private readonly watches = new LiveWatches();
  private atEnd: Report | undefined;
  private isTerminating = false;
  private isDisposed = false;
  private lastReport: Report | undefined;
  private onGone: () => void = () => undefined;

  constructor(
    private readonly options: TimelineOptions,
    private readonly listener: TimelineListener,
  ) {}

  /** The program that is being recorded, while it lives. */
  get program(): Debuggee | undefined {
    return this.debuggee;
  }

  set program(debuggee: Debuggee | undefined) {
    this.debuggee = debuggee;
  }

  /** The living program, if it can be asked at this moment: it waits, and the cursor stands at the head. */
  get programAtHead(): Debuggee | undefined {
    return this.state === 'stopped' && this.isAtHead ? this.debuggee : undefined;
  }

  /** The number under which the program knows a frame: at its end all have ended, and the main module's globals stay. */
  livingFrame(frame: number): number {
    return this.atEnd === undefined ? frame : 0;
  }

  get isAlive(): boolean {
    return this.debuggee !== undefined;
  }

  get report(): Report | undefined {
    return this.lastReport;
  }

  /** Whether there is a recording to look into; before its first step there is none. */
  get hasTrace(): boolean {
    return this.opened !== undefined && this.opened.length > 0;
  }

  /** The recording, if anything is in it yet. */
  openTrace(): Trace | undefined {
    return !this.isDisposed && this.hasSteps() ? this.trace : undefined;
  }

  get trace(): Trace {
    this.opened ??= this.options.open();
    return this.opened;
  }

  /** Where the cursor stands. */
  get moment(): Moment & { readonly at: Step } {
    if (this.state === 'running') {
      throw new UserError('The program is running: pause it first.');
    }
    return { trace: this.trace, step: this.cursor, at: this.trace.step(this.cursor) };
  }

  get isStopped(): boolean {
    return this.state === 'stopped';
  }

  /** Threads that have something to show: those at the cursor, or the last known ones while the program runs. */
  threads(): readonly Thread[] {
    if (this.opened === undefined || this.opened.length === 0) {
      return [];
    }
    return this.opened.threads(this.cursor).filter(({ alive }) => alive);
  }

  /** Begins at the first line of an old recording. */
  enter(stopOnEntry: boolean, at?: number): void {
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
    this.cursor = at ?? first.step;
    if (at !== undefined) {
      this.settle({ reason: 'goto', thread: this.trace.step(at).thread });
    } else if (stopOnEntry) {
      this.settle(startReport(first));
    } else {
      this.state = 'stopped';
      this.move('continue', first.thread)();
    }
  }

  /**
   * Prepares a move; the answer starts it. From now on nothing can be asked until the cursor stands still again.
   * @throws UserError while the program is running
   */
  move(name: MoveName, thread: number): () => void {
    const { trace, step } = this.moment;
    this.state = 'running';
    const search = new AbortController();
    this.search = search;
    return () => {
      const points = this.options.points(trace);
      const { signal } = search;
      const found = MOVES[name]({ trace, from: step, thread, points, passed: this.passed, signal });
      this.listener.searching(found, () => search.abort());
      found
        .then((stop) => this.arrive(name, thread, stop))
        .catch((error: unknown) => this.strand(thread, error));
    };
  }

  /** Sets the cursor; the answer makes it known. */
  goTo(step: number, reason: 'goto' | 'step' | 'restart'): () => void {
    const { trace } = this.moment;
    this.cursor = step;
    return () => this.settle({ reason, thread: trace.step(step).thread });
  }

  /** Stops a search, or the living program at its next step. */
  pause(): void {
    if (this.state === 'stopped') {
      return;
    }
    if (this.search !== undefined) {
      this.search.abort();
    } else {
      // A program that waits for something answers at its next step, which may be long in coming.
      this.debuggee?.pause().catch(() => undefined);
    }
  }

  /** Asks the program to end; a second time, it has to. */
  terminate(): void {
    const { debuggee } = this;
    this.search?.abort();
    if (debuggee === undefined) {
      this.listener.finished(undefined);
    } else if (this.isTerminating) {
      debuggee.kill();
    } else if (this.atEnd !== undefined) {
      debuggee.resume('continue', this.atEnd.thread).catch(() => undefined);
    } else {
      debuggee.terminate().catch(() => undefined);
    }
    this.isTerminating = true;
  }

  /** Lets go of the program: it runs on, and nothing stops it any more. */
  detach(): void {
    this.debuggee?.detach();
    this.debuggee = undefined;
    this.dispose();
  }

  /** Lets the program end by itself, so that its recording is complete; not for longer than this. */
  async leave(timeoutMs: number): Promise<void> {
    if (this.debuggee === undefined || this.isDisposed) {
      return;
    }
    const gone = new Promise<void>((resolve) => {
      this.onGone = resolve;
    });
    this.terminate();
    const timer = setTimeout(() => this.onGone(), timeoutMs);
    await gone;
    clearTimeout(timer);
  }

  /** Looks for steps that a living program made while it stood still, and goes to the newest. */
  catchUp(): boolean {
    const grew = this.trace.refresh();
    if (grew) {
      this.cursor = this.trace.length - 1;
    }
    return grew;
  }

  dispose(): void {
    this.isDisposed = true;
    this.search?.abort();
    if (this.debuggee?.isOurs === true) {
      this.debuggee.kill();
    } else {
      this.debuggee?.detach();
    }
    this.debuggee = undefined;
  }

  // ---- what the program tells ----

  stopped(stop: ProgramStopped): void {
    this.search = undefined;
    if (this.isDisposed || this.leavesAtEnd(stop)) {
      return;
    }
    if (!this.hasSteps()) {
      // It does not even compile: there is nothing to look at, and its end tells the rest.
      this.debuggee?.resume('continue', stop.thread).catch(() => undefined);
      return;
    }
    this.cursor = Math.min(stop.step, this.trace.length - 1);
    const points = this.options.points(this.trace);
    if (this.settledAt === undefined && points.areLate === true) {
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
    if (this.isDisposed || this.debuggee === undefined) {
      return;
    }
    if (hit !== undefined) {
      this.errand = undefined;
      this.atEnd = stop.reason === 'end' ? programReport(stop) : this.atEnd;
      this.cursor = hit.step.step;
      const { because } = hit;
      const reason = because.kind === 'move' ? 'step' : because.kind;
      this.settle({ reason, thread: hit.step.thread, because });
    } else if (stop.reason === 'data breakpoint') {
      await this.watches.tell(this.debuggee, this.trace);
      await this.debuggee.resume('carryOn', stop.thread);
    } else if (stop.reason === 'end' && !this.options.stopAtEnd) {
      await this.debuggee.resume('continue', stop.thread);
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
      const shown = this.lastReport?.reason === 'exception' ? this.settledAt : undefined;
      this.goToRaise(stop.thread);
      if (shown === this.cursor) {
        // It was seen where it was raised; that nobody caught it is no second stop.
        this.debuggee?.resume('continue', stop.thread).catch(() => undefined);
        return;
      }
    }
    this.settle(report);
  }

  continued(): void {
    this.state = 'running';
  }

  warning(text: string): void {
    this.listener.remark(text);
  }

  child(child: ChildStarted): void {
    this.listener.child(child);
  }

  output(stream: 'stdout' | 'stderr', text: string): void {
    this.listener.output(stream, text);
  }

  ended(ending: Ending): void {
    if (this.isDisposed) {
      return;
    }
    this.debuggee = undefined;
    this.onGone();
    this.listener.programEnded();
    const showsEnd = this.options.stopAtEnd && !this.isTerminating && this.hasSteps();
    if (!showsEnd) {
      this.listener.finished(ending.code);
      return;
    }
    const thread = this.trace.step(this.trace.length - 1).thread;
    this.atEnd = endReport(thread, ending);
    if (this.state === 'running' && this.search === undefined) {
      this.settleAtEnd();
    }
  }

  // ---- arriving ----

  /** The write that the cursor stands at because it was watched. */
  private get passed(): Passed | undefined {
    const because = this.settledAt === this.cursor ? this.lastReport?.because : undefined;
    return because?.kind === 'data breakpoint' ? because : undefined;
  }

  private arrive(name: MoveName, thread: number, stop: Stop): void {
    this.search = undefined;
    if (this.isDisposed) {
      return;
    }
    switch (stop.kind) {
      case 'step':
        this.cursor = stop.step.step;
        this.settle({
          reason: stop.because.kind === 'move' ? 'step' : stop.because.kind,
          thread: stop.because.kind === 'move' ? thread : stop.step.thread,
          because: stop.because,
        });
        break;
      case 'start': {
        const first = firstLine(this.trace);
        this.cursor = first?.step ?? 0;
        this.settle(startReport(this.trace.step(this.cursor)));
        break;
      }
      case 'head':
        if (this.options.grows?.() === true) {
          this.follow(this.options.grows, name, thread);
        } else if (this.debuggee === undefined || this.atEnd !== undefined) {
          this.arriveAtEnd();
        } else {
          this.runOn(this.debuggee, name, thread);
        }
    }
  }

  /** The recording ends here for now: the move goes on as steps are added. */
  private follow(grows: () => boolean, name: MoveName, thread: number): void {
    const { trace } = this;
    const search = new AbortController();
    this.search = search;
    this.state = 'running';
    if (name === 'continue') {
      this.cursor = trace.length - 1; // What was passed is passed.
    }
    const move = {
      trace,
      from: this.cursor,
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
    const wasAborted = error instanceof Error && error.name === 'AbortError';
    if (!wasAborted) {
      this.listener.warning(messageOf(error));
    }
    this.settle({ reason: 'pause', thread });
  }

  /** What the recording had no answer for is up to the program. */
  private runOn(debuggee: Debuggee, name: MoveName, thread: number): void {
    const errand = errandOf(name, this.trace, this.cursor, thread);
    const points = this.options.points(this.trace);
    const told = this.watches.begin(debuggee, this.trace, points, this.passed);
    this.errand = errand;
    this.cursor = this.trace.length - 1;
    told
      .then(() => debuggee.resume(errand.command, thread))
      .catch((error: unknown) => {
        if (this.debuggee === debuggee) {
          this.strand(thread, error);
        }
      });
  }

  private hasToGoOn(stop: ProgramStopped): boolean {
    if (
      this.errand === undefined ||
      this.debuggee === undefined ||
      !isUnfinished(this.errand, stop, this.trace)
    ) {
      return false;
    }
    const command = commandToGoOn(this.errand, this.trace);
    this.debuggee.resume(command, stop.thread).catch((error: unknown) => this.strand(stop.thread, error));
    return true;
  }

  /**
   * An exception is interesting where it is raised and where nobody catches it, not in each frame that it passes. Where
   * it passes, the frame is still alive; of an uncaught one, nothing is.
   */
  private mayPassOn(stop: ProgramStopped): boolean {
    const debuggee = this.debuggee;
    const step = this.trace.step(this.cursor);
    if (stop.reason !== 'exception' || debuggee === undefined || step.kind !== 'exception') {
      return false;
    }
    const points = this.options.points(this.trace);
    const cause = points.exceptions && isRaise(this.trace, step) ? points.stopsAt(step) : undefined;
    const isWanted = isRaise(this.trace, step) && (!points.exceptions || cause !== undefined);
    if (isWanted && !(cause instanceof Promise)) {
      return false;
    }
    Promise.resolve(cause)
      .then(async (decided) => {
        if (decided !== undefined) {
          throw new UserError('It is one to stop at.');
        }
        await debuggee.evaluate('None', step.frame, 'watch');
        await debuggee.resume(commandAfterPassing(this.errand), stop.thread);
      })
      .catch(() => this.take(stop));
    return true;
  }

  /** An exception that nobody caught has left its frames by now: the cursor goes back to where it came from. */
  private goToRaise(thread: number): void {
    const filter = { kinds: ['exception'], thread } as const;
    const last = this.trace.find(this.cursor + 1, 'backward', filter);
    if (last !== undefined) {
      const passedOn = this.trace.step(last);
      this.cursor = originOf(this.trace, passedOn).step;
      if (passedOn.depth === 0) {
        this.listener.uncaught(this.cursor);
      }
    }
  }

  /** The end is no place to stop for someone who asked for it. */
  private leavesAtEnd(stop: ProgramStopped): boolean {
    if (!this.isTerminating || stop.reason !== 'end') {
      return false;
    }
    this.debuggee?.resume('continue', stop.thread).catch(() => undefined);
    return true;
  }

  private arriveAtEnd(): void {
    if (this.debuggee !== undefined && !this.options.stopAtEnd) {
      const { thread } = this.trace.step(this.trace.length - 1);
      this.debuggee.resume('continue', thread).catch((error: unknown) => this.strand(thread, error));
    } else {
      this.settleAtEnd();
    }
  }

  private settleAtEnd(): void {
    this.trace.refresh();
    this.cursor = this.trace.length - 1;
    const thread = this.trace.step(this.cursor).thread;
    this.settle(this.atEnd ?? endReport(thread));
  }

  private settle(report: Report): void {
    this.settledAt = this.cursor;
    this.state = 'stopped';
    this.lastReport = report;
    this.listener.stopped(report);
  }

  private get isAtHead(): boolean {
    return this.cursor >= this.trace.length - 1;
  }

  private hasSteps(): boolean {
    try {
      this.trace.refresh();
      return this.trace.length > 0;
    } catch {
      return false; // The program ended before it recorded anything.
    }
  }
}
