import { connect, debug, type Session } from './driver';

const PROGRAM = `
    class Account:
        def __init__(self, name):
            self.name, self.balance = name, 0
        def is_rich(self):
            return self.balance > LIMIT
        def pay(self, amount):
            self.balance += amount      #@ pay
    LIMIT = 40
    def check(n):
        if n % 4 == 3:
            raise ValueError(n)         #@ raise
    account = Account('ann')
    for n in range(12):
        account.pay(n)                  #@ loop
        try:
            check(n)
        except ValueError:
            pass
    LIMIT = 1000
    done = True                         #@ done
`;

/** Ends up at the end of the recording; of a living program, or of one that is no more. */
async function atEnd(how: 'living' | 'recorded'): Promise<Session> {
  const session = await debug(PROGRAM, { breakpoints: ['done'] });
  await session.stopped();
  if (how === 'recorded') {
    await session.setBreakpoints();
    expect(await session.go('continue')).toMatch(/^End of recording/);
  }
  return session;
}

describe.each(['living', 'recorded'] as const)('in the past of a %s program', (how) => {
  test('conditions of breakpoints may call functions and methods', async () => {
    const session = await atEnd(how);
    await session.setBreakpoints({ at: 'loop', condition: 'sum([account.balance, n]) == 28' });
    expect(await session.go('reverseContinue')).toBe('breakpoint: loop');
    expect(await session.evaluate('n')).toBe('7');
    expect(await session.go('reverseContinue')).toMatch(/^entry/);
    await session.setBreakpoints({ at: 'loop', condition: 'max(n, 3) == 7' });
    expect(await session.go('continue')).toBe('breakpoint: loop');
    expect(await session.evaluate('n')).toBe('7');
  });

  test('hit counts count the visits whose condition holds', async () => {
    const session = await atEnd(how);
    const condition = 'divmod(n, 2)[1] == 1';
    await session.setBreakpoints({ at: 'loop', condition, hitCondition: '3' });
    expect(await session.go('reverseContinue')).toBe('breakpoint: loop');
    expect(await session.evaluate('n')).toBe('5');
  });

  test('log messages may call functions and methods', async () => {
    const session = await atEnd(how);
    const before = session.editor.printedOn('console');
    await session.setBreakpoints({ at: 'pay', logMessage: 'at {amount}: {str(self.balance).zfill(3)}!' });
    const said = (): string => session.editor.printedOn('console').slice(before.length);
    while (!said().includes('at 11:')) {
      await session.editor.event('output');
    }

    const told = said()
      .split('\n')
      .filter((line) => line.startsWith('at '));
    expect(told.slice(0, 4)).toEqual(['at 0: 000!', 'at 1: 000!', 'at 2: 001!', 'at 3: 003!']);
    expect(told).toHaveLength(12);
  });

  test('a condition that fails is remarked on once, and does not stop', async () => {
    const session = await atEnd(how);
    await session.setBreakpoints({ at: 'loop', condition: 'int(account.name) == 1' });
    expect(await session.go('reverseContinue')).toMatch(/^entry/);
    const remarks = session.editor.printedOn('important').match(/invalid literal/g);
    expect(remarks).toHaveLength(1);
  });
});

test("the program's own methods decide, with its variables as they were", async () => {
  const session = await atEnd('living');
  await session.setBreakpoints({ at: 'loop', condition: 'account.is_rich()' });
  const hits: string[] = [];
  for (let stop = await session.go('reverseContinue'); stop.startsWith('breakpoint');) {
    hits.push(await session.evaluate('account.balance'));
    stop = await session.go('reverseContinue');
  }
  expect(hits).toEqual(['55', '45']);
  expect(await session.evaluate('LIMIT', 'repl').catch(() => 'unset')).toBe('unset');
});

test('conditions of exceptions, functions and data may call functions, too', async () => {
  const session = await atEnd('recorded');
  const filterOptions = [{ filterId: 'raised', condition: 'abs(n) == 7' }];
  await session.editor.request('setExceptionBreakpoints', { filters: [], filterOptions });
  expect(await session.go('reverseContinue')).toBe('exception: raise');
  expect(await session.evaluate('n')).toBe('7');
  await session.editor.request('setExceptionBreakpoints', { filters: [] });
  const breakpoints = [{ name: 'Account.pay', condition: 'min(amount, 9) == 5' }];
  await session.editor.request('setFunctionBreakpoints', { breakpoints });
  expect(await session.go('reverseContinue')).toBe('function breakpoint: pay');
  expect(await session.evaluate('amount')).toBe('5');
  await session.editor.request('setFunctionBreakpoints', { breakpoints: [] });
  const { dataId } = await session.editor.request('dataBreakpointInfo', { name: 'self.balance' });
  const data = [{ dataId, condition: 'str(self.balance) == "3"' }];
  await session.editor.request('setDataBreakpoints', { breakpoints: data });
  expect(await session.go('reverseContinue')).toBe('data breakpoint: pay');
  expect(await session.evaluate('(self.balance, amount)')).toBe('(1, 2)');
});

test('a search whose condition takes long is given up at once', async () => {
  const session = await connect(`
    def count():
        for n in range(3000):
            n += 1              #@ loop
    count()
  `);
  await session.initialize({ supportsProgressReporting: true });
  await session.begin('launch', { program: session.file });
  await session.stopped();
  await session.setBreakpoints({ at: 'loop', condition: '__import__("time").sleep(0.02)' });
  await session.editor.request('reverseContinue', { threadId: 1 });
  const { progressId } = await session.editor.event('progressStart');
  await session.editor.request('cancel', { progressId });

  expect(await session.stopped()).toMatch(/^pause/);
});

test('two breakpoints on one line stop for each of their conditions, live and going back', async () => {
  const session = await debug(
    `
    for n in range(6):
        total = n           #@ here
    `,
    {
      breakpoints: [
        { at: 'here', condition: 'n == 2' },
        { at: 'here', condition: 'n == 4' },
      ],
    },
  );
  expect(await session.stopped()).toBe('breakpoint: here');
  expect(await session.evaluate('n')).toBe('2');
  expect(await session.go('continue')).toBe('breakpoint: here');
  expect(await session.evaluate('n')).toBe('4');
  expect(await session.go('reverseContinue')).toBe('breakpoint: here');
  expect(await session.evaluate('n')).toBe('2');
});
