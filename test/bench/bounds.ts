/** `npm run bench:bounds [-- --repeats N --write]`: how long hostile programs go on after their time limit. */

import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { measureEverywhere, ROOT } from './interpreters';

interface Measured {
  readonly python: string;
  readonly programs: readonly {
    readonly name: string;
    readonly stop_ms: number;
    readonly call_ms: number;
  }[];
}

const GOAL_MS = 50;

function page(measured: readonly Measured[]): string {
  const names = [...new Set(measured.flatMap(({ programs }) => programs.map(({ name }) => name)))];
  const cell = (one: Measured, name: string): string => {
    const program = one.programs.find((candidate) => candidate.name === name);
    return program === undefined ? '' : `${program.stop_ms.toFixed(1)} (${program.call_ms.toFixed(0)})`;
  };
  const longest = Math.max(...measured.flatMap(({ programs }) => programs.map(({ stop_ms: stop }) => stop)));
  return [
    '# How soon a time limit stops code',
    '',
    'Written by `npm run bench:bounds -- --write`: each program of test/python/hostile.py is run several times by',
    '`execorder.exec` with `time_limit=0.1`. The table says how many milliseconds after the limit its code had ended at the',
    'latest (`error.overrun`), and in brackets when the call returned, which also closes and compresses the recording.',
    '',
    `Measured on ${cpus()[0]?.model.trim() ?? 'an unknown processor'} (${cpus().length} cores).`,
    '',
    `| program | ${measured.map(({ python }) => python).join(' | ')} |`,
    `|---|${measured.map(() => '---:').join('|')}|`,
    ...names.map(
      (name) => `| ${name.replace(/_/g, ' ')} | ${measured.map((one) => cell(one, name)).join(' | ')} |`,
    ),
    '',
    `Goal: within ${GOAL_MS} ms: ${longest <= GOAL_MS ? 'met' : `missed, ${longest.toFixed(1)} ms`}.`,
    '',
  ].join('\n');
}

async function main(words: readonly string[]): Promise<void> {
  const passedOn = words.filter((word) => word !== '--write');
  const text = page(await measureEverywhere<Measured>('bounds.py', passedOn));
  console.log(text);
  if (words.includes('--write')) {
    writeFileSync(path.join(ROOT, 'docs/benchmarks-bounds.md'), text);
    console.log('written to docs/benchmarks-bounds.md');
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`execorder: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
