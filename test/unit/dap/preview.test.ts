import { fullText, preview, typeName } from '../../../adapter/src/dap/preview';
import { memoryTrace } from '../../../adapter/src/trace/memory-trace';
import type { Value } from '../../../adapter/src/trace/trace';

/** Shows object #1 of a moment in which these objects exist. */
function show(objects: string, display = preview): string {
  const trace = memoryTrace(`
    call 1 <module>
    line 1 ${objects}
  `);
  return display({ trace, step: 1 }, { kind: 'object', object: 1 });
}

test.each([
  ["#1=list(1, 'two', None)", "[1, 'two', None]"],
  ['#1=tuple(1)', '(1,)'],
  ['#1=tuple()', '()'],
  ["#1=dict('a': 1, 2: True)", "{'a': 1, 2: True}"],
  ['#1=set(1, 2)', '{1, 2}'],
  ['#1=set()', 'set()'],
  ['#1=frozenset(1)', 'frozenset({1})'],
  ['#1=frozenset()', 'frozenset()'],
  ["#1=Account(balance: 5, owner: 'Ann')", "<Account balance=5, owner='Ann'>"],
  ['#1=list(#2, #2) #2=list(1)', '[[1], [1]]'],
  ['#1=list(1, #1)', '[1, [...]]'],
  ['#1=dict(1: #2) #2=list(#1)', '{1: [{...}]}'],
  ['#1=list(#2)', '[<not recorded>]'],
])('%s shows as %s', (objects, text) => {
  expect(show(objects)).toBe(text);
});

test('what is too long ends with an ellipsis, and the full text has everything', () => {
  const objects = `#1=list(${Array.from({ length: 500 }, (_, index) => index).join(', ')})`;

  expect(show(objects)).toMatch(/^\[0, 1, 2, .*, …\]$/);
  expect(show(objects).length).toBeLessThan(200);
  expect(show(objects, fullText)).toMatch(/498, 499\]$/);
});

test('a long text keeps its quotes', () => {
  const value: Value = { kind: 'str', value: 'x'.repeat(1000) };
  const trace = memoryTrace('call 1 <module>');

  expect(preview({ trace, step: 0 }, value)).toMatch(/^'x+…'$/);
  expect(fullText({ trace, step: 0 }, value)).toHaveLength(1002);
});

test('what is nested too deep is cut there', () => {
  const objects = '#1=list(#2) #2=list(#3) #3=list(#4) #4=list(#5) #5=list(1)';

  expect(show(objects)).toBe('[[[[[…]]]]]');
  expect(show(objects, fullText)).toBe('[[[[[1]]]]]');
});

test("a value's type is its class's own name", () => {
  const trace = memoryTrace(`
    call 1 <module>
    line 1 #1=Account()
  `);
  expect(typeName({ trace, step: 1 }, { kind: 'object', object: 1 })).toBe('Account');
  expect(typeName({ trace, step: 1 }, { kind: 'int', value: 1n })).toBe('int');
});
