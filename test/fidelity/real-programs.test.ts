import { readdirSync } from 'node:fs';
import path from 'node:path';
import { environmentWith } from '../support/environment';
import { pythons } from '../support/pythons';
import { compare, testResults } from './compare';

const PACKAGES = ['pytest', 'flask', 'jinja2', 'sympy', 'networkx'];
const FOLDER = path.join(__dirname, 'real');
const PROGRAMS = readdirSync(FOLDER).filter((name) => name.endsWith('.py'));

/** EXECORDER_PROGRAMS_ON=3.8,3.11 runs them on other interpreters. */
const asked = (process.env['EXECORDER_PROGRAMS_ON'] ?? '3.9,3.13').split(',');
const chosen = pythons().filter(({ version }) => asked.includes(version.replace(/\.\d+$/, '')));

test('there is an interpreter to run real programs on, or another one was asked for', () => {
  expect(chosen.length > 0 || process.env['EXECORDER_TEST_VERSIONS'] !== undefined).toBe(true);
});

if (chosen.length > 0) {
  describe.each(chosen.map((python) => [python.version, python] as const))(
    'Python %s: real programs end and print as without the recorder, and their states are the truth',
    (_version, python) => {
      const environment = environmentWith(python, 'programs', PACKAGES);
      if (environment.command === undefined) {
        test.skip(`needs ${PACKAGES.join(', ')}: ${environment.problem}`, () => undefined);
        return;
      }
      const files = PROGRAMS.map((name) => path.join(FOLDER, name));
      testResults(compare(python, files, { command: environment.command }));
    },
  );
}
