/** `npm run bench [-- --repeats N --only NAME --against FOLDER --write]`: what recording costs, on every interpreter of this machine. */

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { comparison, comparisonPage } from './against';
import { measureEverywhere, ROOT } from './interpreters';
import { page, report, type Measured } from './report';

function answerOf(command: string, words: readonly string[]): string {
  const { stdout, status } = spawnSync(command, words, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) {
    throw new Error(`this failed: ${command} ${words.join(' ')}`);
  }
  return stdout.trim();
}

/** The folder with the other version's package, built for one interpreter. */
function packageOf(checkout: string, python: string): string {
  const command = path.resolve(checkout, 'adapter/dist/cli/main.js');
  return answerOf(process.execPath, [command, 'python-path', '--python', python]);
}

function write(name: string, text: string): void {
  writeFileSync(path.join(ROOT, 'docs', name), text);
  console.log(`written to docs/${name}`);
}

async function measureAgainst(checkout: string, words: readonly string[], writes: boolean): Promise<void> {
  const version = answerOf('git', ['-C', checkout, 'log', '-1', '--format=%h of %cs']);
  const measured = await measureEverywhere<Measured>('bench.py', words, ({ command }) => [
    '--against',
    packageOf(checkout, command),
  ]);
  console.log(measured.map(comparison).join('\n'));
  if (writes) {
    write('benchmarks-before.md', comparisonPage(version, measured));
    write('benchmarks.md', page(measured));
  }
}

async function main(words: readonly string[]): Promise<void> {
  const passedOn = words.filter((word) => word !== '--write');
  const writes = words.includes('--write');
  const at = passedOn.indexOf('--against');
  if (at !== -1) {
    const [, checkout] = passedOn.splice(at, 2);
    if (checkout === undefined) {
      throw new Error('--against needs the folder of a checkout that was set up by `npm run setup`');
    }
    return measureAgainst(checkout, passedOn, writes);
  }
  const measured = await measureEverywhere<Measured>('bench.py', passedOn);
  console.log(measured.map(report).join('\n'));
  if (writes) {
    write('benchmarks.md', page(measured));
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`execorder: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
