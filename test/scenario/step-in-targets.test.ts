/** Stepping into one of the calls of a line: of the living program, and of its past. */

import { pythons } from '../support/pythons';
import { debug, list } from './driver';
import type { Session } from './driver';

const PROGRAM = `
    import functools

    def logged(function):
        @functools.wraps(function)
        def wrapper(*args):
            return function(*args)          #@ wrapper
        return wrapper

    def double(n):
        for _ in range(3):                  #@ double
            n += 0
        return n * 2

    @logged
    def decorated(n):
        return n

    class Box:
        def __init__(self, n):
            self.n = n                      #@ init

        def add(self, n):
            return Box(self.n + n)          #@ add

        @staticmethod
        def make():
            return Box(0)                   #@ make

    box = Box(1)
    total = double(len('ab')) + double(box.add(double(1)).n) + decorated(4)    #@ here
    made = [
        Box.make(),                         #@ listed
        Box(2),
        (lambda: double(7))(),
    ]
    over = double(1) if total < 0 else box.add(1)   #@ choice
    print('over')                           #@ end
`;

interface Target {
  readonly id: number;
  readonly label: string;
}

async function targets(session: Session): Promise<Target[]> {
  const frameId = (await session.frames())[0]!['id'];
  const body = await session.editor.request('stepInTargets', { frameId });
  return list(body, 'targets') as unknown as Target[];
}

async function stepInto(session: Session, index: number): Promise<string> {
  const targetId = (await targets(session))[index]!.id;
  await session.editor.request('stepIn', { threadId: 1, targetId });
  return session.stopped();
}

async function at(mark: string, python = pythons().at(-1)!): Promise<Session> {
  const session = await debug(PROGRAM, { python, breakpoints: [mark] });
  await session.stopped();
  return session;
}

describe.each(pythons())('on Python $version', (python) => {
  test('the calls of the line at which the living program stands, and the way into each', async () => {
    const session = await at('here', python);
    const labels = (await targets(session)).map(({ label }) =>
      label.replace(/\(.*/, '').replace(/^…/, '(…)'),
    );
    expect(labels).toEqual(['double', 'double', 'box.add', 'double', 'decorated']);

    const second = await at('here', python);
    expect(await stepInto(second, 1)).toBe('step: double');
    expect(await second.locals()).toMatchObject({ n: '1' });
    expect(await second.go('stepOut')).toMatch(/^step: /);
  });

  test.each([
    [0, 'double', { n: '2' }],
    [1, 'double', { n: '1' }],
    [2, 'add', { n: '2' }],
    [3, 'double', { n: '3' }],
    [4, 'wrapper', {}],
  ] as const)('target %i is %s', async (index, place, locals) => {
    const session = await at('here', python);

    expect(await stepInto(session, index)).toBe(`step: ${place}`);
    expect(await session.locals()).toMatchObject(locals);
  });
});

test('labels are the calls as they are written', async () => {
  const session = await at('here');

  expect((await targets(session)).map(({ label }) => label)).toEqual([
    "double(len('ab'))",
    'double(1)',
    'box.add(double(1))',
    'double(box.add(double(1)).n)',
    'decorated(4)',
  ]);
  expect(await session.go('next')).toMatch(/^step: /);
  expect(await session.go('stepBack')).toBe('breakpoint: here');
  expect((await targets(session)).map(({ label }) => label)).toEqual([
    'double(n=2)',
    'double(n=1)',
    expect.stringMatching(/^add\(self=.*, n=2\)$/) as string,
    'double(n=3)',
    'wrapper(args=(4,))',
  ]);
});

test('a statement of several lines is left only once its calls are made', async () => {
  const session = await at('listed');
  expect((await targets(session)).map(({ label }) => label)).toEqual(['Box.make()', 'Box(2)']);

  expect(await stepInto(session, 1)).toBe('step: init');
  expect(await session.locals()).toMatchObject({ n: '2' });
});

test('a call that is not made after all ends the step at the next line; breakpoints on the way stop it', async () => {
  const session = await at('choice');
  expect((await targets(session)).map(({ label }) => label)).toEqual(['double(1)', 'box.add(1)']);
  expect(await stepInto(session, 0)).toBe('step: end');

  const other = await at('choice');
  await other.setBreakpoints('add');
  expect(await stepInto(other, 0)).toBe('breakpoint: add');
  await expect(other.editor.request('stepIn', { threadId: 1, targetId: 2 ** 30 })).resolves.toBeDefined();
});
