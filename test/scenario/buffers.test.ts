import { debug, texts } from './driver';

test('bytearrays, arrays and memoryviews show and open like sequences', async () => {
  const session = await debug(
    `
    import array
    data = bytearray(b'abc')
    numbers = array.array('i', [1, 2, 3])
    view = memoryview(data)[1:]
    empty = bytearray()
    done = True             #@ here
    `,
    { breakpoints: ['here'] },
  );
  await session.stopped();

  expect(await session.variable('data')).toMatchObject({ type: 'bytearray', value: "bytearray(b'abc')" });
  expect(await session.variable('empty')).toMatchObject({ value: "bytearray(b'')" });
  expect(await session.variable('numbers')).toMatchObject({ type: 'array', value: "array('i', [1, 2, 3])" });
  expect(await session.variable('view')).toMatchObject({
    type: 'memoryview',
    value: '<memoryview of B (2,): [98, 99]>',
  });
  const numbers = await session.children(await session.variable('numbers'));
  expect(numbers.map(({ name, value, evaluateName }) => [name, value, evaluateName])).toEqual([
    ['0', '1', 'numbers[0]'],
    ['1', '2', 'numbers[1]'],
    ['2', '3', 'numbers[2]'],
    ['len()', '3', 'len(numbers)'],
  ]);
});

test('going back shows a bytearray as it was, also through a view', async () => {
  const session = await debug(
    `
    data = bytearray(b'abc')
    view = memoryview(data)
    view[0] = 65            #@ write
    done = True             #@ here
    `,
    { breakpoints: ['here'] },
  );
  await session.stopped();
  expect(await session.variable('data')).toMatchObject({ value: "bytearray(b'Abc')" });
  await session.go('stepBack');
  expect(await session.variable('data')).toMatchObject({ value: "bytearray(b'abc')" });
  expect(texts(await session.children(await session.variable('view')))).toMatchObject({ '0': '97' });
});
