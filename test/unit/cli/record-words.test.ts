import { parseRecordWords } from '../../../adapter/src/cli/record-words';

test('everything behind the program is the program’s own', () => {
  expect(
    parseRecordWords(['-o', 'a.xrec', '--python=py', 'prog.py', '-o', '--python', '--', '-m']),
  ).toMatchObject({
    program: { kind: 'program', path: 'prog.py' },
    args: ['-o', '--python', '--', '-m'],
    output: 'a.xrec',
    python: 'py',
  });
});

test('a module and code are named as python names them', () => {
  expect(parseRecordWords(['-m', 'http.server', '80'])).toMatchObject({
    program: { kind: 'module', name: 'http.server' },
    args: ['80'],
  });
  expect(parseRecordWords(['--max-steps', '10', '-c', 'x = 1', '-c'])).toMatchObject({
    program: { kind: 'code', code: 'x = 1' },
    args: ['-c'],
    maxSteps: 10,
  });
});

test('a script may begin with a dash after --', () => {
  expect(parseRecordWords(['--', '-odd.py', '--'])).toMatchObject({
    program: { kind: 'program', path: '-odd.py' },
    args: ['--'],
  });
});

test('a time limit may have a fraction', () => {
  expect(parseRecordWords(['--time-limit', '1.5', 'a.py']).timeLimit).toBe(1.5);
});

test('what only the recorder understands is handed on in its order', () => {
  const words = ['--include', 'lib/**', '--no-children', '--exclude=*_pb2.py', '--all-code', '-o', 'a.xrec'];
  expect(parseRecordWords([...words, 'prog.py', '--wait'])).toMatchObject({
    forRecorder: ['--include', 'lib/**', '--exclude', '*_pb2.py', '--all-code'],
    children: false,
    args: ['--wait'],
  });
});

test.each([
  [[], 'Say what to record: a script, -m module or -c code.'],
  [['-o'], '-o needs a value.'],
  [['-m'], '-m needs a value.'],
  [['--'], 'Say what to record: a script, -m module or -c code.'],
  [['--fast', 'prog.py'], 'There is no option --fast.'],
  [['--max-steps', 'many', 'prog.py'], "--max-steps must be a whole number, not 'many'."],
  [['--time-limit', '-1', 'prog.py'], "--time-limit must be a number, not '-1'."],
])('%j is refused with a sentence', (words, sentence) => {
  expect(() => parseRecordWords(words)).toThrow(sentence);
});
