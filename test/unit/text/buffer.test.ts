import { preview } from '../../../adapter/src/dap/preview';
import { dtypeText, rowsBeginning, shapeText, subscriptOf } from '../../../adapter/src/text/buffer';
import { memoryTrace } from '../../../adapter/src/trace/memory-trace';
import type { BufferLayout, Contents, Trace } from '../../../adapter/src/trace/trace';

function layout(format: string, shape: readonly number[], itemBytes = 8): BufferLayout {
  return { format, itemBytes, shape, strides: [], offset: 0, storage: undefined, readOnly: false };
}

/** A trace whose only object is a buffer of these numbers. */
function traceOf(buffer: BufferLayout, numbers: readonly number[], type: Partial<Contents>): Trace {
  const items = numbers.map((number) => ({ value: { kind: 'float', value: number } as const }));
  const trace = memoryTrace('call 1 <module>\nline 1 #1=Thing()');
  const contents = {
    ...trace.contents(1, 1),
    ...{
      kind: 'buffer',
      typeName: 'ndarray',
      typeModule: 'numpy',
      buffer,
      items,
      length: items.length,
      ...type,
    },
  };
  return Object.assign(Object.create(trace) as Trace, { contents: () => contents });
}

function show(buffer: BufferLayout, numbers: readonly number[], type: Partial<Contents> = {}): string {
  return preview({ trace: traceOf(buffer, numbers, type), step: 1 }, { kind: 'object', object: 1 });
}

test('arrays show in rows, with their dtype', () => {
  expect(show(layout('<f8', [3]), [1, 2, 3])).toBe('array([1.0, 2.0, 3.0], dtype=float64)');
  expect(show(layout('<f8', [2, 2]), [1, 2, 3, 4])).toBe('array([[1.0, 2.0], [3.0, 4.0]], dtype=float64)');
  expect(show(layout('<f8', [2, 1, 2]), [1, 2, 3, 4])).toBe(
    'array([[[1.0, 2.0]], [[3.0, 4.0]]], dtype=float64)',
  );
  expect(show(layout('<f8', []), [7])).toBe('array(7.0, dtype=float64)');
  expect(show(layout('<f8', [0]), [])).toBe('array([], shape=(0,), dtype=float64)');
});

test('a scalar of numpy shows as such', () => {
  expect(show(layout('<f4', [], 4), [0.5], { typeName: 'float32' })).toBe('np.float32(0.5)');
});

test('an array that is too long for a line tells its shape', () => {
  const numbers = Array.from({ length: 500 }, (_, index) => index);

  expect(show(layout('<f8', [500]), numbers, { length: 100_000 })).toMatch(
    /^array\(\[0\.0, 1\.0, .*…\], shape=\(500,\), dtype=float64\)$/,
  );
});

test('an array of unknown contents tells its shape and dtype', () => {
  expect(show(layout('<f8', [9, 9]), [], { unknown: true })).toBe(
    '<ndarray (9, 9) float64: contents unknown>',
  );
  expect(show(layout('<f8', [9, 9]), [], { unknown: true, unknownSince: 7 })).toBe(
    '<ndarray (9, 9) float64: contents unknown since step 7>',
  );
});

test.each([
  ['<f8', 8, 'float64'],
  ['|u1', 1, 'uint8'],
  ['<c16', 16, 'complex128'],
  ['|b1', 1, 'bool'],
  ['|O', 8, 'object'],
  ['<M8[ns]', 8, 'datetime64[ns]'],
  ['>i4', 4, '>i4'],
  ['<U3', 12, '<U3'],
  ['{8|"x":<i4@0}', 8, '{8|"x":<i4@0}'],
])('the format %s of %i bytes is the dtype %s', (format, itemBytes, text) => {
  expect(dtypeText(layout(format, [1], itemBytes))).toBe(text);
});

test('elements of several dimensions are found by all their indexes', () => {
  expect([0, 1, 2, 5].map((index) => subscriptOf([2, 3], index))).toEqual([
    '[0, 0]',
    '[0, 1]',
    '[0, 2]',
    '[1, 2]',
  ]);
  expect([0, 1, 3, 6].map((index) => rowsBeginning([2, 2, 3], index))).toEqual([3, 0, 1, 2]);
  expect([shapeText([]), shapeText([4]), shapeText([2, 3])]).toEqual(['()', '(4,)', '(2, 3)']);
});
