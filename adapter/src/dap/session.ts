/** One debugging session: what its requests share. */

import { UserError } from '../errors';
import type { Trace } from '../trace/trace';
import type { StopPoints } from '../travel/stops';
import type { Debuggee } from '../debuggee/debuggee';
import type { CodeLines } from '../debuggee/code-lines';
import { BreakpointTable } from './breakpoint-table';
import { CAPABILITIES } from './capabilities';
import type { Container } from './entries';
import { Handles } from './handles';
import { OutputReplay } from './output';
import { announceSources, SourceBook } from './source';
import { stoppedBody } from './stopped';
import type { Report } from './report';
import type { Timeline, TimelineListener } from './timeline';
import { WatchTable } from './watch-table';

/** What a client said about itself. */
export interface ClientFacts {
  readonly pagesVariables: boolean;
  readonly knowsInvalidated: boolean;
  readonly linesStartAt: 0 | 1;
}

/** A frame of the stack that a client was shown. */
export interface FrameReference {
  readonly thread: number;
  readonly frame: number;
}

/** How a session reaches its client. */
export interface Client {
  event(name: string, body?: unknown): void;
  /** Lets go of the client, after what was sent has arrived. */
  hangUp(): void;
  log(text: string): void;
}

/** A client waits no longer than this for the adapter to be gone. */
const LEAVE_TIMEOUT_MS = 2000;

export class Session implements TimelineListener {
  facts: ClientFacts = { pagesVariables: false, knowsInvalidated: false, linesStartAt: 1 };
  readonly frames = new Handles<FrameReference>();
  readonly containers = new Handles<Container>();
  readonly sources = new SourceBook();
  readonly breakpoints = new BreakpointTable((text) => this.warning(text));
  readonly watches = new WatchTable((text) => this.warning(text));
  /** Asks the interpreter which lines hold code; not for old recordings. */
  codeLines: CodeLines | undefined;
  /** Sends what an old recording printed; a living program's output comes through its pipes. */
  replay: OutputReplay | undefined;
  /** Set by `launch` or `attach`: starts once the client has configured everything. */
  begin: (() => Promise<void>) | undefined;
  isConfigured = false;
  /** The program's state was changed by hand, and the recording doesn't show it yet. */
  isTouched = false;
  /** Removes what the session made for itself. */
  cleanUp: () => void = () => undefined;
  /** Launches again with the same or with new arguments. */
  relaunch: ((args: unknown) => Promise<void>) | undefined;
  private current: Timeline | undefined;
  private isOver = false;
  /** What the client was told last about setting variables. */
  private isChangeable = CAPABILITIES.supportsSetVariable === true;

  constructor(readonly client: Client) {}

  get timeline(): Timeline {
    if (this.current === undefined) {
      throw new UserError('Nothing is being debugged yet: send launch or attach first.');
    }
    return this.current;
  }

  set timeline(timeline: Timeline) {
    this.current = timeline;
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

  /** Ends everything and lets go of the client. */
  async close(): Promise<void> {
    if (this.isRecordingKept) {
      await this.current?.leave(LEAVE_TIMEOUT_MS);
    }
    this.dispose();
    this.client.hangUp();
  }

  /** Ends everything at once. */
  dispose(): void {
    this.current?.dispose();
    this.current = undefined;
    this.cleanUp();
    this.cleanUp = () => undefined;
  }

  /** Everything that stops a journey through this trace. */
  pointsIn(trace: Trace): StopPoints {
    return { ...this.breakpoints.pointsIn(trace), watches: this.watches.watchesIn(trace) };
  }

  // ---- what the timeline tells ----

  stopped(report: Report): void {
    this.frames.clear();
    this.containers.clear();
    this.isTouched = false;
    const { trace, step } = this.timeline.moment;
    this.replay?.upTo(trace, step);
    announceSources(this, trace);
    this.client.event('stopped', stoppedBody(this, report));
  }

  output(stream: 'stdout' | 'stderr', text: string): void {
    this.client.event('output', { category: stream, output: text });
  }

  warning(text: string): void {
    this.client.event('output', { category: 'important', output: `${text.trimEnd()}\n` });
  }

  remark(text: string): void {
    this.client.event('output', { category: 'console', output: `${text.trimEnd()}\n` });
  }

  uncaught(step: number): void {
    this.breakpoints.uncaught.add(step);
  }

  programEnded(): void {
    this.announceChanges(false);
  }

  /** A program was started: what it holds can be changed. */
  programLives(): void {
    this.announceChanges(true);
  }

  private announceChanges(supportsSetVariable: boolean): void {
    if (this.isChangeable !== supportsSetVariable) {
      this.isChangeable = supportsSetVariable;
      this.client.event('capabilities', { capabilities: { supportsSetVariable } });
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
