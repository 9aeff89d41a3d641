import { pythons } from '../support/pythons';
import { debug, list, type Session } from './driver';

const PROGRAM = `
  import random
  class Cart:
      def __init__(self):
          self.items = []
          self.total = 0
      def add(self, price):
          self.items.append(price)    #@ append
          self.total += price         #@ total
  def spoil(things):
      alias = things
      alias[1] = 99                   #@ spoil
  cart = Cart()
  for price in (5, 7, 9):
      cart.add(price)                 #@ call
  spoil(cart.items)
  random.seed(1)
  cart.items.sort()                   #@ sort
  count = 1
  count = count + 1                   #@ count
  print(cart.total)                   #@ end
`;

/** Sets data breakpoints on expressions; answers what the adapter says about each. */
async function watch(session: Session, ...names: readonly (string | Record<string, string>)[]) {
  const breakpoints = [];
  for (const one of names) {
    const { name, ...rest } = typeof one === 'string' ? { name: one } : (one as { name: string });
    const frameId = (await session.frames())[0]?.['id'];
    const info = await session.editor.request('dataBreakpointInfo', { name, frameId });
    breakpoints.push({ dataId: info['dataId'], ...rest });
  }
  return list(await session.editor.request('setDataBreakpoints', { breakpoints }), 'breakpoints');
}

function descriptions(session: Session): unknown[] {
  const stops = session.editor.received.filter(({ event }) => event === 'stopped');
  return stops.map(({ body }) => (body as { description?: string }).description);
}

describe.each(pythons())('on Python $version', (python) => {
  test('reverse continue with a data breakpoint tells who wrote an item, through an alias as well', async () => {
    const session = await debug(PROGRAM, { python, breakpoints: ['end'] });
    await session.stopped();
    expect(await watch(session, 'cart.items[1]')).toMatchObject([{ verified: true }]);
    expect(await session.go('reverseContinue')).toBe('data breakpoint: sort');
    expect(await session.go('reverseContinue')).toBe('data breakpoint: spoil');
    expect(descriptions(session).at(-1)).toBe('cart.items[1]: 7 → 99');
    expect(await session.go('reverseContinue')).toBe('data breakpoint: append');
    expect(await session.locals()).toMatchObject({ price: '7' });
    expect(await session.go('reverseContinue')).toBe('entry: import random');
    expect(await session.go('continue')).toBe('data breakpoint: append');
    expect(await session.go('continue')).toBe('data breakpoint: spoil');
    expect(await session.go('continue')).toBe('data breakpoint: sort');
    expect(await session.go('continue')).toBe('breakpoint: end');
  });

  test('attributes, globals and local variables can be watched', async () => {
    const session = await debug(PROGRAM, { python, breakpoints: ['end'] });
    await session.stopped();
    await watch(session, { name: 'cart.total', condition: 'price > 5', hitCondition: '1' }, 'count');
    expect(await session.go('reverseContinue')).toBe('data breakpoint: count');
    expect(descriptions(session).at(-1)).toBe('count: 1 → 2');
    expect(await session.go('reverseContinue')).toBe('data breakpoint: count = 1');
    expect(await session.go('reverseContinue')).toBe('data breakpoint: total');
    expect(await session.locals()).toMatchObject({ price: '7' });
    expect(await session.go('reverseContinue')).toBe('entry: import random');
  });
});

test('the console tells who wrote a value, and lists all values that it had', async () => {
  const session = await debug(PROGRAM, { breakpoints: ['end'] });
  await session.stopped();

  const who = await session.evaluate('.who cart.total', 'repl');
  expect(who).toMatch(/^\.goto \d+ {2}prog\.py:8 in add {2}self\.total \+= price {9}#@ total {2}12 → 21$/);
  const history = await session.evaluate('.history cart.total', 'repl');
  expect(history.replace(/\.goto \d+ +/g, '')).toBe(
    [
      'prog.py:5 in __init__  self.total = 0                        0',
      'prog.py:8 in add       self.total += price         #@ total  0 → 5',
      'prog.py:8 in add       self.total += price         #@ total  5 → 12',
      'prog.py:8 in add       self.total += price         #@ total  12 → 21',
    ].join('\n'),
  );
  await session.editor.request('evaluate', { expression: who.split('  ')[0], context: 'repl' });
  expect(await session.stopped()).toBe('goto: total');
  expect(await session.evaluate('self.total')).toBe('12');
  await expect(session.evaluate('.who self.total + 1', 'repl')).rejects.toThrow(
    'is no place that is written',
  );
});

test('the last write of a variable in the view can be asked for, and of its children', async () => {
  const session = await debug(PROGRAM, { breakpoints: ['total'] });
  await session.stopped();
  await session.go('continue');
  const { variablesReference } = await session.scope(0, 'Locals');
  const asked = { variablesReference, name: 'price' };
  const { write } = await session.editor.request('execorder/lastWrite', asked);
  expect(write).toMatchObject({ line: session.lineOf('call'), after: '7', function: '<module>' });
  const items = await session.variable('self');
  const info = await session.editor.request('dataBreakpointInfo', {
    variablesReference: items['variablesReference'],
    name: 'total',
  });
  expect(info).toMatchObject({ description: 'self.total', accessTypes: ['write'] });
  const none = await session.editor.request('dataBreakpointInfo', { name: '1 + 1' });
  expect(none['dataId']).toBeNull();
});

test('words go to other iterations, calls and printed lines', async () => {
  const session = await debug(
    `
    def show(n):
        twice = n * 2           #@ twice
        print('value', twice)   #@ print
    for n in range(4):
        show(n)                 #@ call
    print('over')               #@ end
    `,
    { breakpoints: ['end'] },
  );
  await session.stopped();
  const say = async (expression: string): Promise<string> => {
    await session.editor.request('evaluate', { expression, context: 'repl' });
    const place = await session.stopped();
    return `${place}, n = ${await session.evaluate('n')}`;
  };

  expect(await say('.printed value 4')).toBe('goto: print, n = 2');
  expect(await say('.call-back')).toBe('goto: twice, n = 1');
  expect(await say('.call')).toBe('goto: twice, n = 2');
  expect(await say('.leave')).toBe('goto: print, n = 2');
  expect(await say('.enter')).toBe('goto: twice, n = 2');
  expect(await say('.out-back')).toBe('step: call, n = 2');
  expect(await say('.iter-back')).toBe('goto: call, n = 1');
  expect(await say('.iter')).toBe('goto: call, n = 2');
  expect(await say('.iter')).toBe('goto: call, n = 3');
  await expect(say('.iter')).rejects.toThrow('There is no later iteration of this loop in the recording.');
  expect(await say('.end')).toBe('goto: end, n = 3');
  await expect(say('.printed nothing like it')).rejects.toThrow('Nothing that was printed holds');
});
