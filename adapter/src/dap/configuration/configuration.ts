/** What `launch` and `attach` may be given, read at the edge. Everything that a user can get wrong is said here. */

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import type { CodeRange } from '../../debuggee/messages';
import { UserError } from '../../errors';
import type { CodeRule, Program, ProgramArguments } from '../../interpreter/recorder-command';
import { isRecord, optionalText, pathOf } from '../arguments';
import type { Request } from './attributes';
import { isMissing, requireKinds, sizeOf } from './checks';
import { environmentOf } from './environment';
import type { Environment } from './environment';
import { exitCodesOf } from './exit-codes';
import { argumentsOf, interpreterOf, targetOf } from './program';
import { rulesOf } from './rules';

const CONSOLES = ['internalConsole', 'integratedTerminal', 'externalTerminal'] as const;

/** Where the program's input and output are. */
export type Console = (typeof CONSOLES)[number];

/** A program to run under the recorder. */
export interface RunConfiguration {
  readonly kind: 'run';
  readonly target: Program;
  readonly args: ProgramArguments;
  readonly cwd: string;
  readonly env: Environment;
  readonly python: string | undefined;
  readonly pythonArgs: readonly string[];
  readonly console: Console;
  /** Whether what it prints is shown in the debug console. */
  readonly redirectOutput: boolean;
  readonly stopOnEntry: boolean;
  readonly stopAtEnd: boolean;
  readonly breakOnSystemExit: readonly CodeRange[];
  /** Whether `breakpoint()` stops the program. */
  readonly breakpointCalls: boolean;
  /** It only runs: nothing stops it. */
  readonly noDebug: boolean;
  readonly justMyCode: boolean;
  readonly rules: readonly CodeRule[];
  readonly subProcess: boolean;
  readonly maxRecordingSize: number | undefined;
  /** Where the recording is written; without it, in a folder of the session's own. */
  readonly recording: string | undefined;
  readonly preserveRecording: boolean;
}

/** A recording: of a program that has ended, or that somebody else runs. */
export interface OpenConfiguration {
  readonly kind: 'open';
  readonly recording: string;
  readonly stopOnEntry: boolean;
  /** The step to begin at instead, as links to a recording name it. */
  readonly step: number | undefined;
  /** Whether the processes that it started get sessions, too. */
  readonly subProcess: boolean;
}

/** A process of this machine that records itself. */
export interface ProcessConfiguration {
  readonly kind: 'process';
  readonly pid: number;
  /** Reads the rest of what was given, once it is known what the process offers. */
  readonly with: (more: Readonly<Record<string, unknown>>) => Configuration;
}

/** A program that waits for a debugger. */
export interface ConnectConfiguration {
  readonly kind: 'connect';
  readonly host: string;
  readonly port: number;
  readonly token: string | undefined;
  readonly stopOnEntry: boolean;
  readonly stopAtEnd: boolean;
  readonly breakOnSystemExit: readonly CodeRange[];
  /** Whether `breakpoint()` stops the program. */
  readonly breakpointCalls: boolean;
  readonly redirectOutput: boolean;
  readonly subProcess: boolean;
}

export type Configuration =
  RunConfiguration | OpenConfiguration | ConnectConfiguration | ProcessConfiguration;

/** @throws UserError about what doesn't fit together or isn't there */
export function parseConfiguration(request: Request, args: unknown): Configuration {
  const given = isRecord(args) ? args : {};
  requireKinds(request, given);
  const cwd = resolve(pathOf(given['cwd']) ?? '.');
  return request === 'launch' ? launchOf(given, cwd) : attachOf(given, cwd);
}

function launchOf(given: Readonly<Record<string, unknown>>, cwd: string): Configuration {
  const target = targetOf(given, cwd);
  const recording = pathOf(given['recording']);
  if (target !== undefined) {
    return runConfiguration(given, cwd, target);
  }
  if (recording === undefined) {
    throw new UserError("Say what to debug: 'program', 'module' or 'code'; or name a 'recording' to open.");
  }
  return openConfiguration(resolve(cwd, recording), given);
}

function attachOf(given: Readonly<Record<string, unknown>>, cwd: string): Configuration {
  const recording = pathOf(given['recording']);
  if (isRecord(given['connect'])) {
    return connectConfiguration(given['connect'], given);
  }
  if (recording === undefined && !isMissing(given['processId'], ['number'])) {
    const pid = Number(given['processId']);
    return {
      kind: 'process',
      pid,
      with: (more) => attachOf({ ...given, processId: undefined, ...more }, cwd),
    };
  }
  if (recording === undefined) {
    throw new UserError(
      "Say what to attach to: 'recording' is the path of a recording, 'connect' the { \"port\": … } at which a program waits, 'processId' a process that records itself.",
    );
  }
  return openConfiguration(resolve(cwd, recording), given);
}

function runConfiguration(
  given: Readonly<Record<string, unknown>>,
  cwd: string,
  target: Program,
): RunConfiguration {
  if (!existsSync(cwd)) {
    throw new UserError(`There is no folder ${cwd}: check 'cwd'.`);
  }
  const recording = pathOf(given['recording']);
  const noDebug = given['noDebug'] === true;
  const console = consoleOf(given['console']);
  return {
    kind: 'run',
    target,
    args: argumentsOf(given['args']),
    cwd,
    env: environmentOf(given, cwd),
    ...interpreterOf(given),
    console,
    redirectOutput: flag(given['redirectOutput'], console === 'internalConsole'),
    stopOnEntry: given['stopOnEntry'] === true && !noDebug,
    stopAtEnd: given['stopAtEnd'] !== false && !noDebug,
    breakOnSystemExit: noDebug ? [] : exitCodesOf(given['breakOnSystemExit']),
    breakpointCalls: !noDebug,
    noDebug,
    justMyCode: given['justMyCode'] !== false,
    rules: rulesOf(given, cwd),
    subProcess: given['subProcess'] !== false,
    maxRecordingSize: sizeOf(given['maxRecordingSize']),
    recording: recording === undefined ? undefined : resolve(cwd, recording),
    preserveRecording: flag(given['preserveRecording'], recording !== undefined),
  };
}

function openConfiguration(recording: string, given: Readonly<Record<string, unknown>>): OpenConfiguration {
  if (!existsSync(recording)) {
    throw new UserError(`There is no recording at ${recording}: check 'recording'.`);
  }
  return {
    kind: 'open',
    recording,
    stopOnEntry: given['stopOnEntry'] !== false,
    step: stepOf(given['step']),
    subProcess: given['subProcess'] === true,
  };
}

function stepOf(value: unknown): number | undefined {
  const step = value === undefined || value === null ? undefined : Number(value);
  if (step !== undefined && !(Number.isSafeInteger(step) && step >= 0)) {
    throw new UserError("'step' has to be the number of a step, from 0 on.");
  }
  return step;
}

const LARGEST_PORT = 65_535;

function connectConfiguration(
  connect: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>>,
): ConnectConfiguration {
  const port = Number(connect['port']);
  if (!Number.isInteger(port) || port < 1 || port > LARGEST_PORT) {
    throw new UserError(
      `'connect' needs a 'port' from 1 to ${LARGEST_PORT}: the one at which the program waits.`,
    );
  }
  return {
    kind: 'connect',
    host: optionalText(connect['host']) ?? '127.0.0.1',
    port,
    token: optionalText(connect['token']),
    stopOnEntry: given['stopOnEntry'] === true,
    stopAtEnd: given['stopAtEnd'] !== false,
    breakOnSystemExit: exitCodesOf(given['breakOnSystemExit']),
    breakpointCalls: true,
    redirectOutput: flag(given['redirectOutput'], true),
    subProcess: given['subProcess'] !== false,
  };
}

function consoleOf(value: unknown): Console {
  const found = CONSOLES.find((console) => console === (optionalText(value) ?? 'internalConsole'));
  if (found === undefined) {
    throw new UserError(`'console' has to be one of ${CONSOLES.join(', ')}, not ${JSON.stringify(value)}.`);
  }
  return found;
}

function flag(value: unknown, otherwise: boolean): boolean {
  return typeof value === 'boolean' ? value : otherwise;
}
