import { reprFloat, reprScalar, reprStr } from '../../../adapter/src/text/repr';

test.each([
  [1, '1.0'],
  [0.1, '0.1'],
  [-0, '-0.0'],
  [1e16, '1e+16'],
  [123456789012345680, '1.2345678901234568e+17'],
  [0.0001, '0.0001'],
  [0.00001, '1e-05'],
  [5e-324, '5e-324'],
  [Infinity, 'inf'],
  [-Infinity, '-inf'],
  [NaN, 'nan'],
])('the float %p is written %s', (value, text) => {
  expect(reprFloat(value)).toBe(text);
});

test.each([
  ["it's", `"it's"`],
  [`"it's"`, `'"it\\'s"'`],
  ['a\tb\\\n', `'a\\tb\\\\\\n'`],
  ['é日😀', `'é日😀'`],
  ['\x00\x7f\xa0', `'\\x00\\x7f\\xa0'`],
  ['\ud800', `'\\ud800'`],
  ['\u200b', `'\\u200b'`],
])('the text %j is written %s', (value, text) => {
  expect(reprStr(value)).toBe(text);
});

test('every other plain value is written as Python writes it', () => {
  expect(reprScalar({ kind: 'none' })).toBe('None');
  expect(reprScalar({ kind: 'bool', value: true })).toBe('True');
  expect(reprScalar({ kind: 'int', value: 2n ** 70n })).toBe('1180591620717411303424');
  expect(reprScalar({ kind: 'bytes', value: Uint8Array.of(0, 65, 39) })).toBe(`b"\\x00A'"`);
  expect(reprScalar({ kind: 'complex', real: 0, imaginary: 2 })).toBe('2j');
  expect(reprScalar({ kind: 'complex', real: 1, imaginary: -0.5 })).toBe('(1-0.5j)');
  expect(reprScalar({ kind: 'ellipsis' })).toBe('Ellipsis');
});
