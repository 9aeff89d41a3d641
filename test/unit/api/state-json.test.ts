import { readState } from '../../../adapter/src/api/state';
import { encodeState, encodeValue } from '../../../adapter/src/api/state-json';
import { memoryTrace } from '../../../adapter/src/trace/memory-trace';

test('the state names where the program was, its stack and its variables', () => {
  const trace = memoryTrace(`
    call 1 <module>
    line 9
      call 1 work in lib.py
      line 2 n=3 items=#1 #1=list(1, #1)
  `);
  expect(encodeState(trace, readState(trace, 3))).toMatchObject({
    ...{ step: 3, kind: 'line', file: 'lib.py', line: 2, function: 'work', thread: 1 },
    stack: [
      { function: 'work', file: 'lib.py', line: 2 },
      { function: '<module>', file: 'main.py', line: 9 },
    ],
    locals: { n: 3, items: { object: 1 } },
    objects: { 1: { kind: 'list', type: 'list', items: [1, { object: 1 }] } },
  });
});

test('a dict keeps its pairs in order, and an instance its attributes', () => {
  const trace = memoryTrace(`
    call 1 work
    line 2 d=#1 o=#2 #1=dict('b': 1, 'a': 2) #2=Point(y: 1.5, x: 0)
  `);
  const { objects } = encodeState(trace, readState(trace, 1));
  expect(objects['1']?.items).toEqual([
    ['b', 1],
    ['a', 2],
  ]);
  expect(objects['2']?.attributes).toEqual([
    ['y', { float: '1.5' }],
    ['x', 0],
  ]);
});

test('what a frame returns is there at that step only', () => {
  const trace = memoryTrace(`
    call 1 work
    line 2
    return 2 => 'done'
  `);
  expect(encodeState(trace, readState(trace, 1))).not.toHaveProperty('result');
  expect(encodeState(trace, readState(trace, 2)).result).toBe('done');
});

test('a long chain of objects is encoded whole', () => {
  const length = 20_000;
  const links = Array.from({ length }, (_, at) => `#${at + 1}=list(#${at + 2})`).join(' ');
  const trace = memoryTrace(`
    call 1 work
    line 2 head=#1 ${links} #${length + 1}=list()
  `);
  const { objects } = encodeState(trace, readState(trace, 1));
  expect(Object.keys(objects)).toHaveLength(length + 1);
});

test.each([
  [{ kind: 'none' }, null],
  [{ kind: 'bool', value: false }, false],
  [{ kind: 'int', value: 2n ** 53n - 1n }, 9007199254740991],
  [{ kind: 'int', value: 2n ** 53n }, { int: '9007199254740992' }],
  [{ kind: 'float', value: 1 }, { float: '1.0' }],
  [{ kind: 'float', value: NaN }, { float: 'nan' }],
  [{ kind: 'complex', real: 0, imaginary: -1 }, { complex: ['0.0', '-1.0'] }],
  [{ kind: 'bytes', value: Uint8Array.of(255, 0) }, { bytes: '/wA=' }],
  [{ kind: 'str', value: '\ud800' }, '\ud800'],
  [{ kind: 'ellipsis' }, { special: 'Ellipsis' }],
  [{ kind: 'object', object: 7 }, { object: 7 }],
] as const)('%p is encoded exactly', (value, encoded) => {
  expect(encodeValue(value)).toEqual(encoded);
  expect(JSON.parse(JSON.stringify(encodeValue(value)))).toEqual(encoded);
});
