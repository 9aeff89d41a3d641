import { pythons } from '../support/pythons';
import { compare, testResults } from './compare';

/** New ones every time, besides the corpus; the name of a failed test holds the seed to repeat it with. */
const RANDOM_PROGRAMS = 40;

/** More can go wrong where chunks turn, which they do at the middle of every few lines then. */
const SMALL_CHUNKS = { EXECORDER_CHUNK_BYTES: '300' };

/** Others on each interpreter; from EXECORDER_TEST_SEED on, the same ones every time. */
function randomPrograms(index: number): string[] {
  const seed = process.env['EXECORDER_TEST_SEED'];
  const first = seed === undefined ? [] : ['--seed', String(Number(seed) + index * RANDOM_PROGRAMS)];
  return ['--random', String(RANDOM_PROGRAMS), ...first];
}

describe.each(pythons().map((python, index) => [python.version, python, index] as const))(
  'Python %s: every state of the recording is the truth',
  (_version, python, index) => {
    testResults([...compare(python, []), ...compare(python, randomPrograms(index), { env: SMALL_CHUNKS })]);
  },
);
