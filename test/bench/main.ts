/** `npm run bench [-- --repeats N --only NAME --write]`: what recording costs, on every interpreter of this machine. */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { measureEverywhere, ROOT } from './interpreters';
import { page, report, type Measured } from './report';

async function main(words: readonly string[]): Promise<void> {
  const passedOn = words.filter((word) => word !== '--write');
  const measured = await measureEverywhere<Measured>('bench.py', passedOn);
  console.log(measured.map(report).join('\n'));
  if (words.includes('--write')) {
    writeFileSync(path.join(ROOT, 'docs/benchmarks.md'), page(measured));
    console.log('written to docs/benchmarks.md');
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`execorder: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
