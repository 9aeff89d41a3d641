import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../../adapter/src/interpreter/cache';
import { pythons, type TestPython } from '../support/pythons';
import { compare, testResults } from './compare';

/** What the programs of the corpus that say `# needs …` import. */
const PACKAGES = ['numpy', 'pandas'];
const PATIENCE_MS = 300_000;
const CORPUS = path.join(__dirname, 'corpus');

/** The oldest and the newest interpreter: numpy 1 and 2 lay their objects out differently. */
const chosen = pythons().filter((_python, index, all) => index === 0 || index === all.length - 1);

describe.each(chosen.map((python) => [python.version, python] as const))(
  `Python %s with ${PACKAGES.join(' and ')}: every state of the recording is the truth`,
  (_version, python) => {
    const environment = environmentOf(python);
    if (environment.command === undefined) {
      test.skip(`needs ${PACKAGES.join(' and ')}: ${environment.problem}`, () => undefined);
      return;
    }
    testResults(compare(python, programs(), environment.command));
  },
);

function programs(): string[] {
  const names = readdirSync(CORPUS).filter((name) => name.endsWith('.py'));
  const files = names.map((name) => path.join(CORPUS, name));
  return files.filter((file) => /^# needs [a-z]+$/m.test(readFileSync(file, 'utf8')));
}

type Environment = { readonly command: string } | { readonly command?: undefined; readonly problem: string };

/** A virtual environment that has the packages; made once, in the cache. */
function environmentOf(python: TestPython): Environment {
  const folder = path.join(cacheFolder(), `packages-${python.version}`);
  const command = path.join(folder, 'bin', 'python');
  const mark = path.join(folder, 'ready');
  if (existsSync(mark)) {
    return { command };
  }
  rmSync(folder, { recursive: true, force: true });
  const problem =
    run(python.command, ['-m', 'venv', folder]) ??
    run(command, [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--retries',
      '1',
      '--only-binary',
      ':all:',
      ...PACKAGES,
    ]);
  if (problem !== undefined) {
    return { problem };
  }
  writeFileSync(mark, '');
  return { command };
}

/** What went wrong, or undefined. */
function run(command: string, args: readonly string[]): string | undefined {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', timeout: PATIENCE_MS });
  return status === 0 ? undefined : (error?.message ?? stderr.trim().split('\n').at(-1) ?? 'no reason given');
}
