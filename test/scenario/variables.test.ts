import { pythons } from '../support/pythons';
import { debug, list, texts } from './driver';

test('containers open into their items, named as debugpy names them', async () => {
  const session = await debug(
    `
    class Account:
        def __init__(self, owner):
            self.owner = owner
            self._secret = 1
            self.history = [1, 2]
    account = Account('Ann')
    nested = {'one': [1, (2, 3)], 2: {'deep': account}}
    ten = list(range(11))
    done = True             #@ here
    `,
    { breakpoints: ['here'] },
  );
  await session.stopped();

  expect(await session.variable('nested')).toMatchObject({ type: 'dict', evaluateName: 'nested' });
  const nested = await session.children(await session.variable('nested'));
  expect(nested.map(({ name, evaluateName }) => [name, evaluateName])).toEqual([
    ["'one'", "nested['one']"],
    ['2', 'nested[2]'],
    ['len()', 'len(nested)'],
  ]);
  expect(texts(await session.children(nested[0]!))).toEqual({ '0': '1', '1': '(2, 3)' });

  const ten = await session.children(await session.variable('ten'));
  expect(ten.map(({ name }) => name)).toEqual([
    '00',
    '01',
    '02',
    '03',
    '04',
    '05',
    '06',
    '07',
    '08',
    '09',
    '10',
    'len()',
  ]);

  const account = await session.variable('account');
  expect(account).toMatchObject({ type: 'Account' });
  expect(Object.entries(texts(await session.children(account)))).toEqual([
    ['history', '[1, 2]'],
    ['owner', "'Ann'"],
    ['_secret', '1'],
  ]);
});

test('the same object has the same reference, and another one after a move', async () => {
  const session = await debug(
    `
    a = [1]
    b = a
    c = [a, b]
    done = 1    #@ here
    done = 2
    `,
    { breakpoints: ['here'] },
  );
  await session.stopped();
  const a = await session.variable('a');
  const items = await session.children(await session.variable('c'));
  const references = [await session.variable('b'), items[0]!, items[1]!].map(
    (one) => one['variablesReference'],
  );
  expect(new Set([...references, a['variablesReference']]).size).toBe(1);

  const [frame] = await session.frames();
  await session.go('next');
  await expect(session.children(a)).rejects.toThrow('belongs to a moment that was left');
  await expect(session.editor.request('scopes', { frameId: frame!['id'] })).rejects.toThrow(
    'moment that was left',
  );
  expect((await session.variable('a'))['variablesReference']).not.toBe(a['variablesReference']);
});

test('functions, classes and special names stand in groups of their own', async () => {
  const session = await debug(
    `
    import math
    def helper(): pass
    class Thing: pass
    _hidden = 1
    __very = 2
    plain = 3
    done = True     #@ here
    `,
    { breakpoints: ['here'] },
  );
  await session.stopped();
  const names = (await session.children(await session.scope(0, 'Locals'))).map(({ name }) => name);

  expect(names).toEqual([
    'special variables',
    'function variables',
    'class variables',
    'math',
    'plain',
    '_hidden',
    '__very',
  ]);
  const functions = await session.children(await session.variable('function variables'));
  expect(functions.map(({ name }) => name)).toEqual(['helper']);
  const special = await session.children(await session.variable('special variables'));
  expect(texts(special)).toMatchObject({ __name__: "'__main__'" });
});

test('a function shows its arguments, its own and its free variables, and its globals', async () => {
  const session = await debug(
    `
    LIMIT = 10
    def outer(factor):
        def inner(n, *rest, **more):
            product = n * factor
            return product          #@ here
        return inner(2, 3, key=4)
    outer(5)
    `,
    { breakpoints: ['here'] },
  );
  await session.stopped();

  expect(await session.locals()).toEqual({
    more: "{'key': 4}",
    n: '2',
    product: '10',
    rest: '(3,)',
  });
  expect(texts(await session.children(await session.scope(0, 'Closure')))).toEqual({ factor: '5' });
  expect(texts(await session.children(await session.scope(0, 'Globals')))).toMatchObject({ LIMIT: '10' });
  expect(await session.locals(1)).toMatchObject({ factor: '5' });
});

describe('a large list', () => {
  const PROGRAM = `
    large = list(range(5000))
    done = True     #@ here
  `;

  test('comes in pages for a client that asks for them', async () => {
    const session = await debug(PROGRAM, {
      breakpoints: ['here'],
      client: { supportsVariablePaging: true },
    });
    await session.stopped();
    const large = await session.variable('large');

    expect(large).toMatchObject({ indexedVariables: 5000, namedVariables: 1 });
    const page = await session.children(large, { filter: 'indexed', start: 4990, count: 5 });
    expect(texts(page)).toEqual({ 4990: '4990', 4991: '4991', 4992: '4992', 4993: '4993', 4994: '4994' });
    const named = await session.children(large, { filter: 'named' });
    expect(named.map(({ name, value }) => [name, value])).toEqual([['len()', '5000']]);
  });

  test('comes in groups for a client that does not', async () => {
    const session = await debug(PROGRAM, { breakpoints: ['here'] });
    await session.stopped();
    const groups = await session.children(await session.variable('large'));

    expect(groups.map(({ name }) => name)).toEqual([
      '[0 … 999]',
      '[1000 … 1999]',
      '[2000 … 2999]',
      '[3000 … 3999]',
      '[4000 … 4999]',
      'len()',
    ]);
    const last = await session.children(groups[4]!);
    expect(last).toHaveLength(1000);
    expect(last.at(-1)).toMatchObject({ name: '4999', value: '4999', evaluateName: 'large[4999]' });
  });

  test('is shortened where it is listed, and whole on the clipboard', async () => {
    const session = await debug(PROGRAM, { breakpoints: ['here'] });
    await session.stopped();

    expect(String((await session.variable('large'))['value'])).toMatch(/^\[0, 1, .*…\]$/);
    expect(await session.evaluate('large', 'clipboard')).toMatch(/4998, 4999\]$/);
  });
});

test('cycles, sets and texts of every kind show as Python writes them', async () => {
  const session = await debug(
    `
    loop = [1]
    loop.append(loop)
    empty = set()
    single = {1}
    frozen = frozenset([2])
    text = 'it\\'s\\n\\x00\\ud800 ä'
    data = b'\\x00abc"'
    numbers = (1e16, 0.1, -0.0, float('inf'), 1j, 2**70)
    done = True     #@ here
    `,
    { breakpoints: ['here'] },
  );
  await session.stopped();

  expect(await session.locals()).toMatchObject({
    loop: '[1, [...]]',
    empty: 'set()',
    single: '{1}',
    frozen: 'frozenset({2})',
    text: `"it's\\n\\x00\\ud800 ä"`,
    data: `b'\\x00abc"'`,
    numbers: '(1e+16, 0.1, -0.0, inf, 1j, 1180591620717411303424)',
  });
});

test('what a function returns is shown while it returns', async () => {
  const session = await debug(
    `
    def answer():
        return [42]     #@ inside
    answer()            #@ call
    done = True
    `,
    { breakpoints: ['inside'] },
  );
  await session.stopped();
  const position = await session.editor.request('execorder/position');
  await session.go('next');
  await session.editor.request('evaluate', {
    expression: `.goto ${Number(position['step']) + 1}`,
    context: 'repl',
  });

  expect(await session.stopped()).toBe('goto: inside');
  expect(await session.locals()).toEqual({ '(return) answer': '[42]' });
});

test('all frames of a deep stack come in pages with their total', async () => {
  const session = await debug(
    `
    def down(n):
        if n == 0:
            return 0        #@ bottom
        return down(n - 1)
    down(50)
    `,
    { breakpoints: ['bottom'] },
  );
  await session.stopped();
  const top = await session.editor.request('stackTrace', { threadId: 1, startFrame: 0, levels: 1 });
  expect(top['totalFrames']).toBe(52);
  const rest = await session.editor.request('stackTrace', { threadId: 1, startFrame: 50, levels: 20 });

  expect(list(top, 'stackFrames')).toHaveLength(1);
  expect(list(rest, 'stackFrames').map(({ name }) => name)).toEqual(['down', '<module>']);
});

test.each(pythons())(
  'on $version, values of the standard library look as Python writes them',
  async (python) => {
    const session = await debug(
      `
    import enum, types
    from dataclasses import dataclass
    class Color(enum.Enum):
        RED = 1
        BOTH = ('a', 2)
    @dataclass
    class Point:
        x: int
    red = Color.RED
    both = Color.BOTH
    few = range(3)
    even = range(0, 10, 2)
    cut = slice(1, None)
    space = types.SimpleNamespace(q=1, r='s')
    point = Point(5)
    done = True             #@ here
    `,
      { breakpoints: ['here'], python },
    );
    await session.stopped();

    expect(await session.locals()).toMatchObject({
      red: '<Color.RED: 1>',
      both: "<Color.BOTH: ('a', 2)>",
      few: 'range(0, 3)',
      even: 'range(0, 10, 2)',
      cut: 'slice(1, None, None)',
      space: "namespace(q=1, r='s')",
      point: '<Point x=5>',
    });
    expect(texts(await session.children(await session.variable('point')))).toEqual({ x: '5' });
  },
);

const STEPPED = `
    class Point:
        def __init__(self, x):
            self.x = x
        def moved(self, by):
            return Point(self.x + by)
    def work(n):
        point = Point(n)                    #@ make
        if point.moved(1).x < give(n):      #@ calls
            return give(n) + give(2)        #@ returns
    def give(n):
        return [n, n * 2][1]
    got = work(5)                           #@ work
    print('over')                           #@ over
`;

test.each([true, false])('what a stepped line has called and got is shown if wanted: %s', async (wanted) => {
  const session = await debug(STEPPED, {
    breakpoints: ['calls'],
    launch: { showReturnValue: wanted },
  });
  await session.stopped();
  expect(Object.keys(await session.locals())).toEqual(['n', 'point']);
  await session.go('next');
  const returned = async (): Promise<Record<string, string>> => {
    const all = Object.entries(await session.locals());
    return Object.fromEntries(all.filter(([name]) => name.startsWith('(return)')));
  };
  expect(await returned()).toEqual(wanted ? { '(return) moved': '<Point x=6>', '(return) give': '10' } : {});
  expect(await session.go('stepOut')).toBe('step: over');
  expect(await returned()).toEqual(wanted ? { '(return) work': '14' } : {});
});
