import { readState, type Binding, type State } from '../api/state';
import { encodeState } from '../api/state-json';
import { UserError } from '../errors';
import { Renderer } from '../text/rendering';
import type { Trace } from '../trace/trace';
import type { Command } from './command';
import { print, printJson } from './progress';
import { readingFile, refuseOthers } from './recording-file';
import { parseWhole, parseWords, UsageError } from './words';

export const stateCommand: Command = {
  usage: 'state FILE N [--json]',
  summary: 'everything visible at step N',
  details: `Prints where the program was and every variable of the running function and its module.
An object that appears several times is written once as #7=[…], and as #7 everywhere else.
Long values are cut, and say so.

Options:
  --json   print exact data; docs/STATE-JSON.md describes it`,
  run: state,
};

function state(words: readonly string[]): number {
  const { values, positionals } = parseWords({
    args: [...words],
    options: { json: { type: 'boolean' } },
    allowPositionals: true,
  });
  const [file, number, ...others] = positionals;
  if (file === undefined || number === undefined) {
    throw new UsageError('Name a recording and a step.');
  }
  refuseOthers(others);
  const n = parseWhole(number, 'The step');
  return readingFile(file, (trace) => {
    requireStep(file, trace, n);
    const now = readState(trace, n);
    if (values.json === true) {
      printJson(encodeState(trace, now));
    } else {
      printState(trace, now);
    }
  });
}

function requireStep(file: string, { firstStep, length }: Trace, n: number): void {
  if (length === 0) {
    throw new UserError(`${file} has no steps: nothing was recorded.`);
  }
  if (n < firstStep || n >= length) {
    throw new UserError(`There is no step ${n} in ${file}: choose one from ${firstStep} to ${length - 1}.`);
  }
}

function printState(trace: Trace, now: State): void {
  print(`step ${now.step} of ${trace.length}: ${now.kind} in ${now.function}, ${now.file}:${now.line}`);
  now.stack
    .slice(1)
    .forEach((frame) => print(`  called from ${frame.function}, ${frame.file}:${frame.line}`));
  const sections = sectionsOf(now);
  const values = sections.flatMap(({ bindings }) => bindings.map(({ value }) => value));
  const renderer = new Renderer(trace, now.step, values);
  for (const { title, bindings } of sections.filter((section) => section.bindings.length > 0)) {
    print(title);
    bindings.forEach(({ name, value }) => print(`  ${name} = ${renderer.render(value)}`));
  }
}

interface Section {
  readonly title: string;
  readonly bindings: readonly Binding[];
}

function sectionsOf(now: State): Section[] {
  const atModuleLevel = now.stack[0]?.scope === 'module';
  const result = now.result === undefined ? [] : [{ name: resultName(now), value: now.result }];
  return [
    { title: 'locals', bindings: atModuleLevel ? [] : now.locals },
    { title: 'this step', bindings: result },
    {
      title: 'globals',
      bindings: [...now.globals].sort((a, b) => Number(isSpecial(a)) - Number(isSpecial(b))),
    },
  ];
}

/** What the running frame hands over at this very step. */
function resultName({ kind }: State): string {
  switch (kind) {
    case 'exception':
      return 'raises';
    case 'yield':
      return 'yields';
    default:
      return 'returns';
  }
}

/** `__name__` and its like come last. */
function isSpecial({ name }: Binding): boolean {
  return name.startsWith('__') && name.endsWith('__');
}
