/** The tables of `npm run bench -- --against FOLDER`: another version's recorder and this one's, measured in the same rounds. */

import { geometricMean, processor, table, type Measured, type Workload } from './report';

const COLUMNS = ['workload', 'plain s', 'before', 'today', 'today / before', 'bytes/line before', 'today'];

function ratio({ slowdown, slowdown_before: before }: Workload): number {
  return slowdown / (before ?? NaN);
}

function row(workload: Workload): string[] {
  return [
    workload.name,
    workload.plain_seconds.toFixed(2),
    (workload.slowdown_before ?? NaN).toFixed(2),
    workload.slowdown.toFixed(2),
    ratio(workload).toFixed(2),
    (workload.bytes_before ?? NaN).toFixed(1),
    workload.bytes_per_line.toFixed(1),
  ];
}

function means(workloads: readonly Workload[]): string[] {
  const mean = (of: (workload: Workload) => number): number => geometricMean(workloads.map(of));
  return [
    'geometric mean',
    '',
    mean(({ slowdown_before: before }) => before ?? NaN).toFixed(2),
    mean(({ slowdown }) => slowdown).toFixed(2),
    mean(ratio).toFixed(2),
    mean(({ bytes_before: before }) => before ?? NaN).toFixed(1),
    mean(({ bytes_per_line: bytes }) => bytes).toFixed(1),
  ];
}

/** The table of one interpreter. */
export function comparison({ python, workloads }: Measured): string {
  const rows = [...workloads.map(row), means(workloads.filter((one) => one.apart !== true))];
  return [`## Python ${python}`, '', ...table(COLUMNS, rows), ''].join('\n');
}

/** docs/benchmarks-before.md; `version` names the other one. */
export function comparisonPage(version: string, measured: readonly Measured[]): string {
  return [
    '# What recording cost before, and costs today',
    '',
    'Written by `npm run bench -- --against FOLDER --write`, where FOLDER is a checkout of another version that was set up:',
    `here ${version}. In each round a workload of test/bench/workloads runs plainly, recorded by that version and`,
    'recorded by this one. *before* and *today* are the medians over the rounds of the processor seconds that the work took,',
    'recorded against plain.',
    '',
    processor(),
    '',
    ...measured.map(comparison),
  ].join('\n');
}
