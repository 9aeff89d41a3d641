/** Tables of measurements. */

import { cpus } from 'node:os';

export interface Measured {
  readonly python: string;
  readonly workloads: readonly Workload[];
}

export interface Workload {
  readonly name: string;
  readonly plain_seconds: number;
  readonly slowdown: number;
  /** Of another version in the same rounds; null: there was none. */
  readonly slowdown_before: number | null;
  readonly bytes_before: number | null;
  readonly wall_slowdown: number;
  readonly steps: number;
  readonly steps_per_second: number;
  readonly beside: number;
  readonly bytes_per_line: number;
  readonly bytes_in_flight: number;
  readonly megabytes: number;
  /** Does not count for the means and goals. */
  readonly apart?: boolean;
}

/** What issue and design ask for: the geometric mean of the slowdowns, and bytes for each line step of every workload. */
const GOALS: Readonly<Record<string, number>> = { '3.11': 5, '3.12': 4, '3.13': 3 };
const GOAL_BYTES = 12;

const COLUMNS = [
  'workload',
  'plain s',
  'slowdown',
  'beside',
  'by wall clock',
  'steps',
  'steps/s',
  'bytes/line',
  'in flight',
  'file MB',
] as const;

/** The table of one interpreter. */
export function report({ python, workloads }: Measured): string {
  const rows = [...workloads.map(row), means(workloads)];
  return [`## Python ${python}`, '', ...table(COLUMNS, rows), '', verdict(python, workloads), ''].join('\n');
}

/** Markdown that also reads well in a terminal: a column of names, and some of numbers. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map((name, column) =>
    Math.max(name.length, ...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [columns, rule, ...rows].map((cells) => line(cells, widths));
}

function row(workload: Workload): string[] {
  return [
    workload.name,
    workload.plain_seconds.toFixed(2),
    workload.slowdown.toFixed(2),
    workload.beside.toFixed(2),
    workload.wall_slowdown.toFixed(2),
    `${(workload.steps / 1e6).toFixed(1)} M`,
    `${(workload.steps_per_second / 1e6).toFixed(1)} M`,
    workload.bytes_per_line.toFixed(1),
    workload.bytes_in_flight.toFixed(1),
    workload.megabytes.toFixed(0),
  ];
}

function means(all: readonly Workload[]): string[] {
  const workloads = all.filter((one) => one.apart !== true);
  return [
    'geometric mean',
    '',
    geometricMean(workloads.map((one) => one.slowdown)).toFixed(2),
    '',
    geometricMean(workloads.map((one) => one.wall_slowdown)).toFixed(2),
    '',
    '',
    geometricMean(workloads.map((one) => one.bytes_per_line)).toFixed(1),
    '',
    '',
  ];
}

function verdict(python: string, all: readonly Workload[]): string {
  const workloads = all.filter((one) => one.apart !== true);
  const goal = GOALS[python.split('.').slice(0, 2).join('.')];
  const slowdown = geometricMean(workloads.map((one) => one.slowdown));
  const most = Math.max(...workloads.map((one) => one.bytes_in_flight));
  const speed = goal === undefined ? '' : `a slowdown of at most ${goal}: ${met(slowdown <= goal)}; `;
  return `Goals: ${speed}at most ${GOAL_BYTES} bytes a line step in flight, each: ${met(most <= GOAL_BYTES)}.`;
}

function met(is: boolean): string {
  return is ? 'met' : 'missed';
}

export function geometricMean(numbers: readonly number[]): number {
  return Math.exp(numbers.reduce((sum, number) => sum + Math.log(number), 0) / numbers.length);
}

function line(cells: readonly string[], widths: readonly number[]): string {
  const padded = cells.map((cell, column) =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
  );
  return `| ${padded.join(' | ')} |`;
}

/** Where it was measured. */
export function processor(): string {
  return `Measured on ${cpus()[0]?.model.trim() ?? 'an unknown processor'} (${cpus().length} cores), Node ${process.version}.`;
}

/** docs/benchmarks.md */
export function page(measured: readonly Measured[]): string {
  return [
    '# What recording costs',
    '',
    'Written by `npm run bench -- --write`. Each workload of test/bench/workloads runs in turn plainly and recorded,',
    'each run in a process of its own. *Slowdown* is the median over these pairs of the processor seconds that the work',
    'took, recorded against plain; *beside* is what the thread took meanwhile that compresses the recording, in the same',
    'measure: a busy machine has to do that, too. *steps/s* counts all recorded steps per processor second; *bytes/line* is the',
    'size of the file divided by its line steps, *in flight* the most room that it took on the disk while it grew, with up to 8 MiB',
    'of it for what comes next. Every line of these programs is recorded: programs that spend their time in libraries cost far',
    'less. The lines about `exec` compare `execorder.exec` with the built-in one in the same process; they are not part of the mean.',
    '',
    processor(),
    '',
    ...measured.map(report),
  ].join('\n');
}
