import { memoryTrace } from '../../../adapter/src/trace/memory-trace';
import type { Value } from '../../../adapter/src/trace/trace';
import { evaluate, evaluateCondition } from '../../../adapter/src/travel/expression/evaluate';
import { NotInThePast, PythonError } from '../../../adapter/src/travel/expression/problems';

const TRACE = memoryTrace(`
  call 1 <module>
  line 1
  line 2 total=7 names=#2 #2=list('Ann', 'Bob', #3) #3=tuple(1, 2)
  line 3 prices=#4 #4=dict('tea': 2, 3: 'three', #3: 1) account=#5 #5=Account(balance: 12, owner: 'Ann')
    call 10 f n=5
    line 11 total=8 ratio=0.5
    return 12 => None
`);
const PLACE = { trace: TRACE, step: 5, thread: 1, frame: 2 };

function value(text: string): Value {
  return evaluate(text, PLACE);
}

test.each<[string, unknown]>([
  ['n', 5n],
  ['total', 8n],
  ['names[0]', 'Ann'],
  ['names[-1][1]', 2n],
  ["prices['tea']", 2n],
  ['prices[3]', 'three'],
  ['prices[names[2]]', 1n],
  ['account.balance', 12n],
  ["account.owner + '!'", 'Ann!'],
  ['names[0][1]', 'n'],
  ['len(names)', 3n],
  ['len(account.owner)', 3n],
  ['n + 2 * 3 - 1', 10n],
  ['-7 // 2', -4n],
  ['-7 % 3', 2n],
  ['7 / 2', 3.5],
  ['(1 + 2) * n', 15n],
  ['0x1F + 1_000', 1031n],
  ["'it\\'s'", "it's"],
  ['n == 5', true],
  ['1 < n <= 5', true],
  ['n == 5.0 and ratio == 0.5', true],
  ["names[0] == 'Bob' or total", 8n],
  ['not n', false],
  ["'Bob' in names", true],
  ["'tea' not in prices", false],
  ['names is names', true],
  ['names[0] is None', false],
  ['names[2] == names[-1]', true],
  ["'apple' < 'pear'", true],
  ["b'\\x00a' == b'\\0\\x61'", true],
  ['True', true],
])('%s', (text, expected) => {
  expect(value(text)).toMatchObject({ value: expected });
});

test.each(['f(n)', 'n = 5', 'n if n else 1', '[x for x in names]', 'names[0:1]', 'lambda: 1', 'n +', ''])(
  '%p needs the living program',
  (text) => {
    expect(() => value(text)).toThrow(NotInThePast);
  },
);

test('what is nested too deeply is for Python to judge', () => {
  expect(() => value(`${'('.repeat(50_000)}1${')'.repeat(50_000)}`)).toThrow(NotInThePast);
});

test.each([
  ['nothing', 'NameError'],
  ['account.nothing', 'AttributeError'],
  ['names[9]', 'IndexError'],
  ["prices['coffee']", 'KeyError'],
  ['n / 0', 'ZeroDivisionError'],
  ['len(n)', 'TypeError'],
])('%s raises %s', (text, type) => {
  expect(() => value(text)).toThrow(PythonError);
  expect(() => value(text)).toThrow(type);
});

test('a condition counts as true like in Python', () => {
  expect(evaluateCondition('names', PLACE)).toBe(true);
  expect(evaluateCondition('n - 5', PLACE)).toBe(false);
  expect(evaluateCondition("''", PLACE)).toBe(false);
});

test("an object whose class may define its own truth can't be judged", () => {
  expect(() => evaluateCondition('account', PLACE)).toThrow(NotInThePast);
});

test('names are looked up at the step, not at the end', () => {
  const trace = memoryTrace(`
    call 1 <module>
    line 1 x=1
    line 2 x=2
  `);
  expect(evaluate('x', { trace, step: 1, thread: 1, frame: 1 })).toEqual({ kind: 'int', value: 1n });
});
