/** Functions by name: where their calls begin. */

import type { Step, Trace } from '../trace/trace';
import type { Place } from './stops';

/** The first line of a function's body, as its calls begin there. */
export interface Entry extends Place {
  readonly function: string;
}

/** Entries of all functions that a name means: `pay`, `Account.pay`, `bank.pay`, `bank.Account.pay`. */
export function entriesOf(trace: Trace, name: string): Entry[] {
  return trace.files().flatMap((file) => {
    const all = statements(trace.source(file) ?? '');
    return all.flatMap(({ kind, line, path }, index) =>
      kind === 'def' && means(name, path, file)
        ? entryOf(trace, file, path.at(-1) ?? '', line, all[index + 1]?.line ?? Infinity)
        : [],
    );
  });
}

/** Whether a call begins at this step, in the function with this entry. */
export function isEntry(
  trace: Trace,
  { step, frame, file, line, function: name }: Step,
  entry: Entry,
): boolean {
  return (
    file === entry.file &&
    line === entry.line &&
    name === entry.function &&
    trace.find(step, 'backward', { kinds: ['line'], frame }) === undefined
  );
}

/** Where a class is defined, by its qualified name: the first one of this name whose module fits best. */
export function classPlace(trace: Trace, qualified: string, module: string | undefined): Place | undefined {
  const path = qualified.split('.').filter((name) => name !== '<locals>');
  const ofModule = (file: string): boolean => file.endsWith(`/${(module ?? '').split('.').at(-1) ?? ''}.py`);
  const files = [...trace.files()].sort((a, b) => Number(ofModule(b)) - Number(ofModule(a)));
  for (const file of files) {
    const found = statements(trace.source(file) ?? '').find(
      (one) => one.kind === 'class' && one.path.join('.') === path.join('.'),
    );
    if (found !== undefined) {
      return { file, line: found.line };
    }
  }
  return undefined;
}

interface Definition {
  readonly kind: 'def' | 'class';
  readonly line: number;
  /** Names of the functions and classes around it, and its own. */
  readonly path: readonly string[];
}

/** All `def` and `class` statements of a text. */
function statements(source: string): Definition[] {
  const found: Definition[] = [];
  const around: { readonly margin: number; readonly name: string }[] = [];
  source.split('\n').forEach((text, index) => {
    const match = /^(\s*)(?:async\s+)?(def|class)\s+(\w+)/u.exec(text);
    if (match === null) {
      return;
    }
    const [, space = '', kind, name = ''] = match;
    while ((around.at(-1)?.margin ?? -1) >= space.length) {
      around.pop();
    }
    around.push({ margin: space.length, name });
    found.push({
      kind: kind === 'def' ? 'def' : 'class',
      line: index + 1,
      path: around.map((one) => one.name),
    });
  });
  return found;
}

function means(name: string, path: readonly string[], file: string): boolean {
  const module = file.slice(file.lastIndexOf('/') + 1).replace(/\.py$/, '');
  return `.${[module, ...path].join('.')}`.endsWith(`.${name}`);
}

/** So many lines of code behind a `def` may be the first that runs: a long head, a text that describes it. */
const FIRST_LINES = 40;

/** `end`: where the next definition stands, which may be the first that the function's body holds. */
function entryOf(trace: Trace, file: string, name: string, line: number, end: number): Entry[] {
  const candidates = trace.lines(file).filter((one) => one >= line && one <= end);
  const visits = candidates.slice(0, FIRST_LINES).map((one) => ({ file, line: one }));
  if (visits.length === 0) {
    return [];
  }
  for (let at = -1, looked = 0; looked < FIRST_LINES; looked++) {
    const found = trace.find(at, 'forward', { kinds: ['line'], visits });
    if (found === undefined) {
      return [];
    }
    const step = trace.step(found);
    const entry = { file, line: step.line, function: name };
    if (isEntry(trace, step, entry)) {
      return [entry];
    }
    at = found;
  }
  return [];
}
