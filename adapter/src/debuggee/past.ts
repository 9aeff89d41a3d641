/** Expressions in the past of a program that is no more: an interpreter evaluates them on what was recorded. */

import { execFile } from 'node:child_process';

import { UserError } from '../errors';
import { guard } from '../interpreter/guard';
import { parseAnswers, parseEvaluated } from './messages';
import type { EvaluatedPlace, EvaluatedText } from './messages';

/** An expression, and the frame and step in which it is meant. */
export interface PastPlace {
  readonly expression: string;
  readonly step: number;
  readonly thread: number;
  readonly frame: number;
  readonly context: string;
}

/** An expression, and steps with the thread and the frame in which it is meant. */
export interface PastPlaces {
  readonly expression: string;
  readonly places: readonly (readonly [step: number, thread: number, frame: number])[];
}

/** An interpreter, and the folder that holds the package for it. */
export interface PastInterpreter {
  readonly command: string;
  readonly packagePath: string;
}

/** Whether a program could not evaluate since it is at its end: from Python 3.12 on, it makes no processes there. */
export function cannotFork(error: unknown): boolean {
  return error instanceof UserError && error.message.includes('at interpreter shutdown');
}

const TIMEOUT_MS = 10_000;
const LONGEST_ANSWER = 64 << 20;
const SCRIPT = 'import sys; sys.path.insert(0, sys.argv[1]); from execorder import _past; _past.main()';

/** @throws UserError with what Python says, or when it takes too long, or the signal is aborted */
export async function evaluateRecorded(
  interpreter: PastInterpreter,
  recording: string,
  place: PastPlace,
  signal?: AbortSignal,
): Promise<EvaluatedText> {
  return parseEvaluated(await ask(interpreter, recording, place, signal));
}

/** At many places at once; there may be fewer answers when it takes long. */
export async function evaluateAtPlaces(
  interpreter: PastInterpreter,
  recording: string,
  request: PastPlaces,
): Promise<EvaluatedPlace[]> {
  return parseAnswers(await ask(interpreter, recording, request));
}

function ask(
  { command, packagePath }: PastInterpreter,
  recording: string,
  request: PastPlace | PastPlaces,
  signal?: AbortSignal,
): Promise<unknown> {
  const args = ['-I', '-c', SCRIPT, packagePath, recording, JSON.stringify(request)];
  const options = { timeout: TIMEOUT_MS, maxBuffer: LONGEST_ANSWER, killSignal: 'SIGKILL', signal } as const;
  return new Promise((resolve, reject) => {
    const child = execFile(command, args, options, (error, stdout, stderr) => {
      stopGuarding();
      const answer = parse(stdout);
      if (answer !== undefined && typeof answer['error'] !== 'string') {
        resolve(answer);
      } else {
        reject(new UserError(answer === undefined ? failure(error, stderr) : String(answer['error'])));
      }
    });
    const stopGuarding = guard(() => child.kill('SIGKILL'));
  });
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function failure(error: (Error & { readonly killed?: boolean }) | null, stderr: string): string {
  const lastLine = stderr.trimEnd().split('\n').at(-1) ?? '';
  if (error?.killed === true) {
    return `TimeoutError: it took longer than ${TIMEOUT_MS / 1000} seconds`;
  }
  return lastLine === '' ? 'The interpreter gave no answer.' : lastLine;
}
