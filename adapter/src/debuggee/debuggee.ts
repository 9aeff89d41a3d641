/** A program that runs under the recorder in a process of its own. */

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

import { UserError } from '../errors';
import { programArguments, recorderStart } from '../interpreter/recorder-command';
import type { Program } from '../interpreter/recorder-command';
import { ControlChannel } from './control';
import { parseEvaluated } from './messages';
import type { EvaluatedText, Hello, ProgramBreakpoint, ProgramStopped } from './messages';

export interface LaunchOptions {
  readonly python: string;
  /** The folder that holds the Python package `execorder` with its extension. */
  readonly packagePath: string;
  readonly pythonArgs: readonly string[];
  readonly target: Program;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Added to the adapter's own environment; null removes. */
  readonly env: Readonly<Record<string, string | null>>;
  /** Where the recording goes. */
  readonly recording: string;
  /** Whether library code stays unrecorded step by step. */
  readonly justMyCode: boolean;
}

/** How a process ended. */
export interface Ending {
  readonly code: number | undefined;
  readonly signal: string | undefined;
}

/** What a program tells on its own. */
export interface DebuggeeListener {
  stopped(stop: ProgramStopped): void;
  continued(): void;
  warning(text: string): void;
  output(stream: 'stdout' | 'stderr', text: string): void;
  /** The process is gone and its pipes are read to the end; comes once and last. */
  ended(ending: Ending): void;
}

export interface StartOptions {
  readonly stopOnEntry: boolean;
  readonly stopAtEnd: boolean;
}

export type StepCommand = 'continue' | 'next' | 'stepIn' | 'stepOut';

/** The living program, as the adapter sees it. */
export interface Debuggee {
  readonly hello: Hello;
  start(options: StartOptions): Promise<void>;
  setBreakpoints(file: string, breakpoints: readonly ProgramBreakpoint[]): Promise<void>;
  setExceptionBreakpoints(filters: readonly string[]): Promise<void>;
  resume(command: StepCommand, thread: number): Promise<void>;
  pause(): Promise<void>;
  evaluate(expression: string, frame: number, context: string): Promise<EvaluatedText>;
  setVariable(frame: number, name: string, expression: string): Promise<EvaluatedText>;
  /** Asks it to end by itself. */
  terminate(): Promise<void>;
  /** Ends the process and what it started, at once. */
  kill(): void;
}

/** Time for an interpreter to start and to import the recorder. */
const HELLO_TIMEOUT_MS = 30_000;

/** Starts the program. It waits for `start`. Rejects with a UserError when it never gets so far. */
export async function launch(options: LaunchOptions, listener: DebuggeeListener): Promise<Debuggee> {
  const control = await ControlChannel.listen({
    event: (event) => {
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
        case 'hello':
        case 'exited':
          break; // The process's own end tells more.
      }
    },
    closed: () => undefined,
  });
  const child = spawn(options.python, commandLine(options, control.port), {
    cwd: options.cwd,
    env: environment(options, control.token),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that ending it also ends what it started.
    detached: process.platform !== 'win32',
  });
  const stopGuarding = guard(child);
  const early = new EarlyDeath(child);
  readOutput(child, listener, early);
  child.on('close', (code, signal) => {
    stopGuarding();
    control.close();
    listener.ended({ code: code ?? undefined, signal: signal ?? undefined });
  });
  try {
    const hello = await Promise.race([control.hello, early.rejection]);
    early.over();
    return new LaunchedDebuggee(hello, control, child);
  } catch (error) {
    killGroup(child);
    control.close();
    throw error;
  }
}

class LaunchedDebuggee implements Debuggee {
  constructor(
    readonly hello: Hello,
    private readonly control: ControlChannel,
    private readonly child: ChildProcess,
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

  async resume(command: StepCommand, thread: number): Promise<void> {
    await this.control.request(command, command === 'continue' ? {} : { thread });
  }

  async pause(): Promise<void> {
    await this.control.request('pause');
  }

  async evaluate(expression: string, frame: number, context: string): Promise<EvaluatedText> {
    return parseEvaluated(await this.control.request('evaluate', { expression, frame, context }));
  }

  async setVariable(frame: number, name: string, expression: string): Promise<EvaluatedText> {
    return parseEvaluated(await this.control.request('setVariable', { frame, name, expression }));
  }

  async terminate(): Promise<void> {
    await this.control.request('terminate');
  }

  kill(): void {
    killGroup(this.child);
    this.control.close();
  }
}

function commandLine(options: LaunchOptions, port: number): string[] {
  const recorder = ['--control', String(port), '-o', options.recording];
  if (!options.justMyCode) {
    recorder.push('--all-code');
  }
  return [
    ...options.pythonArgs,
    ...recorderStart(options.packagePath),
    ...recorder,
    ...programArguments(options.target),
    ...options.args,
  ];
}

function environment(options: LaunchOptions, token: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env };
  for (const [name, value] of Object.entries(options.env)) {
    // A variable set to undefined is left out by spawn.
    env[name] = value ?? undefined;
  }
  env['EXECORDER_TOKEN'] = token;
  return env;
}

function readOutput(child: ChildProcess, listener: DebuggeeListener, early: EarlyDeath): void {
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (text: string) => {
      if (stream === 'stderr') {
        early.heard(text);
      }
      listener.output(stream, text);
    });
  }
}

/** Whatever way the adapter ends, the program ends with it. Answers how to stop that. */
function guard(child: ChildProcess): () => void {
  const kill = (): void => killGroup(child);
  process.once('exit', kill);
  return () => process.off('exit', kill);
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  try {
    if (process.platform === 'win32') {
      child.kill('SIGKILL');
    } else {
      process.kill(-child.pid, 'SIGKILL');
    }
  } catch {
    child.kill('SIGKILL');
  }
}

/** Why a program never said hello, in one sentence. */
class EarlyDeath {
  readonly rejection: Promise<never>;
  private fail: (error: Error) => void = () => undefined;
  private errors = '';
  private readonly timer: NodeJS.Timeout;

  constructor(child: ChildProcess) {
    this.rejection = new Promise<never>((_, reject) => {
      this.fail = reject;
    });
    this.rejection.catch(() => undefined);
    this.timer = setTimeout(() => {
      this.fail(new UserError(`Python did not start within ${HELLO_TIMEOUT_MS / 1000} seconds.`));
    }, HELLO_TIMEOUT_MS);
    child.on('error', (error) => {
      this.over();
      this.fail(new UserError(`Python could not be started: ${error.message}.`));
    });
    child.on('close', (code, signal) => {
      this.over();
      this.fail(new UserError(this.sentence(signal ?? `exit code ${code ?? 0}`)));
    });
  }

  /** Remembers what it complained about. */
  heard(text: string): void {
    this.errors = (this.errors + text).slice(-10_000);
  }

  over(): void {
    clearTimeout(this.timer);
  }

  private sentence(ending: string): string {
    const lastLine = this.errors.trimEnd().split('\n').at(-1) ?? '';
    return lastLine === '' ? `Python ended before the program began (${ending}).` : lastLine;
  }
}
