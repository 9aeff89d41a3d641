import { sizes, type SizeKind } from '../trace/tools';
import type { Info, Trace } from '../trace/trace';
import type { Command } from './command';
import { incompleteness } from './ending';
import { fidelityOf, fidelityRows, type Fidelity } from './fidelity';
import { childrenOf, parentOf, processRows } from './processes';
import { print, printJson } from './progress';
import { oneFile, readingFile } from './recording-file';
import { parseWords } from './words';

export const infoCommand: Command = {
  usage: 'info FILE [--fidelity] [--sizes] [--json]',
  summary: 'what a recording holds',
  details: `Options:
  --fidelity  also say what it leaves open: of what objects only the type is known,
              what is unknown and why; that reads all of it
  --sizes     also say what its bytes are for; that reads all of it
  --json      print all of this as JSON`,
  run: info,
};

/** What the recorder notes about a run, in the order to show it. */
const NOTES = ['program', 'argv', 'python', 'stopped_by', 'error', 'waited_for_disk', 'least_size'];

/** Bytes of a recording that is read whole without being asked to. */
const QUICKLY_READ = 32 * 2 ** 20;

function info(words: readonly string[]): number {
  const { values, positionals } = parseWords({
    args: [...words],
    options: { json: { type: 'boolean' }, fidelity: { type: 'boolean' }, sizes: { type: 'boolean' } },
    allowPositionals: true,
  });
  const file = oneFile(positionals);
  return readingFile(file, (trace) => {
    const notes = readNotes(trace);
    const processes = { parent: parentOf(trace, file) ?? null, children: childrenOf(trace, file) };
    if (values.json === true) {
      printJson({ ...trace.info(), notes, processes, fidelity: fidelityOf(trace, file), sizes: sizes(file) });
      return;
    }
    printInfo(trace.info(), notes);
    if (processes.parent !== null) {
      print(`${'parent'.padEnd(12)}${processes.parent.recording}, at its step ${processes.parent.step}`);
    }
    processRows(processes.children).forEach((row, at) =>
      print(`${(at === 0 ? 'children' : '').padEnd(12)}${row}`),
    );
    if (values.fidelity === true || trace.info().fileBytes <= QUICKLY_READ) {
      printFidelity(fidelityOf(trace, file));
    }
    if (values.sizes === true) {
      printSizes(sizes(file));
    }
  });
}

function readNotes(trace: Trace): Record<string, string> {
  const notes: Record<string, string> = {};
  for (const name of NOTES) {
    const text = trace.note(name);
    if (text !== undefined) {
      notes[name] = text;
    }
  }
  return notes;
}

function rowOf(name: string, text: string): [string, string] {
  if (name === 'least_size') {
    return [
      'size limit',
      `too small for what the program held, which took up to ${count(Number(text))} bytes`,
    ];
  }
  return name === 'waited_for_disk'
    ? ['slow disk', `the program waited ${text} s for it while this was written`]
    : [name.replace('_', ' '), text];
}

function printInfo(about: Info, notes: Record<string, string>): void {
  const rows = Object.entries(notes).map(([name, text]) => rowOf(name, text));
  const missing = incompleteness(about);
  rows.push(['complete', missing === undefined ? 'yes' : `no: ${missing}`]);
  const gone = about.firstStep > 0 ? `, of which those from ${count(about.firstStep)} on are kept` : '';
  rows.push(['steps', `${count(about.steps)}${gone}`]);
  rows.push(
    ['threads', count(about.threads)],
    ['files', count(about.files)],
    ['objects', count(about.objects)],
  );
  rows.push(['size', `${count(about.fileBytes)} bytes, ${perStep(about)} a step`]);
  if (about.damagedBytes > 0) {
    rows.push(['damaged', `${count(about.damagedBytes)} bytes at the end can't be read`]);
  }
  rows.push(['format', `version ${about.formatVersion}`]);
  rows.forEach(([name, text]) => print(`${name.padEnd(12)}${text}`));
}

/** A name is written once for several rows. */
function printFidelity(found: Fidelity): void {
  const rows = fidelityRows(found);
  rows.forEach(([name, text], at) => print(`${(rows[at - 1]?.[0] === name ? '' : name).padEnd(12)}${text}`));
}

function printSizes(found: Record<SizeKind, { readonly records: number; readonly bytes: number }>): void {
  for (const [kind, { records, bytes }] of Object.entries(found)) {
    print(`${kind.padEnd(12)}${count(bytes)} bytes in ${count(records)} records`);
  }
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}

function perStep({ fileBytes, steps }: Info): string {
  return steps === 0 ? 'none' : (fileBytes / steps).toFixed(1);
}
