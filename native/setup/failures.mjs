/** The failures of a jest run, each on a line of its own: where only the end of the output is kept, they are in it. */

import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from './run.mjs';

const MOST = 40;

export function failuresIn(report) {
  if (!existsSync(report)) {
    return [];
  }
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const lines = testResults.flatMap(({ name, assertionResults, message, status }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((result) => result.status === 'failed');
    return status === 'failed' && failed.length === 0
      ? [`${file}: ${lastLine(message)}`]
      : failed.map((result) => `${file}: ${result.fullName}: ${reason(result.failureMessages[0] ?? '')}`);
  });
  return lines.length > MOST ? [...lines.slice(0, MOST), `… and ${lines.length - MOST} more`] : lines;
}

/** The exception of a Python test, else what jest says first. */
function reason(message) {
  const python = message
    .match(/^\w*(?:Error|Exception): .*/gm)
    ?.filter((line) => !line.startsWith('Error: expect('));
  return short(python?.at(-1) ?? message.split('\n', 1)[0]);
}

function lastLine(message) {
  return short(message.trim().split('\n').at(-1) ?? '');
}

function short(text) {
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
