import type { Limits } from '../api/limits';
import type { Program } from '../interpreter/recorder-command';
import { parseNumber, parseWhole, UsageError } from './words';

/** What the words after `execorder record` ask for. */
export interface RecordWords extends Limits {
  readonly program: Program;
  /** The program's own arguments, untouched. */
  readonly args: readonly string[];
  readonly output: string | undefined;
  readonly python: string | undefined;
  /** Whether the processes that the program starts are recorded, too. */
  readonly children: boolean;
  /** The names whose values are to be left out of the recording. */
  readonly redact: string | undefined;
  /** What only the recorder itself understands: which code is recorded step by step, and for whom it listens. */
  readonly forRecorder: readonly string[];
}

const OPTIONS = new Map([
  ['-o', 'output'],
  ['--output', 'output'],
  ['--python', 'python'],
  ['--max-steps', 'maxSteps'],
  ['--max-size', 'maxSize'],
  ['--time-limit', 'timeLimit'],
  ['--redact', 'redact'],
]);

const NO_CHILDREN = '--no-children';
const RECORDERS_FLAGS = new Set(['--all-code', '--wait']);
const RECORDERS_VALUES = new Set(['--library', '--include', '--exclude', '--listen']);

/**
 * Reads options up to the program; everything behind it is the program's, whatever it looks like. Like `python` itself:
 * `-m` and `-c` name the program, too.
 */
export function parseRecordWords(words: readonly string[]): RecordWords {
  const found = new Map<string, string>();
  const forRecorder: string[] = [];
  let at = 0;
  for (let word = words[at]; word !== undefined; word = words[at]) {
    const [name, inline] = splitOption(word);
    const option = OPTIONS.get(name);
    if (word === NO_CHILDREN) {
      found.set(word, '');
    } else if (RECORDERS_FLAGS.has(word)) {
      forRecorder.push(word);
    } else if (RECORDERS_VALUES.has(name)) {
      forRecorder.push(name, inline ?? valueOf(name, words[++at]));
    } else if (option !== undefined) {
      found.set(option, inline ?? valueOf(name, words[++at]));
    } else {
      break;
    }
    at++;
  }
  return { ...parseProgram(words.slice(at)), ...readOptions(found), forRecorder };
}

/** `--name=value` is one word; `-o` takes its value as the next one. */
function splitOption(word: string): [string, string?] {
  const equals = word.indexOf('=');
  return word.startsWith('--') && equals > 0 ? [word.slice(0, equals), word.slice(equals + 1)] : [word];
}

function valueOf(name: string, word: string | undefined): string {
  if (word === undefined) {
    throw new UsageError(`${name} needs a value.`);
  }
  return word;
}

function readOptions(
  found: ReadonlyMap<string, string>,
): Omit<RecordWords, 'program' | 'args' | 'forRecorder'> {
  const maxSteps = found.get('maxSteps');
  const timeLimit = found.get('timeLimit');
  return {
    output: found.get('output'),
    python: found.get('python'),
    children: !found.has(NO_CHILDREN),
    redact: found.get('redact'),
    maxSteps: maxSteps === undefined ? undefined : parseWhole(maxSteps, '--max-steps'),
    maxSize: found.get('maxSize'),
    timeLimit: timeLimit === undefined ? undefined : parseNumber(timeLimit, '--time-limit'),
  };
}

function parseProgram(words: readonly string[]): Pick<RecordWords, 'program' | 'args'> {
  const [first, second] = words;
  if (first === '-m') {
    return { program: { kind: 'module', name: valueOf('-m', second) }, args: words.slice(2) };
  }
  if (first === '-c') {
    return { program: { kind: 'code', code: valueOf('-c', second) }, args: words.slice(2) };
  }
  if (first === '--') {
    return parseFile(words.slice(1));
  }
  if (first?.startsWith('-') === true) {
    throw new UsageError(`There is no option ${first}.`);
  }
  return parseFile(words);
}

function parseFile([file, ...args]: readonly string[]): Pick<RecordWords, 'program' | 'args'> {
  if (file === undefined) {
    throw new UsageError('Say what to record: a script, -m module or -c code.');
  }
  return { program: { kind: 'program', path: file }, args };
}
