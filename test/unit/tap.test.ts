import { parseTap } from '../recorder-c/tap';

test('the lines before a failure explain it', () => {
  expect(parseTap('ok 1 - adds up\n# sum.c:3: x is 1, not 2\nnot ok 2 - carries over\n1..2\n')).toEqual([
    { name: 'adds up', passed: true, explanation: '' },
    { name: 'carries over', passed: false, explanation: '# sum.c:3: x is 1, not 2' },
  ]);
});
