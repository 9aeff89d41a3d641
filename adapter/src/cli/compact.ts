import { statSync } from 'node:fs';
import { compact } from '../trace/tools';
import type { Command } from './command';
import { copying } from './copying';
import { print } from './progress';
import { oneFile } from './recording-file';
import { parseWords } from './words';

export const compactCommand: Command = {
  usage: 'compact FILE [-o OUT]',
  summary: 'write a recording anew, as small as it can be',
  details: `Compresses a recording that was made without, and completes one whose program was killed. Says how large it was and is.

Options:
  -o, --output OUT   the file to write (default: FILE itself)`,
  run: runCompact,
};

function runCompact(words: readonly string[]): number {
  const { values, positionals } = parseWords({
    args: [...words],
    options: { output: { type: 'string', short: 'o' } },
    allowPositionals: true,
  });
  const file = oneFile(positionals);
  const output = values.output ?? file;
  const [before, after] = copying(file, output, (unfinished) => {
    compact(file, unfinished);
    return [statSync(file).size, statSync(unfinished).size] as const;
  });
  print(`${before.toLocaleString('en-US')} bytes became ${after.toLocaleString('en-US')}`);
  return 0;
}
