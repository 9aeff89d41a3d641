import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { environmentWith } from '../support/environment';
import { pythons } from '../support/pythons';
import { compare, testResults } from './compare';

/** What the programs of the corpus that say `# needs …` import. */
const PACKAGES = ['numpy', 'pandas'];
const CORPUS = path.join(__dirname, 'corpus');

/** The oldest and the newest interpreter: numpy 1 and 2 lay their objects out differently. */
const chosen = pythons().filter((_python, index, all) => index === 0 || index === all.length - 1);

describe.each(chosen.map((python) => [python.version, python] as const))(
  `Python %s with ${PACKAGES.join(' and ')}: every state of the recording is the truth`,
  (_version, python) => {
    const environment = environmentWith(python, 'packages', PACKAGES);
    if (environment.command === undefined) {
      test.skip(`needs ${PACKAGES.join(' and ')}: ${environment.problem}`, () => undefined);
      return;
    }
    testResults(compare(python, programs(), { command: environment.command }));
  },
);

function programs(): string[] {
  const names = readdirSync(CORPUS).filter((name) => name.endsWith('.py'));
  const files = names.map((name) => path.join(CORPUS, name));
  return files.filter((file) => /^# needs [a-z]+$/m.test(readFileSync(file, 'utf8')));
}
