import { spawn } from 'node:child_process';
import { recorderStart } from '../interpreter/recorder-command';
import { findInterpreter } from '../interpreter/find';
import { preparePythonPath } from '../interpreter/python-path';
import type { Command } from './command';
import { progress } from './progress';
import { parseWords, UsageError } from './words';

export const attachCommand: Command = {
  usage: 'attach [-o FILE] [--seconds S] [--python P] PID',
  summary: 'record a process that runs already',
  details: `The process has to allow it: it calls execorder.allow_attach(), or was started with EXECORDER_ATTACH=1 in its
environment and imports execorder. It is recorded until Ctrl-C, for S seconds, or to its end. Prints the recording's path.

Options:
  -o, --output FILE   where to keep the recording (default: process-PID.xrec)
  --seconds S         for how long
  --python P          the interpreter that asks the process (default: EXECORDER_PYTHON, then python3 on PATH)`,
  run: attach,
};

async function attach(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords({
    args: [...words],
    options: {
      output: { type: 'string', short: 'o' },
      seconds: { type: 'string' },
      python: { type: 'string' },
    },
    allowPositionals: true,
  });
  const [pid, ...more] = positionals;
  if (pid === undefined || !/^\d+$/.test(pid) || more.length > 0) {
    throw new UsageError("'attach' needs the number of one process.");
  }
  const interpreter = await findInterpreter({ python: values.python });
  const folder = await preparePythonPath(interpreter, { onProgress: progress });
  const options = [
    ...(values.output === undefined ? [] : ['-o', values.output]),
    ...(values.seconds === undefined ? [] : ['--time-limit', values.seconds]),
  ];
  return run(interpreter.command, [...recorderStart(folder), '--attach', pid, ...options]);
}

/** Ctrl-C reaches the child by itself, which then ends in order. */
function run(command: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const ignore = (): void => undefined;
    process.on('SIGINT', ignore);
    const child = spawn(command, args, { stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', (status) => {
      process.off('SIGINT', ignore);
      resolve(status ?? 1);
    });
  });
}
