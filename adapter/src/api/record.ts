import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UserError } from '../errors';
import { findInterpreter } from '../interpreter/find';
import { preparePythonPath } from '../interpreter/python-path';
import { programArguments, recorderStart, type Program } from '../interpreter/recorder-command';
import { limitArguments, type Limits } from './limits';
import { Recording } from './recording';

/** What `record` runs, and how. Exactly one of `program` and `code` is needed. */
export interface RecordOptions extends Limits {
  /** Path of a Python file. */
  readonly program?: string;
  /** Python source. */
  readonly code?: string;
  /** The program's own arguments. */
  readonly args?: readonly string[];
  /** The interpreter; EXECORDER_PYTHON or `python3` on PATH by default. */
  readonly python?: string;
  /** Where the program runs; this process's folder by default. */
  readonly cwd?: string;
  /** Where to keep the recording; without it, it lives until `close`. */
  readonly path?: string;
  /** Told now and then how many steps there are so far. */
  readonly onProgress?: (steps: number) => void;
}

const PROGRESS_INTERVAL_MS = 200;

/**
 * Runs a program under the recorder to its end. What it prints is in the recording's `output`; a program that fails
 * still yields its recording. Rejects with a UserError when there is nothing to record.
 */
export async function record(options: RecordOptions): Promise<Recording> {
  const program = programOf(options);
  const interpreter = await findInterpreter({ python: options.python });
  const pythonPath = await preparePythonPath(interpreter);
  const { file, cleanup } = options.path === undefined ? temporaryFile() : keptFile(options.path);
  const args = [
    ...recorderStart(pythonPath),
    ...['-o', file, ...limitArguments(options)],
    ...programArguments(program),
    ...(options.args ?? []),
  ];
  const child = spawn(interpreter.command, args, { cwd: options.cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  const problem = await untilEnd(child, watch(file, options.onProgress));
  if (!existsSync(file)) {
    cleanup();
    throw new UserError(`Nothing was recorded: ${problem}`);
  }
  return Recording.open(file, cleanup);
}

function programOf({ program, code, cwd }: RecordOptions): Program {
  if (program !== undefined && code === undefined) {
    const file = path.resolve(cwd ?? '.', program);
    if (!existsSync(file)) {
      throw new UserError(`There is no program at ${program}: check the path.`);
    }
    return { kind: 'program', path: file };
  }
  if (code !== undefined && program === undefined) {
    return { kind: 'code', code };
  }
  throw new UserError('Say what to record: either program (a path) or code (Python source).');
}

function temporaryFile(): { file: string; cleanup: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'execorder-'));
  return {
    file: path.join(folder, 'recording.xrec'),
    cleanup: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** An older recording there is replaced, so that it can't be taken for the new one. */
function keptFile(file: string): { file: string; cleanup: () => void } {
  rmSync(file, { force: true });
  return { file: path.resolve(file), cleanup: () => undefined };
}

/** Resolves at the program's end with the last thing it complained about. */
function untilEnd(child: ChildProcess, stopWatching: () => void): Promise<string> {
  let complaints = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-10_000);
  });
  return new Promise<string>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(complaints.trimEnd().split('\n').at(-1) ?? ''));
  }).finally(stopWatching);
}

/** Follows the growing file; answers how to stop that. */
function watch(file: string, onProgress: ((steps: number) => void) | undefined): () => void {
  if (onProgress === undefined) {
    return () => undefined;
  }
  let growing: Recording | undefined;
  const timer = setInterval(() => {
    growing ??= openGrowing(file);
    if (growing?.refresh() === true) {
      onProgress(growing.steps);
    }
  }, PROGRESS_INTERVAL_MS);
  return () => {
    clearInterval(timer);
    growing?.close();
  };
}

/** The file appears a moment after the interpreter started. */
function openGrowing(file: string): Recording | undefined {
  try {
    return Recording.open(file);
  } catch {
    return undefined;
  }
}
