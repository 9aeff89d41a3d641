import { pythons } from '../support/pythons';
import { connect, debug, list, type Session } from './driver';

const CALLS = `
  class Cart:
      def add(self, n):
          total = n * 2         #@ body
          while total > 5:
              total -= 5
          return total
  def add(n):
      return n                  #@ other
  cart = Cart()
  for n in range(3):
      cart.add(n)               #@ call
  add(7)
  print('over')                 #@ end
`;

function logged(session: Session): string[] {
  const outputs = session.editor.received.filter(({ event }) => event === 'output');
  const bodies = outputs.map(({ body }) => body as Record<string, unknown>);
  return bodies
    .filter(({ category }) => category === 'console')
    .map(({ output }) => String(output).trimEnd());
}

describe.each(pythons())('on Python $version', (python) => {
  test('a function breakpoint stops at each call of it, in both directions', async () => {
    const session = await debug(CALLS, { python, breakpoints: ['end'], launch: { stopOnEntry: true } });
    await session.stopped();
    const breakpoints = [{ name: 'Cart.add', hitCondition: '>1' }, { name: 'nobody' }, { name: '1 + 1' }];
    const set = await session.editor.request('setFunctionBreakpoints', { breakpoints });
    expect(list(set, 'breakpoints')[2]).toMatchObject({
      verified: false,
      message: "'1 + 1' is no name of a function.",
    });
    const forward = [
      await session.go('continue'),
      await session.go('continue'),
      await session.go('continue'),
    ];
    expect(forward).toEqual(['function breakpoint: body', 'function breakpoint: body', 'breakpoint: end']);
    expect(await session.go('reverseContinue')).toBe('function breakpoint: body');
    expect(await session.locals()).toMatchObject({ n: '2' });
    expect(await session.go('reverseContinue')).toBe('function breakpoint: body');
    expect(await session.go('reverseContinue')).toMatch(/^entry/);
    await session.editor.request('setFunctionBreakpoints', { breakpoints: [{ name: 'add' }] });
    const all = [];
    for (let stop = ''; stop !== 'breakpoint: end'; all.push(stop)) {
      stop = await session.go('continue');
    }
    expect(all.map((stop) => stop.split(': ')[1])).toEqual(['body', 'body', 'body', 'other', 'end']);
  });

  test('exceptions stop by class and by condition, live and in the past, and show where they came from', async () => {
    const session = await connect(
      `
      class Broken(KeyError):
          pass
      def low(n):
          raise Broken('low', n)          #@ low
      def high(n):
          try:
              low(n)
          except KeyError as error:
              raise ValueError('high') from error   #@ high
      for n in range(3):
          try:
              high(n)
          except ValueError:
              pass
      print('over')                       #@ end
      `,
      { python },
    );
    await session.editor.request('launch', { program: session.file });
    await session.editor.event('initialized');
    await session.setBreakpoints('end');
    const filterOptions = [{ filterId: 'raised', condition: 'KeyError, Nothing' }];
    await session.editor.request('setExceptionBreakpoints', { filters: [], filterOptions });
    await session.editor.request('configurationDone');
    expect(await session.stopped()).toBe('exception: low');
    filterOptions[0]!.condition = 'n == 1';
    await session.editor.request('setExceptionBreakpoints', { filters: [], filterOptions });
    expect(await session.go('continue')).toBe('exception: low');
    expect(await session.locals()).toMatchObject({ n: '1' });
    expect(await session.go('continue')).toBe('exception: high');
    const info = await session.editor.request('exceptionInfo', { threadId: 1 });
    expect(info).toMatchObject({
      exceptionId: 'ValueError',
      breakMode: 'always',
      details: { innerException: [{ typeName: 'Broken', message: "('low', 1)" }] },
    });
    const { stackTrace, innerException } = info['details'] as Record<string, unknown>;
    expect(stackTrace).toMatch(/in <module>\n {4}high\(n\)\n.*in high\n {4}raise ValueError/);
    expect((innerException as Record<string, unknown>[])[0]!['stackTrace']).toMatch(
      /in low\n {4}raise Broken/,
    );
    expect(await session.go('continue')).toBe('breakpoint: end');
    expect(await session.go('reverseContinue')).toBe('exception: high');
    expect(await session.go('reverseContinue')).toBe('exception: low');
    expect(await session.locals()).toMatchObject({ n: '1' });
    expect(await session.go('reverseContinue')).toMatch(/^entry/);
  });

  test('an exception that only library code catches is one that the user did not handle', async () => {
    const session = await debug(
      `
      import concurrent.futures
      def work(n):
          return 1 / n                    #@ work
      try:
          work(0)
      except ZeroDivisionError:
          pass
      future = concurrent.futures.Future()
      future.add_done_callback(lambda done: work(0))  #@ callback
      import logging; logging.disable(logging.CRITICAL)
      future.set_result(1)                #@ set
      print('over')
      `,
      { python, exceptions: ['userUnhandled'] },
    );
    expect(await session.stopped()).toBe('exception: work');
    expect(await session.stack()).toEqual(['work at work', '<lambda> at callback', '<module> at set']);
    const info = await session.editor.request('exceptionInfo', { threadId: 1 });
    expect(info['breakMode']).toBe('userUnhandled');
    expect(await session.go('reverseContinue')).toMatch(/^entry/);
    expect(await session.go('continue')).toBe('exception: work');
  });
});

test('a log point that is set later prints for all of the past at once', async () => {
  const session = await debug(CALLS, { breakpoints: ['end'] });
  await session.stopped();
  await session.setBreakpoints(
    { at: 'body', logMessage: 'n={n} {{of}} {self.none}', condition: 'n > 0' },
    'end',
  );
  for (let waited = 0; logged(session).length < 2 && waited < 100; waited++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(logged(session)).toEqual(
    [1, 2].map((n) => expect.stringMatching(`^n=${n} {of} <AttributeError`) as string),
  );
  await session.setBreakpoints({ at: 'body', logMessage: 'n={n} {{of}} {self.none}', condition: 'n > 0' });
  await session.evaluate('.where', 'repl');
  expect(logged(session)).toHaveLength(2);
});

test('a frame can be started again, and one of the calls of a line be entered', async () => {
  const session = await debug(
    `
    def double(n):
        m = n * 2               #@ double
        return m                #@ return
    def add(a, b):
        return a + b            #@ add
    x = add(double(1), double(2))   #@ call
    print(x)                    #@ end
    `,
    { breakpoints: ['add', 'end'] },
  );
  await session.stopped();
  await session.setBreakpoints('end');
  await session.go('continue');
  await session.setBreakpoints();
  await session.go('stepBack');
  expect(await session.where()).toBe('call');
  const frameId = (await session.frames())[0]!['id'];
  const targets = list(await session.editor.request('stepInTargets', { frameId }), 'targets');
  expect(targets.map(({ label }) => label)).toEqual(['double(n=1)', 'double(n=2)', 'add(a=2, b=4)']);
  await session.editor.request('stepIn', { threadId: 1, targetId: targets[1]!['id'] });
  expect(await session.stopped()).toBe('step: double');
  expect(await session.locals()).toMatchObject({ n: '2' });
  expect(await session.go('next')).toBe('step: return');
  await session.editor.request('restartFrame', { frameId: (await session.frames())[0]!['id'] });
  expect(await session.stopped()).toBe('restart: double');
  const goals = await session.editor.request('gotoTargets', {
    source: { path: session.file },
    line: session.lineOf('return'),
  });
  expect(list(goals, 'targets').map(({ label }) => label)).toEqual([
    'visit 2 of 2 · double(n=2)',
    'visit 1 of 2 · double(n=1)',
    'start of double(n=2)',
    'end of double(n=2)',
  ]);
});

test('the console completes names, attributes, keys and words', async () => {
  const session = await debug(
    `
    class Account:
        kind = 'plain'
        def __init__(self):
            self.balance = 1
    account = Account()
    prices = {'apple': 1, 'pear': 2}
    print(account)      #@ here
    `,
    { breakpoints: ['here'] },
  );
  await session.stopped();
  const frameId = (await session.frames())[0]!['id'];
  const complete = async (text: string): Promise<unknown[]> => {
    const body = await session.editor.request('completions', { frameId, text, column: text.length + 1 });
    return list(body, 'targets').map(({ label }) => label);
  };
  expect(await complete('acc')).toEqual(['Account', 'account']);
  expect(await complete('print(account.b')).toEqual(['balance']);
  expect(await complete('account.k')).toEqual(['kind']);
  expect(await complete('prices[')).toEqual(["'apple']", "'pear']"]);
  expect(await complete('.wh')).toEqual(['.who', '.where', '.when']);
  expect(await complete('nothing.x')).toEqual([]);
  expect(await complete('isins')).toEqual(['isinstance']);
});

test('methods of one name in several classes are told apart, in both directions', async () => {
  const session = await debug(
    `
    class A:
        def m(self, n): return n        #@ a
        def other(self): return 2       #@ other
    class B(A):
        def m(self, n):
            return super().m(n) + 1     #@ b
    class C(B):
        def m(self, n): return n        #@ c
    C().m(1)
    B().m(1)                            #@ call
    A().other()
    print('over')                       #@ over
    `,
    { launch: { stopOnEntry: true }, breakpoints: ['over'] },
  );
  await session.stopped();
  const breakpoints = [{ name: 'A.m' }, { name: 'other' }];
  await session.editor.request('setFunctionBreakpoints', { breakpoints });

  expect(await session.goTimes('continue', 3)).toEqual([
    ...['function breakpoint: a', 'function breakpoint: other', 'breakpoint: over'],
  ]);
  expect(await session.goTimes('reverseContinue', 3)).toEqual([
    ...['function breakpoint: other', 'function breakpoint: a', 'entry: class A:'],
  ]);
});
