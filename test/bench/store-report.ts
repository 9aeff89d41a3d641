/** The table of what a recording costs to ask, with its goals. */

import { cpus } from 'node:os';
import type { Answers, Times } from './store-questions';

export interface StoreReport {
  readonly short: Answers;
  readonly long: Answers;
  readonly recovery: {
    readonly milliseconds: number;
    readonly storedBytes: number;
    readonly logBytes: number;
  };
  /** What the C program said, when it was asked. */
  readonly synthetic: string | undefined;
}

const NEVER: Times = { median: NaN, p99: NaN, worst: NaN };

type Row = readonly [what: string, short: string, long: string, goal: string, met: boolean];

export function page(report: StoreReport): string {
  const { short, long, synthetic } = report;
  const rows = table(report).map(
    ([what, left, right, goal, met]) =>
      `| ${what} | ${left} | ${right} | ${goal} | ${met ? 'met' : 'missed'} |`,
  );
  return [
    '# What a recording costs to ask',
    '',
    'Written by `npm run bench:store -- --write`: test/bench/long.py is recorded twice, and the recordings are asked through the',
    'addon, in milliseconds of wall time. Random steps touch new places of the file each time. A *state* is the stack and',
    'all variables of the top frame, with one level of what they hold.',
    '',
    `Measured on ${cpus()[0]?.model ?? 'an unknown processor'} (${cpus().length} cores), Node ${process.version}.`,
    '',
    `| what | ${scale(short.steps)} steps | ${scale(long.steps)} steps | goal | |`,
    '| --- | ---: | ---: | --- | --- |',
    ...rows,
    '',
    'A growing recording has room for up to 8 MiB more than what is written. Filters tell which chunks can be passed over. They are',
    'made when a chunk is compressed: where that was not done (a bounded recording that was killed, one that somebody has read all',
    'the time), *who wrote a key* goes through all changes of the dict back to the newest write. At 10⁸ steps of this program that',
    'took up to 1.7 s of processor time for a key that was written at the start, and the same half a millisecond for one that',
    'changes. `execorder compact` completes such a recording, in 14 s of processor time for this one.',
    '',
    ...(synthetic === undefined
      ? []
      : [
          '## Steps that no program made',
          '',
          'By the C writer and reader:',
          '',
          '```',
          synthetic.trimEnd(),
          '```',
          '',
        ]),
  ].join('\n');
}

function table({ short, long, recovery }: StoreReport): Row[] {
  const speed = recovery.storedBytes / 1e3 / recovery.milliseconds;
  const logSpeed = recovery.logBytes / 1e3 / recovery.milliseconds;
  return [
    both('file, MB', short, long, ({ fileBytes }) => fileBytes / 1e6, '', Infinity),
    both('bytes a line step, compressed', short, long, (of) => of.fileBytes / of.lineSteps, 'at most 6', 6),
    both(
      'bytes a line step, as they are written',
      short,
      long,
      (of) => of.logBytes / of.lineSteps,
      'at most 12',
      12,
    ),
    both(
      'most room on the disk while it grows, MB',
      short,
      long,
      (of) => of.growingBytes / 1e6,
      '',
      Infinity,
    ),
    both('opening', short, long, ({ opening }) => opening, '200 for 1 GB', 200),
    times('state anywhere', short, long, ({ anywhere }) => anywhere, 'median 1, 99 % within 5', 1, 5),
    times('state at the next step', short, long, ({ neighbours }) => neighbours, 'median 0.1', 0.1),
    times('next visit of a line', short, long, ({ visit }) => visit, 'median 1', 1),
    times('a line not visited since the start', short, long, ({ noVisit }) => noVisit, 'median 50', 50),
    ...Object.keys(long.lastWrites).map((name) =>
      times(`who wrote ${name}`, short, long, (of) => of.lastWrites[name] ?? NEVER, '5, also 99 %', 5, 5),
    ),
    times('an object: its newest 100 changes', short, long, ({ history }) => history, 'median 5', 5),
    both("the reader's memory, MB", short, long, (of) => of.peakBytes / 1e6, '256', 256),
    [
      'recovery without the mark of completeness',
      '',
      `${speed.toFixed(0)} MB/s of the file, ${logSpeed.toFixed(0)} MB/s of records`,
      '500 MB/s',
      logSpeed >= 500,
    ],
  ];
}

function both(
  what: string,
  short: Answers,
  long: Answers,
  pick: (answers: Answers) => number,
  goal: string,
  most: number,
): Row {
  return [what, number(pick(short)), number(pick(long)), goal, pick(long) <= most];
}

function times(
  what: string,
  short: Answers,
  long: Answers,
  pick: (answers: Answers) => Times,
  goal: string,
  median: number,
  p99 = Infinity,
): Row {
  const text = (of: Times): string => `${number(of.median)}, 99 %: ${number(of.p99)}`;
  const met = pick(long).median <= median && pick(long).p99 <= p99;
  return [what, text(pick(short)), text(pick(long)), goal, met];
}

function number(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(3);
}

function scale(steps: number): string {
  return steps >= 1e6 ? `${(steps / 1e6).toFixed(0)} M` : `${(steps / 1e3).toFixed(0)} k`;
}
