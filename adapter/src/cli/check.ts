import { explainReading, openForUser } from '../api/open';
import { check, type CheckReport } from '../trace/tools';
import type { Command } from './command';
import { incompleteness } from './ending';
import { print, printJson } from './progress';
import { oneFile } from './recording-file';
import { parseWords } from './words';

export const checkCommand: Command = {
  usage: 'check FILE [--json]',
  summary: 'verify a recording from end to end',
  details: `Reads every chunk and compares its checksums, records, references, stacks, summary and indexes with all others.
The exit code is 0 when the recording is sound (also one whose program was killed), 1 when it is damaged.

Options:
  --json   print what was found as JSON`,
  run: runCheck,
};

const DAMAGED = 1;

function runCheck(words: readonly string[]): number {
  const { values, positionals } = parseWords({
    args: [...words],
    options: { json: { type: 'boolean' } },
    allowPositionals: true,
  });
  const report = checkFile(oneFile(positionals));
  if (values.json === true) {
    printJson(report);
  } else {
    printReport(report);
  }
  return report.problemCount > 0 ? DAMAGED : 0;
}

function checkFile(file: string): CheckReport {
  openForUser(file).close();
  try {
    return check(file);
  } catch (error) {
    throw explainReading(file, error);
  }
}

function printReport(report: CheckReport): void {
  const number = (count: number): string => count.toLocaleString('en-US');
  print(
    `${number(report.steps)} steps in ${number(report.chunks)} chunks and ${number(report.blocks)} index blocks`,
  );
  print(
    `${number(report.records)} records, ${number(report.values)} values, ${number(report.objects)} objects`,
  );
  const missing = incompleteness(report);
  print(missing === undefined ? 'complete' : `not complete: ${missing}`);
  report.problems.forEach((problem) => print(`problem: ${problem}`));
  const untold = report.problemCount - report.problems.length;
  if (untold > 0) {
    print(`and ${number(untold)} more`);
  }
  print(report.problemCount === 0 ? 'no problems' : `${number(report.problemCount)} problems`);
}
