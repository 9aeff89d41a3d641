#!/usr/bin/env node
/** The `execorder` command. */

import { UserError } from '../errors';
import { attachCommand } from './attach';
import { checkCommand } from './check';
import type { Command } from './command';
import { compactCommand } from './compact';
import { dapCommand } from './dap';
import { infoCommand } from './info';
import { print, progress } from './progress';
import { pythonPathCommand } from './python-path';
import { recordCommand } from './record';
import { redactCommand } from './redact';
import { stateCommand } from './state';
import { trimCommand } from './trim';
import { version } from './version';
import { UsageError } from './words';

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['record', recordCommand],
  ['attach', attachCommand],
  ['info', infoCommand],
  ['state', stateCommand],
  ['check', checkCommand],
  ['trim', trimCommand],
  ['compact', compactCommand],
  ['redact', redactCommand],
  ['dap', dapCommand],
  ['python-path', pythonPathCommand],
]);

const FAILED = 1;
const MISUSED = 2;

async function main([name, ...words]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    print(help());
    return name === undefined ? MISUSED : 0;
  }
  if (name === '--version') {
    print(version());
    return 0;
  }
  const command = COMMANDS.get(name);
  if (command === undefined) {
    throw new UsageError(`There is no command '${name}'.`);
  }
  if (words[0] === '--help' || words[0] === '-h') {
    print(`Usage: execorder ${command.usage}\n\n${command.summary}\n\n${command.details}`);
    return 0;
  }
  return command.run(words);
}

function help(): string {
  const rows = [...COMMANDS.values()].map(({ usage, summary }) => `  ${usage}\n      ${summary}`);
  return [
    'Execorder records a Python program and moves through the run in both directions.',
    '',
    'Usage: execorder COMMAND …',
    '',
    ...rows,
    '',
    "'execorder COMMAND --help' says more; --version prints the version.",
  ].join('\n');
}

/** A user's mistake is one sentence; anything else is ours and shows where it happened. */
function explain(error: unknown): number {
  if (error instanceof UsageError) {
    progress(`${error.message} See 'execorder --help'.`);
    return MISUSED;
  }
  if (error instanceof UserError) {
    progress(error.message);
    return FAILED;
  }
  progress(
    `This is a mistake of Execorder's: ${error instanceof Error ? (error.stack ?? '') : String(error)}`,
  );
  return FAILED;
}

/** Who reads our answer may stop reading, as `head` does. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : FAILED);
});

main(process.argv.slice(2))
  .catch(explain)
  .then((code) => {
    process.exitCode = code;
  }, explain);
