/** The command that starts a program under the recorder, and the environment that it starts in. */

import { programArguments, recorderStart } from '../interpreter/recorder-command';
import type { CodeRule, Program, ProgramArguments } from '../interpreter/recorder-command';

export interface CommandOptions {
  readonly python: string;
  /** The folder that holds the Python package `execorder` with its extension. */
  readonly packagePath: string;
  readonly pythonArgs: readonly string[];
  readonly target: Program;
  readonly args: ProgramArguments;
  readonly cwd: string;
  /** Added to the adapter's own environment; null removes. */
  readonly env: Readonly<Record<string, string | null>>;
  /** Where the recording goes. */
  readonly recording: string;
  /** Whether library code stays unrecorded step by step. */
  readonly justMyCode: boolean;
  readonly rules: readonly CodeRule[];
  /** Whether processes that it starts are recorded, too. */
  readonly subProcess: boolean;
  /** In bytes; beyond it the oldest steps go. */
  readonly maxRecordingSize: number | undefined;
}

/** A process to start. */
export interface Command {
  readonly words: readonly string[];
  readonly cwd: string;
  /** What differs from the adapter's own environment; null removes. */
  readonly env: Readonly<Record<string, string | null>>;
}

/** The control channel that the program is to connect to. */
export interface Meeting {
  readonly port: number;
  readonly token: string;
}

export function commandFor(options: CommandOptions, { port, token }: Meeting): Command {
  const words = [
    options.python,
    ...options.pythonArgs,
    ...recorderStart(options.packagePath),
    ...['--control', String(port), '-o', options.recording],
    ...(options.justMyCode ? [] : ['--all-code']),
    ...options.rules.flatMap(({ pattern, include }) => [include ? '--include' : '--exclude', pattern]),
    ...(options.subProcess ? [] : ['--no-children']),
    ...(options.maxRecordingSize === undefined ? [] : ['--max-size', String(options.maxRecordingSize)]),
    ...programArguments(options.target),
  ];
  return {
    words: withArguments(words, options.args),
    cwd: options.cwd,
    env: { ...options.env, EXECORDER_TOKEN: token },
  };
}

/** The shell becomes the program: it keeps its process and what it was told about input and output. */
function withArguments(words: readonly string[], args: ProgramArguments): string[] {
  if (args.kind === 'words') {
    return [...words, ...args.words];
  }
  return process.platform === 'win32'
    ? [...words, ...args.text.split(/\s+/)]
    : ['/bin/sh', '-c', `exec "$0" "$@" ${args.text}`, ...words];
}
