/** Where exceptions stop, and what is said of them: the same from the living program and from its past. */

import { pythons } from '../support/pythons';
import { debug, type Session } from './driver';

const FAILING = `
import json
def tried(work):
    try:
        work()
    except BaseException:
        pass
def main():
    tried(lambda: open('/no/such/file'))
    tried(lambda: {}['key'])
    tried(lambda: {}['a', 1])
    tried(lambda: b'a\\xff'.decode())
    tried(lambda: b'\\xff\\xfe'.decode('ascii', 'strict'))
    tried(lambda: '\\xe9'.encode('ascii'))
    tried(lambda: '\\u20ac'.encode('latin-1'))
    tried(lambda: '\\U0001f600!'.encode('ascii'))
    tried(lambda: compile('a b', '/some/folder/x.py', 'exec'))
    tried(lambda: json.loads('{'))
    tried(lambda: [][3])
    tried(lambda: exec('raise LookupError("a", 2)'))
    tried(lambda: exec('raise OSError("only a text")'))
    tried(lambda: exec('raise SystemExit(3)'))
    tried(lambda: exec('raise ValueError'))
    if 'ExceptionGroup' in dir(__builtins__):
        tried(lambda: exec('raise ExceptionGroup("several", [ValueError(1), KeyError(2)])'))
main()
`;

/** All that is said of each exception on the way. */
async function said(session: Session, move: 'continue' | 'reverseContinue'): Promise<string[]> {
  const texts: string[] = [];
  for (;;) {
    const stop = await session.go(move);
    if (!stop.startsWith('exception')) {
      return texts;
    }
    const { text, description = '' } = session.lastStop;
    const info = await session.editor.request('exceptionInfo', { threadId: 1 });
    expect([info['exceptionId'], info['description'] ?? '']).toEqual([text, description]);
    texts.push([text, description].join(': '));
  }
}

describe.each(pythons())('on Python $version', (python) => {
  test('an exception has the same class and text in the past as in the living program', async () => {
    const session = await debug(FAILING, { python, exceptions: ['raised'], launch: { stopOnEntry: true } });
    await session.stopped();
    const live = await said(session, 'continue');
    expect(live).toContain("FileNotFoundError: [Errno 2] No such file or directory: '/no/such/file'");
    expect(live).toContain("KeyError: 'key'");
    const past = await said(session, 'reverseContinue');
    expect(past.reverse()).toEqual(live);
  });

  test('how iterators and generators end is no exception to stop at, unless it is asked for by name', async () => {
    const session = await debug(
      `
      import asyncio, itertools
      class Countdown:
          def __init__(self): self.n = 2
          def __iter__(self): return self
          def __next__(self):
              if self.n == 0:
                  raise StopIteration     #@ over
              self.n -= 1
              return self.n
      async def nothing():
          await asyncio.gather(asyncio.sleep(0))
      def endless():
          while True:
              yield 1
      for n in Countdown():
          pass
      list(itertools.chain(Countdown()))  # a library's iterator, too
      generator = endless()
      next(generator)
      generator.close()
      asyncio.new_event_loop().run_until_complete(nothing())
      print('over')
      `,
      { python, exceptions: ['raised', 'userUnhandled'] },
    );
    expect(await session.stopped()).toMatch(/^End of recording/);
    expect(await session.go('reverseContinue')).toMatch(/^entry/);
    const filterOptions = [{ filterId: 'raised', condition: 'StopIteration' }];
    await session.editor.request('setExceptionBreakpoints', { filters: [], filterOptions });
    expect(await session.goTimes('continue', 2)).toEqual(['exception: over', 'exception: over']);
  });

  test('an iterator that ends where nobody expects it is an uncaught exception', async () => {
    const session = await debug('next(iter([]))  #@ here', { python, exceptions: ['raised', 'uncaught'] });
    expect(await session.stopped()).toBe('exception: here');
    expect(await session.go('continue')).toMatch(/^End of recording/);
    expect(await session.go('reverseContinue')).toBe('exception: here');
  });

  test('a step out of the main module goes on past an exception that is not to stop at', async () => {
    const session = await debug(
      `
      first = 1                           #@ first
      try:
          int('x')
      except ValueError:
          pass
      print('on')
      `,
      { python, launch: { stopOnEntry: true } },
    );
    expect(await session.stopped()).toBe('entry: first');
    const filterOptions = [{ filterId: 'raised', condition: 'KeyError' }];
    await session.editor.request('setExceptionBreakpoints', { filters: [], filterOptions });
    expect(await session.go('stepOut')).toMatch(/^End of recording/);
    await session.go('reverseContinue');
    expect(await session.go('stepOut')).toMatch(/^End of recording/);
  });
});

test('an exception with a text of its own says the same in the past as when it was raised', async () => {
  const session = await debug(
    `
    class Odd(Exception):
        def __init__(self, code):
            super().__init__(code, 'x')
            self.code = code
        def __str__(self):
            return 'odd %d' % self.code
    for code in (7, 8):
        try:
            raise Odd(code)     #@ raise
        except Odd:
            pass
    print('over')
    `,
    { exceptions: ['raised'], launch: { stopOnEntry: true } },
  );
  await session.stopped();
  const live = await said(session, 'continue');
  expect(live).toEqual(['Odd: odd 7', 'Odd: odd 8']);
  expect((await said(session, 'reverseContinue')).reverse()).toEqual(live);
  expect(await said(session, 'continue')).toEqual(live);
});
