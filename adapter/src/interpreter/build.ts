import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import path from 'node:path';
import { codeOf, UserError } from '../errors';
import { onPath } from './find';
import { guard } from './guard';
import { versionText, type Interpreter } from './interpreter';

/** One build of the C extension. */
export interface Build {
  readonly interpreter: Interpreter;
  /** recorder-c */
  readonly sources: string;
  /** A folder for cmake's own files. */
  readonly scratch: string;
  /** The folder to put `_native<suffix>` into. */
  readonly output: string;
  /** The file that keeps everything cmake and the compiler say. */
  readonly log: string;
  /** Told how far it is, in percent. */
  readonly onPercent?: ((percent: number) => void) | undefined;
}

/** Builds the recorder's C extension for an interpreter. Rejects with a UserError when a tool or a header is missing. */
export async function buildExtension(build: Build): Promise<void> {
  requireTools(build.interpreter);
  const { interpreter, sources, scratch, output } = build;
  const log = createWriteStream(build.log);
  try {
    await cmake(build, log, [
      ...['-S', sources, '-B', scratch, '-DCMAKE_BUILD_TYPE=Release'],
      `-DXO_PYTHON_INCLUDE=${interpreter.include}`,
      `-DXO_PYTHON_SUFFIX=${interpreter.extensionSuffix}`,
      `-DXO_OUTPUT=${output}`,
    ]);
    await cmake(build, log, ['--build', scratch, '--target', 'xo_extension', '--parallel', '2']);
  } finally {
    log.end();
    await finished(log);
  }
}

function requireTools(interpreter: Interpreter): void {
  if (onPath('cmake') === undefined) {
    throw new UserError(
      'cmake is missing, which builds the recorder: install it (apt install cmake) and try again.',
    );
  }
  const compiler = process.env['CC'] ?? '';
  if (compiler === '' && ['cc', 'gcc', 'clang'].every((name) => onPath(name) === undefined)) {
    throw new UserError(
      'A C compiler is missing, which builds the recorder: install one (apt install build-essential) and try again.',
    );
  }
  if (!existsSync(path.join(interpreter.include, 'Python.h'))) {
    const [major, minor] = interpreter.version;
    throw new UserError(
      `The headers of ${interpreter.command} are missing (no Python.h in ${interpreter.include}): ` +
        `install them (apt install python${major}.${minor}-dev) and try again.`,
    );
  }
}

/** Runs cmake to its end; all it prints goes to the log. */
function cmake(build: Build, log: WriteStream, args: readonly string[]): Promise<void> {
  log.write(`$ cmake ${args.join(' ')}\n`);
  return new Promise((resolve, reject) => {
    // A group of its own, so that ending it also ends the compilers that it started.
    const isGroup = process.platform !== 'win32';
    const child = spawn('cmake', args, { stdio: ['ignore', 'pipe', 'pipe'], detached: isGroup });
    const stopGuarding = guard(() => kill(child, isGroup));
    child.stdout.on('data', (data: Buffer) => {
      log.write(data);
      const percent = percentIn(data.toString());
      if (percent !== undefined) {
        build.onPercent?.(percent);
      }
    });
    child.stderr.on('data', (data: Buffer) => log.write(data));
    child.on('error', (error) =>
      reject(
        new UserError(`cmake can't be run (${codeOf(error) ?? error.message}): install it and try again.`),
      ),
    );
    child.on('close', (status) => {
      stopGuarding();
      if (status === 0) {
        resolve();
      } else {
        reject(failed(build));
      }
    });
  });
}

/** How far a build is by what it prints: `[ 45%] Building …` of make, `[9/20] Building …` of ninja. */
function percentIn(text: string): number | undefined {
  const [, done, all] = [...text.matchAll(/^\[ *(\d+)(?:%|\/(\d+))\]/gm)].at(-1) ?? [];
  return done === undefined ? undefined : Math.floor((100 * Number(done)) / Number(all ?? 100));
}

function kill({ pid }: ChildProcess, isGroup: boolean): void {
  try {
    process.kill(isGroup ? -(pid ?? NaN) : (pid ?? NaN), 'SIGKILL');
  } catch {
    // It is gone already, or was never there.
  }
}

function failed({ interpreter, log }: Build): UserError {
  return new UserError(
    `The recorder could not be built for Python ${versionText(interpreter)}: the reason is in ${log}.`,
  );
}
