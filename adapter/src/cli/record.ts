import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { limitArguments } from '../api/limits';
import { UserError } from '../errors';
import { findInterpreter } from '../interpreter/find';
import { preparePythonPath } from '../interpreter/python-path';
import { programArguments, recorderStart, type Program } from '../interpreter/recorder-command';
import type { Command } from './command';
import { progress } from './progress';
import { parseRecordWords, type RecordWords } from './record-words';
import { runProgram } from './run-program';
import { redactInto, unredactedPlace } from './unredacted';

export const recordCommand: Command = {
  usage: 'record [options] script.py | -m module | -c code [args …]',
  summary: 'run a program and record all of it',
  details: `The program's input, output, arguments and exit code are what they are without Execorder.

Options:
  -o, --output FILE   where to keep the recording (default: the program's name with .xrec)
  --python P          the interpreter (default: EXECORDER_PYTHON, then python3 on PATH)
  --max-steps N       stop recording and the program after N steps
  --max-size SIZE     keep only the newest part, in a file no larger than this, for instance 200MB
  --time-limit S      stop recording and the program after S seconds
  --all-code          record the standard library and installed packages step by step, too
  --library FOLDER    treat code in this folder as library code (may be given several times)
  --include PATTERN   record files that fit step by step, too: * and ? stay inside a folder, ** crosses folders;
                      a pattern that is not absolute starts in this folder
  --exclude PATTERN   leave out files that fit; of all these patterns, the first that fits a file decides
  --listen [HOST:]PORT
                      let debuggers attach to this port; of this machine only, unless HOST says otherwise
  --wait              with --listen: begin when a debugger says so
  --redact NAMES      leave the values of variables, keys and attributes with such names out, as 'execorder redact' does.
                      FILE appears when the program has ended or was killed; until then the recording grows in a folder
                      beside it, .FILE.unredacted-…, that only you can enter. If this command is killed, too, it stays
                      there: without these values, unless they were recorded under another name first
  --no-children       leave the processes that the program starts unrecorded. Otherwise each that forks, or that runs this
                      same interpreter, is recorded beside OUT: prog.xrec, prog.PID.xrec. 'info' lists them.
                      What a child sees of its command line and environment is what it would see without Execorder`,
  run: record,
};

async function record(words: readonly string[]): Promise<number> {
  const asked = parseRecordWords(words);
  requireProgram(asked.program);
  const output = outputFile(asked);
  const interpreter = await findInterpreter({ python: asked.python });
  const pythonPath = await preparePythonPath(interpreter, { onProgress: progress });
  requireNames(asked.redact);
  if (asked.redact === undefined) {
    return recordInto(output, asked, interpreter.command, pythonPath);
  }
  const unredacted = unredactedPlace(output);
  try {
    return await recordInto(unredacted, asked, interpreter.command, pythonPath);
  } finally {
    redactInto(output, unredacted, asked.redact);
  }
}

/** The exit code of the program. */
function recordInto(output: string, asked: RecordWords, python: string, pythonPath: string): Promise<number> {
  return runProgram(python, [
    ...recorderStart(pythonPath),
    ...[
      '-o',
      output,
      ...limitArguments(asked),
      ...(asked.children ? [] : ['--no-children']),
      ...(asked.redact === undefined ? [] : ['--redact', asked.redact]),
      ...asked.forRecorder,
    ],
    ...programArguments(asked.program),
    ...asked.args,
  ]);
}

/** Better now than after the program has run. */
function requireNames(names: string | undefined): void {
  if (names === '') {
    throw new UserError("Say what to redact: --redact 'password|token'.");
  }
}

function requireProgram(program: Program): void {
  if (program.kind === 'program' && !existsSync(program.path)) {
    throw new UserError(`There is no program at ${program.path}: check the path.`);
  }
}

function outputFile({ output, program }: RecordWords): string {
  const file = path.resolve(output ?? `${nameOf(program)}.xrec`);
  if (!existsSync(path.dirname(file))) {
    throw new UserError(
      `There is no folder ${path.dirname(file)} to keep the recording in: make it, or choose another.`,
    );
  }
  if (existsSync(file) && statSync(file).isDirectory()) {
    throw new UserError(`${file} is a folder: name a file to keep the recording in.`);
  }
  return file;
}

function nameOf(program: Program): string {
  switch (program.kind) {
    case 'program':
      return path.parse(path.resolve(program.path)).name;
    case 'module':
      return program.name;
    case 'code':
      return 'code';
  }
}
