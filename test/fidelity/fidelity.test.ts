import { pythons } from '../support/pythons';
import { compare, testResults } from './compare';

/** New ones every time, besides the corpus; the name of a failed test holds the seed to repeat it with. */
const RANDOM_PROGRAMS = 40;

describe.each(pythons().map((python) => [python.version, python] as const))(
  'Python %s: every state of the recording is the truth',
  (_version, python) => {
    testResults([...compare(python, []), ...compare(python, ['--random', String(RANDOM_PROGRAMS)])]);
  },
);
