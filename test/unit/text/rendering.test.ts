import { readState } from '../../../adapter/src/api/state';
import { Renderer, type Bounds } from '../../../adapter/src/text/rendering';
import { memoryTrace } from '../../../adapter/src/trace/memory-trace';

/** Renders the locals at the last step of a transcript. */
function render(line: string, bounds?: Bounds): Record<string, string> {
  const trace = memoryTrace(`
    call 1 work
    line 2 ${line}
  `);
  const { locals } = readState(trace, 1);
  const values = locals.map(({ value }) => value);
  const renderer = new Renderer(trace, 1, values, bounds);
  return Object.fromEntries(locals.map(({ name, value }) => [name, renderer.render(value)]));
}

test('containers are written as Python writes them', () => {
  expect(
    render(
      "a=#1 b=#2 c=#3 d=#4 e=#5 f=#6 #1=list(1, 'two', 3.0) #2=tuple(1) #3=dict('k': None) #4=set(1) #5=set() #6=frozenset(1)",
    ),
  ).toEqual({
    a: "[1, 'two', 3.0]",
    b: '(1,)',
    c: "{'k': None}",
    d: '{1}',
    e: 'set()',
    f: 'frozenset({1})',
  });
});

test('an instance shows its class and its attributes', () => {
  expect(render("account=#1 #1=Account(owner: 'Ann', history: #2) #2=list(5, -3)")).toEqual({
    account: "<Account owner='Ann', history=[5, -3]>",
  });
});

test('an object that appears twice is written once and then named by its number', () => {
  expect(render('a=#1 b=#1 c=#2 #1=list(1) #2=list(#1, 2)')).toEqual({ a: '#1=[1]', b: '#1', c: '[#1, 2]' });
});

test('a cycle ends', () => {
  expect(render('a=#1 #1=list(0, #1)')).toEqual({ a: '#1=[0, #1]' });
});

test('what is cut is counted', () => {
  const bounds = { items: 2, depth: 2, characters: 5 };
  expect(
    render("a=#1 b=#2 c='abcdefgh' #1=list(1, 2, 3, 4) #2=list(#3) #3=list(#4) #4=list(1, 2, 3)", bounds),
  ).toEqual({
    a: '[1, 2, … 2 more]',
    b: '[[<list of 3 items>]]',
    c: "'abcd… (10 characters)",
  });
});

test('an object too deep at its first mention is still written in full where there is room', () => {
  const bounds = { items: 9, depth: 1, characters: 99 };
  expect(render('a=#1 b=#2 #1=list(#2) #2=list(7)', bounds)).toEqual({
    a: '[#2=<list of 1 item>]',
    b: '#2=[7]',
  });
});
