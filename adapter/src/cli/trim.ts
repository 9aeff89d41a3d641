import { UserError } from '../errors';
import { openForUser } from '../api/open';
import { trim } from '../trace/tools';
import type { Command } from './command';
import { copying, requireOutput } from './copying';
import { oneFile } from './recording-file';
import { parseWhole, parseWords, UsageError } from './words';

export const trimCommand: Command = {
  usage: 'trim FILE --from N --to M -o OUT',
  summary: 'a smaller recording of some of the steps',
  details: `OUT holds the steps from N to M; there they have the numbers from 0 on. Every state is the same as in FILE; what was
printed before step N, and how objects came to be what they were then, is left out.

Options:
  --from N      the first step (default: the first one of FILE)
  --to M        the last step (default: the last one of FILE)
  -o, --output OUT   the file to write; it may be FILE itself`,
  run: runTrim,
};

function runTrim(words: readonly string[]): number {
  const { values, positionals } = parseWords({
    args: [...words],
    options: { from: { type: 'string' }, to: { type: 'string' }, output: { type: 'string', short: 'o' } },
    allowPositionals: true,
  });
  const file = oneFile(positionals);
  const output = requireOutput(values.output);
  const { first, last } = stepsOf(file);
  const from = values.from === undefined ? first : parseWhole(values.from, '--from');
  const to = values.to === undefined ? last : parseWhole(values.to, '--to');
  if (from > to) {
    throw new UsageError(`--from ${from} lies behind --to ${to}.`);
  }
  const missing = [from, to].find((step) => step < first || step > last);
  if (missing !== undefined) {
    throw new UserError(`${file} has the steps ${first} to ${last}: there is no step ${missing}.`);
  }
  copying(file, output, (unfinished) => {
    trim(file, unfinished, from, to);
  });
  return 0;
}

function stepsOf(file: string): { first: number; last: number } {
  const trace = openForUser(file);
  try {
    if (trace.length === 0) {
      throw new UserError(`${file} has no steps.`);
    }
    return { first: trace.firstStep, last: trace.length - 1 };
  } finally {
    trace.close();
  }
}
