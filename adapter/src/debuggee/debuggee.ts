/** A program that runs under the recorder in a process of its own. */

import { commandFor } from './command-line';
import type { CommandOptions } from './command-line';
import { ControlChannel } from './control';
import type { Address, ControlListener } from './control';
import { EarlyDeath } from './early-death';
import { parseAnswers, parseEvaluated, parseTexts } from './messages';
import type { PastPlace, PastPlaces } from './past';
import type {
  BreakpointsSettled,
  ChildStarted,
  CodeRange,
  EvaluatedPlace,
  EvaluatedText,
  Hello,
  ProgramBreakpoint,
  ProgramEvent,
  ProgramStopped,
} from './messages';
import { processOfOthers } from './process';
import type { ProcessListener, ProgramProcess, StartProcess } from './process';

/** What a program tells on its own. */
export interface DebuggeeListener extends ProcessListener {
  stopped(stop: ProgramStopped): void;
  continued(): void;
  warning(text: string): void;
  /** It started a process that records itself. */
  child(child: ChildStarted): void;
  /** Breakpoints that waited for their file have found their lines. */
  settled(settled: BreakpointsSettled): void;
}

export interface StartOptions {
  readonly stopOnEntry: boolean;
  readonly stopAtEnd: boolean;
  /** At which exit codes of `sys.exit` it stops. */
  readonly breakOnSystemExit: readonly CodeRange[];
  /** Whether `breakpoint()` stops it. */
  readonly breakpointCalls: boolean;
}

/** `carryOn`: what it was told last, after a stop that was none. */
export type StepCommand = 'continue' | 'next' | 'stepIn' | 'stepOut' | 'carryOn';

/** What a program tells of when it changes: numbers of the recording. */
export interface WatchedThings {
  readonly objects: readonly number[];
  readonly frames: readonly number[];
  /** It stops at its end in any case: something shows only then. */
  readonly atEnd?: boolean;
}

/** A breakpoint on a function, by name. */
export interface ProgramFunction {
  readonly id: number;
  readonly name: string;
  readonly condition?: string | undefined;
  readonly hitCondition?: string | undefined;
}

/** The living program, as the adapter sees it. */
export interface Debuggee {
  readonly hello: Hello;
  /** It was started for this session, and ends with it. */
  readonly isOurs: boolean;
  start(options: StartOptions): Promise<void>;
  setBreakpoints(file: string, breakpoints: readonly ProgramBreakpoint[]): Promise<void>;
  setExceptionBreakpoints(filters: readonly string[]): Promise<void>;
  setWatches(things: WatchedThings): Promise<void>;
  setFunctionBreakpoints(functions: readonly ProgramFunction[]): Promise<void>;
  /** `frames`: a step in goes on until it comes to one of them, or out of them all. */
  resume(command: StepCommand, thread: number, frames?: readonly number[]): Promise<void>;
  /** The calls that the line at which a frame stands will make, as they are written. */
  callTargets(frame: number): Promise<string[]>;
  /** Into one of these calls, by its place among them. */
  stepInto(thread: number, target: number): Promise<void>;
  pause(): Promise<void>;
  evaluate(expression: string, frame: number, context: string): Promise<EvaluatedText>;
  /** Makes what it evaluates end, if anything; in another thread than the main one, once a blocking call is over. */
  interrupt(): void;
  /** On copies of what was recorded at a step; nothing of it stays. */
  evaluatePast(place: PastPlace): Promise<EvaluatedText>;
  /** The same at many places; there may be fewer answers when it takes long. */
  evaluatePlaces(request: PastPlaces): Promise<EvaluatedPlace[]>;
  setVariable(frame: number, name: string, expression: string): Promise<EvaluatedText>;
  /** Asks it to end by itself. */
  terminate(): Promise<void>;
  /** Ends the process and what it started, at once. */
  kill(): void;
  /** Lets it run on without us. */
  detach(): void;
}

export interface LaunchOptions extends CommandOptions {
  /** Aborted when nobody wants the program any more. */
  readonly signal: AbortSignal;
  /** Nothing is to stop it. */
  readonly noDebug: boolean;
}

/** Starts the program. It waits for `start`. Rejects with a UserError when it never gets so far. */
export async function launch(
  options: LaunchOptions,
  listener: DebuggeeListener,
  startProcess: StartProcess,
): Promise<Debuggee> {
  const early = new EarlyDeath();
  let exitCode: number | undefined;
  const control = await ControlChannel.listen({
    event: (event) => {
      exitCode = event.event === 'exited' ? event.code : exitCode;
      tell(listener, event);
    },
    closed: () => child.hungUp(exitCode),
  });
  const child = startProcess(commandFor(options, control), afterwards(listener, control), early);
  options.signal.addEventListener('abort', () => early.fail('The launch was given up.'));
  try {
    const hello = await Promise.race([control.hello, early.rejection]);
    early.over();
    child.greeted(hello.pid);
    const Kind = options.noDebug ? UnstoppedDebuggee : ControlledDebuggee;
    return new Kind(hello, true, control, child);
  } catch (error) {
    child.kill();
    control.close();
    throw error;
  }
}

/**
 * Goes to a program that listens. Rejects with a UserError when there is none, it doesn't let us in, or the signal is
 * aborted before it did: a program that runs answers at its next step.
 */
export async function attach(
  address: Address,
  listener: DebuggeeListener,
  signal: AbortSignal,
): Promise<Debuggee> {
  let exitCode: number | undefined;
  let hasArrived = false;
  const giveUp = new AbortController();
  signal.addEventListener('abort', () => {
    if (!hasArrived) {
      giveUp.abort();
    }
  });
  const channel: ControlListener = {
    event: (event) => {
      exitCode = event.event === 'exited' ? event.code : exitCode;
      tell(listener, event);
    },
    closed: () => {
      if (hasArrived) {
        listener.ended({ code: exitCode, signal: undefined });
      }
    },
  };
  const control = await ControlChannel.connect(address, channel, giveUp.signal);
  const hello = await control.hello;
  hasArrived = true;
  return new ControlledDebuggee(hello, false, control, processOfOthers(hello.pid));
}

/** The channel goes with the process. */
function afterwards(listener: ProcessListener, control: ControlChannel): ProcessListener {
  return {
    output: (stream, text) => listener.output(stream, text),
    ended: (ending) => {
      control.close();
      listener.ended(ending);
    },
  };
}

function tell(listener: DebuggeeListener, event: ProgramEvent): void {
  switch (event.event) {
    case 'stopped':
      listener.stopped(event);
      break;
    case 'continued':
      listener.continued();
      break;
    case 'warning':
      listener.warning(event.text);
      break;
    case 'settled':
      listener.settled(event);
      break;
    case 'child':
      listener.child(event);
      break;
    case 'hello':
    case 'exited':
      break; // The process's own end tells more.
  }
}

/** A program that waits in a call of C doesn't hear for so long what it is told; signals it hears. */
const UNHEARD_MS = 1000;

/** A process that is gone doesn't hear it. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself.
  }
}

class ControlledDebuggee implements Debuggee {
  constructor(
    readonly hello: Hello,
    readonly isOurs: boolean,
    private readonly control: ControlChannel,
    private readonly process: ProgramProcess,
  ) {}

  async start(options: StartOptions): Promise<void> {
    await this.control.request('start', { ...options, breakpoints: [] });
  }

  async setBreakpoints(file: string, breakpoints: readonly ProgramBreakpoint[]): Promise<void> {
    await this.control.request('setBreakpoints', { file, breakpoints });
  }

  async setExceptionBreakpoints(filters: readonly string[]): Promise<void> {
    await this.control.request('setExceptionBreakpoints', { filters });
  }

  async setFunctionBreakpoints(functions: readonly ProgramFunction[]): Promise<void> {
    const described = functions.map(({ id, name, condition, hitCondition }) => ({
      id,
      name,
      ...(condition === undefined ? {} : { condition }),
      ...(hitCondition === undefined ? {} : { hitCondition }),
    }));
    await this.control.request('setFunctionBreakpoints', { functions: described });
  }

  async setWatches(things: WatchedThings): Promise<void> {
    await this.control.request('setWatches', { ...things });
  }

  async resume(command: StepCommand, thread: number, frames?: readonly number[]): Promise<void> {
    const where = frames === undefined ? { thread } : { thread, frames };
    await this.control.request(command, command === 'continue' ? {} : where);
  }

  async callTargets(frame: number): Promise<string[]> {
    return parseTexts(await this.control.request('callTargets', { frame }));
  }

  async stepInto(thread: number, target: number): Promise<void> {
    await this.control.request('stepInto', { thread, target });
  }

  async pause(): Promise<void> {
    await this.control.request('pause');
  }

  async evaluate(expression: string, frame: number, context: string): Promise<EvaluatedText> {
    return parseEvaluated(await this.control.request('evaluate', { expression, frame, context }));
  }

  interrupt(): void {
    this.control.request('interrupt').catch(() => undefined);
    if (this.isOurs) {
      signal(this.hello.pid, 'SIGURG'); // Faster, and it ends some calls of C that keep other threads from running.
    }
  }

  async evaluatePast(place: PastPlace): Promise<EvaluatedText> {
    return parseEvaluated(await this.control.request('evaluatePast', { ...place }));
  }

  async evaluatePlaces(request: PastPlaces): Promise<EvaluatedPlace[]> {
    return parseAnswers(await this.control.request('evaluatePast', { ...request }));
  }

  async setVariable(frame: number, name: string, expression: string): Promise<EvaluatedText> {
    return parseEvaluated(await this.control.request('setVariable', { frame, name, expression }));
  }

  async terminate(): Promise<void> {
    const unheard = setTimeout(() => this.signalEnd(), UNHEARD_MS);
    try {
      await this.control.request('terminate');
    } finally {
      clearTimeout(unheard);
    }
  }

  private signalEnd(): void {
    if (this.isOurs) {
      signal(this.hello.pid, 'SIGTERM');
    }
  }

  kill(): void {
    this.process.kill();
    this.control.close();
  }

  detach(): void {
    this.process.release();
    this.control.closeWith('detach');
  }
}

/** One that only runs: it is not told what could stop it. */
class UnstoppedDebuggee extends ControlledDebuggee {
  override setBreakpoints(): Promise<void> {
    return Promise.resolve();
  }

  override setExceptionBreakpoints(): Promise<void> {
    return Promise.resolve();
  }

  override setFunctionBreakpoints(): Promise<void> {
    return Promise.resolve();
  }

  override setWatches(): Promise<void> {
    return Promise.resolve();
  }
}
