/** One debugging session: what its requests share. */

import { UserError } from '../errors';
import type { Step, Trace, Value } from '../trace/trace';
import { printingLine } from '../travel/printed';
import type { Awaiter } from '../travel/tasks';
import type { Cause, StopPoints } from '../travel/stops';
import type { Debuggee } from '../debuggee/debuggee';
import type { CodeLines } from '../debuggee/code-lines';
import { cannotFork, evaluateAtPlaces } from '../debuggee/past';
import type { PastInterpreter, PastPlaces } from '../debuggee/past';
import type { BreakpointsSettled, ChildStarted, EvaluatedPlace } from '../debuggee/messages';
import { BreakpointCalls } from './breakpoint-calls';
import { BreakpointTable } from './breakpoint-table';
import { settleLines, verifyLines } from './breakpoints';
import { CAPABILITIES } from './capabilities';
import type { Client, ClientFacts } from './client';
import { startChildSession } from './child-session';
import { Conditions } from './conditions';
import type { Container } from './entries';
import { DEFAULT_PREFERENCES } from './configuration/preferences';
import type { Preferences } from './configuration/preferences';
import { ExceptionRules } from './exception-rules';
import { FunctionTable, verifyFunctions } from './function-breakpoints';
import { Handles } from './handles';
import { KeptPart } from './kept-part';
import type { Location } from './locations';
import { OutputReplay } from './output';
import { OutputPlaces } from './output-places';
import { ProgressReporter } from './progress';
import { announceSources, SourceBook } from './source';
import { stoppedBody } from './stopped';
import type { Report } from './report';
import type { Timeline } from './timeline';
import type { TimelineListener } from './timeline-listener';
import { WatchTable } from './watch-table';

/** A recording, and the interpreter that evaluates expressions on it. */
export interface PastEvaluation {
  readonly recording: string;
  interpreter(): Promise<PastInterpreter>;
}

/** A frame of the stack that a client was shown. */
export interface FrameReference {
  readonly thread: number;
  readonly frame: number;
  /** A coroutine that is on no thread's stack: the step since which it has waited, or at which it made the task. */
  readonly waitsSince?: number;
  readonly relation?: Awaiter['relation'];
}

/** A client waits no longer than this for the adapter to be gone. */
const LEAVE_TIMEOUT_MS = 2000;

export class Session implements TimelineListener {
  facts: ClientFacts = {
    pagesVariables: false,
    knowsInvalidated: false,
    runsInTerminal: false,
    startsDebugging: false,
    linesStartAt: 1,
    showsMemory: false,
  };
  preferences: Preferences = DEFAULT_PREFERENCES;
  readonly progress: ProgressReporter;
  readonly frames = new Handles<FrameReference>();
  readonly containers = new Handles<Container>();
  readonly memories = new Handles<Value>();
  readonly locations = new Handles<Location>();
  /** Where the cursor stood before it came to where it stands. */
  previousStep: number | undefined;
  private standsAt: number | undefined;
  readonly sources = new SourceBook();
  readonly conditions = new Conditions((request) => this.onCopies(request));
  readonly breakpoints = new BreakpointTable((text) => this.warning(text), this.conditions);
  readonly breakpointCalls = new BreakpointCalls();
  /** By the step that raised them, exceptions of which the living program has told what they say. */
  readonly toldExceptions = new Map<number, { readonly type: string; readonly message: string }>();
  readonly functions = new FunctionTable(this.conditions);
  readonly exceptions = new ExceptionRules((text) => this.warning(text), this.conditions);
  readonly watches = new WatchTable((text) => this.warning(text), this.conditions);
  /** Asks the interpreter which lines hold code; not for old recordings. */
  codeLines: CodeLines | undefined;
  /** Evaluates expressions in the past of a program that is no more. */
  past: PastEvaluation | undefined;
  /** Sends what an old recording printed; a living program's output comes through its pipes. */
  replay: OutputReplay | undefined;
  /** Which step printed what a living program prints. */
  private outputPlaces = new OutputPlaces();
  private keptPart = new KeptPart();
  /** Set by `launch` or `attach`: starts once the client has configured everything. */
  begin: (() => Promise<void>) | undefined;
  isConfigured = false;
  /** The program's state was changed by hand, and the recording doesn't show it yet. */
  isTouched = false;
  /** Removes what the session made for itself. */
  cleanUp: () => void = () => undefined;
  /** Launches again with the same or with new arguments. */
  relaunch: ((args: unknown, signal: AbortSignal) => Promise<void>) | undefined;
  isLaunching = false;
  /** Told when the program is no more, before the client is. */
  onProgramEnded: () => void = () => undefined;
  /** The program was started by this session, and ends with it. */
  ownsProgram = false;
  /** Whether the program's output is shown to the client. */
  showsOutput = true;
  /** Whether processes that the program starts get sessions of their own. */
  startsChildren = true;
  /** The recordings of processes that the program started. */
  readonly children: string[] = [];
  private launching = new AbortController();
  private current: Timeline | undefined;
  private isOver = false;
  /** What the client was told last about setting variables. */
  private isChangeable = CAPABILITIES.supportsSetVariable === true;

  constructor(readonly client: Client) {
    this.progress = new ProgressReporter((name, body) => client.event(name, body));
  }

  get timeline(): Timeline {
    if (this.current === undefined) {
      throw new UserError('Nothing is being debugged yet: send launch or attach first.');
    }
    return this.current;
  }

  set timeline(timeline: Timeline) {
    this.current = timeline;
    this.outputPlaces = new OutputPlaces();
    this.keptPart = new KeptPart();
    this.isOver = false;
  }

  /** The program, if it lives. */
  get program(): Debuggee | undefined {
    return this.current?.program;
  }

  get hasTimeline(): boolean {
    return this.current !== undefined;
  }

  /** The recording stays behind: the program should end by itself, so that it is complete. */
  isRecordingKept = false;

  /** A launch begins; the signal is aborted when the client cancels it, or leaves. */
  beginLaunch(cancelled: AbortSignal): AbortSignal {
    this.isLaunching = true;
    this.launching = new AbortController();
    return AbortSignal.any([cancelled, this.launching.signal]);
  }

  giveUpLaunch(): void {
    this.launching.abort(new UserError('The launch was given up.'));
  }

  /** Variables that the client shows may have changed, although the cursor has not moved. */
  outdated(): void {
    if (this.facts.knowsInvalidated) {
      this.client.event('invalidated', { areas: ['variables'] });
    }
  }

  /** Ends everything and lets go of the client; the program may go on without us. */
  async close(endsProgram: boolean): Promise<void> {
    if (!endsProgram) {
      this.current?.detach();
    } else if (this.isRecordingKept || !this.ownsProgram) {
      await this.current?.leave(LEAVE_TIMEOUT_MS);
      this.program?.kill();
    }
    this.dispose();
    this.client.hangUp();
  }

  /** Ends everything at once. */
  dispose(): void {
    this.giveUpLaunch();
    this.current?.dispose();
    this.current = undefined;
    this.cleanUp();
    this.cleanUp = () => undefined;
  }

  /** Everything that stops a journey through this trace. */
  pointsIn(trace: Trace): StopPoints {
    return {
      places: [this.breakpoints, this.functions, this.breakpointCalls].flatMap((one) => one.placesIn(trace)),
      exceptions: this.exceptions.filters.length > 0,
      areLate: this.exceptions.areLate,
      watches: this.watches.watchesIn(trace),
      stopsAt: (step) => this.conditions.decided(trace, () => this.causeAt(trace, step)),
    };
  }

  /** The living program does it, else an interpreter of its kind. */
  private onCopies(request: PastPlaces): Promise<EvaluatedPlace[]> | undefined {
    const { program, past } = this;
    const beside = (): Promise<EvaluatedPlace[]> | undefined =>
      past?.interpreter().then((interpreter) => evaluateAtPlaces(interpreter, past.recording, request));
    return program === undefined
      ? beside()
      : program.evaluatePlaces(request).catch((error: unknown) => {
          const answers = cannotFork(error) ? beside() : undefined;
          if (answers === undefined) {
            throw error;
          }
          return answers;
        });
  }

  private causeAt(trace: Trace, step: Step): Cause | undefined {
    if (step.kind === 'exception') {
      return this.exceptions.stopsAt(trace, step) ? 'exception' : undefined;
    }
    if (this.breakpoints.hitsAt(trace, step).length > 0 || this.breakpointCalls.has(step)) {
      return 'breakpoint';
    }
    return this.functions.hitsAt(trace, step).length > 0 ? 'function breakpoint' : undefined;
  }

  // ---- what the timeline tells ----

  stopped(report: Report): void {
    this.frames.clear();
    this.containers.clear();
    this.memories.clear();
    this.locations.clear();
    this.isTouched = false;
    const { trace, step } = this.timeline.moment;
    this.previousStep = this.standsAt;
    this.standsAt = step;
    this.replay?.upTo(trace, step);
    announceSources(this, trace);
    verifyFunctions(this, trace);
    verifyLines(this, trace);
    for (const missing of this.keptPart.remarks(trace)) {
      this.remark(missing);
    }
    const body = stoppedBody(this, report);
    this.client.note(`stands at step ${step} (${body.reason})`);
    this.client.event('stopped', body);
  }

  movesUnasked(threadId: number): void {
    this.client.event('continued', { threadId, allThreadsContinued: true });
  }

  output(stream: 'stdout' | 'stderr', text: string): void {
    if (!this.showsOutput) {
      return;
    }
    const trace = this.current?.openTrace();
    const parts =
      trace === undefined ? [{ text, step: undefined }] : this.outputPlaces.split(trace, stream, text);
    for (const part of parts) {
      this.printed(stream, part.text, part.step);
    }
  }

  /** Something that was printed, with the line that printed it where that is known. */
  printed(category: 'stdout' | 'stderr', output: string, step: number | undefined): void {
    const place = step === undefined ? {} : this.placeOfOutput(step);
    this.client.event('output', { category, output, ...place });
  }

  private placeOfOutput(step: number): object {
    const trace = this.current?.openTrace();
    if (trace === undefined || step >= trace.length) {
      return {};
    }
    const { file, line, step: printing } = printingLine(trace, { step });
    return {
      source: this.sources.of(trace, file),
      line: line - 1 + this.facts.linesStartAt,
      data: { step: printing },
    };
  }

  searching(found: Promise<unknown>, giveUp: () => void): void {
    this.progress.during({ title: 'Searching the recording', giveUp }, found);
  }

  warning(text: string): void {
    this.client.event('output', { category: 'important', output: `${text.trimEnd()}\n` });
  }

  remark(text: string): void {
    this.client.event('output', { category: 'console', output: `${text.trimEnd()}\n` });
  }

  uncaught(step: number): void {
    this.exceptions.uncaught.add(step);
  }

  userUnhandled(step: number): void {
    this.exceptions.userUnhandled.add(step);
  }

  breakpointCalled(step: number): void {
    this.breakpointCalls.add(step);
  }

  /** A process that the program started gets a session of its own, from clients that can begin one. */
  child(child: ChildStarted): void {
    if (this.startsChildren) {
      this.children.push(child.recording);
      startChildSession(this, child).catch((error: unknown) => this.client.log(String(error)));
    }
  }

  settled(settled: BreakpointsSettled): void {
    settleLines(this, settled);
  }

  programEnded(): void {
    this.onProgramEnded();
    this.announceChanges(false);
  }

  /** A program was started: what it holds can be changed. */
  programLives(): void {
    this.announceChanges(true);
  }

  private announceChanges(isChangeable: boolean): void {
    if (this.isChangeable !== isChangeable) {
      this.isChangeable = isChangeable;
      const capabilities = { supportsSetVariable: isChangeable, supportsSetExpression: isChangeable };
      this.client.event('capabilities', { capabilities });
    }
  }

  finished(exitCode: number | undefined): void {
    if (this.isOver) {
      return;
    }
    this.isOver = true;
    if (exitCode !== undefined) {
      this.client.event('exited', { exitCode });
    }
    this.client.event('terminated');
  }
}
