/** The program's process: a child of ours with pipes, or one that the client started in a terminal. */

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

import { guard } from '../interpreter/guard';
import type { Command } from './command-line';
import type { EarlyDeath } from './early-death';

/** How a process ended. */
export interface Ending {
  readonly code: number | undefined;
  readonly signal: string | undefined;
}

export interface ProcessListener {
  output(stream: 'stdout' | 'stderr', text: string): void;
  /** The process is gone and its pipes are read to the end; comes once and last. */
  ended(ending: Ending): void;
}

/** A process that was started for the program. */
export interface ProgramProcess {
  /** Ends it and what it started, at once. */
  kill(): void;
  /** Lets it live longer than the adapter. */
  release(): void;
  /** Told once the program has said who it is. */
  greeted(pid: number): void;
  /** The control channel is gone, and this is the exit code that the program told before, if it did. */
  hungUp(code: number | undefined): void;
}

export type StartProcess = (command: Command, listener: ProcessListener, early: EarlyDeath) => ProgramProcess;

/** Has the client start a command in a terminal; rejects when it can't. */
export type OpenTerminal = (command: Command) => Promise<void>;

export const startInPipes: StartProcess = ({ words, cwd, env }, listener, early) => {
  const [program = '', ...args] = words;
  const child = spawn(program, args, {
    cwd,
    env: merged(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that ending it also ends what it started.
    detached: process.platform !== 'win32',
  });
  const kill = (): void => killChild(child);
  const stopGuarding = guard(kill);
  readOutput(child, listener, early);
  child.on('error', (error) => early.fail(`Python could not be started: ${error.message}.`));
  child.on('close', (code, signal) => {
    stopGuarding();
    early.ended(signal ?? `exit code ${code ?? 0}`);
    listener.ended({ code: code ?? undefined, signal: signal ?? undefined });
  });
  // The process's own end tells all that there is to know.
  return {
    kill,
    release: () => release(child, stopGuarding),
    greeted: () => undefined,
    hungUp: () => undefined,
  };
};

/** Somebody has to read what it prints, or its next `print` would fail: a process that does nothing else. */
function release(child: ChildProcess, stopGuarding: () => void): void {
  stopGuarding();
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) {
      stream.pause();
      spawn('cat', [], { stdio: [stream, 'ignore', 'ignore'], detached: true }).unref();
    }
  }
  child.unref();
}

function merged(env: Command['env']): NodeJS.ProcessEnv {
  const all: NodeJS.ProcessEnv = { ...process.env };
  for (const [name, value] of Object.entries(env)) {
    // A variable set to undefined is left out by spawn.
    all[name] = value ?? undefined;
  }
  return all;
}

function readOutput(child: ChildProcess, listener: ProcessListener, early: EarlyDeath): void {
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (text: string) => {
      if (stream === 'stderr') {
        early.heard(text);
      }
      listener.output(stream, text);
    });
  }
}

/** In a terminal of the client's: what the program reads and prints passes us by, and only its own words tell its end. */
export function startInTerminal(open: OpenTerminal): StartProcess {
  return (command, listener, early) => {
    open(command).catch((error: unknown) =>
      early.fail(String(error instanceof Error ? error.message : error)),
    );
    let pid: number | undefined;
    const kill = (): void => {
      if (pid !== undefined) {
        killGroup(pid);
      }
    };
    const stopGuarding = guard(kill);
    return {
      kill,
      release: stopGuarding,
      greeted: (itsPid) => {
        pid = itsPid;
      },
      hungUp: (code) => {
        stopGuarding();
        listener.ended({ code, signal: undefined });
      },
    };
  };
}

/** A process that somebody else started: what it started itself is not ours to end. */
export function processOfOthers(pid: number): ProgramProcess {
  const nothing = (): void => undefined;
  return { kill: () => killOne(pid), release: nothing, greeted: nothing, hungUp: nothing };
}

function killChild(child: ChildProcess): void {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    killGroup(child.pid);
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    killOne(pid);
  }
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
