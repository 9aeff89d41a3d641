/** Exceptions that leave the code of a thread: some end it, others are kept by the library that called it. */

import { pythons } from '../support/pythons';
import { connect, debug } from './driver';
import type { Session } from './driver';

const PROGRAM = `
    import concurrent.futures
    import threading

    def fail(n):
        if n == 1:
            raise ValueError(n)         #@ kept
        return n

    def die():
        raise KeyError('thread')        #@ dies

    threading.excepthook = lambda *args: None
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        futures = [pool.submit(fail, n) for n in range(3)]
        failed = pool.submit(fail, 1)
    print([future.exception() for future in futures])
    thread = threading.Thread(target=die)
    thread.start()
    thread.join()
    print('over')                       #@ over
`;

async function filter(session: Session, ...filters: string[]): Promise<void> {
  await session.editor.request('setExceptionBreakpoints', { filters });
}

/** All stops on the way back from the end. */
async function stopsBack(session: Session): Promise<string[]> {
  const stops: string[] = [];
  for (let stop = ''; !stop.startsWith('entry');) {
    stop = await session.go('reverseContinue');
    stops.push(stop);
  }
  return stops;
}

test.each(pythons())(
  'on $version, what a pool keeps is not uncaught: neither live nor in the past',
  async (python) => {
    const session = await debug(PROGRAM, { python, exceptions: ['uncaught'], breakpoints: ['over'] });
    expect(await session.stopped()).toBe('exception: dies');
    expect(await session.go('continue')).toBe('breakpoint: over');
    await session.setBreakpoints();

    expect(await stopsBack(session)).toEqual(['exception: dies', expect.stringMatching(/^entry/)]);
    await session.evaluate('.end', 'repl');
    await session.stopped();
    await filter(session, 'userUnhandled');
    expect(await stopsBack(session)).toEqual([
      'exception: kept',
      'exception: kept',
      expect.stringMatching(/^entry/),
    ]);
  },
);

test.each(pythons())(
  'on $version, what leaves recorded code for good stops at once, not when the program stops next',
  async (python) => {
    const session = await debug(PROGRAM, { python, exceptions: ['userUnhandled'], breakpoints: ['over'] });
    for (let count = 0; count < 2; count++) {
      expect(await session.stopped()).toBe('exception: kept');
      expect(session.editor.printed).toBe('');
      const { threadId } = session.lastStop;
      expect(await session.editor.request('exceptionInfo', { threadId })).toMatchObject({
        exceptionId: 'ValueError',
        breakMode: 'userUnhandled',
      });
      await session.editor.request('continue', { threadId });
    }
    expect(await session.stopped()).toBe('breakpoint: over');
  },
);

const TESTS = `
    import unittest
    class Test(unittest.TestCase):
        def test_it(self):
            self.assertEqual(half(3), 1)
    def half(n):
        raise ValueError(n)             #@ here
`;

test.each(pythons())(
  'on $version, what a runner of tests catches is not uncaught, and stops at once',
  async (python) => {
    const session = await connect(TESTS, { python });
    const launch = { module: 'unittest', args: ['prog'] };
    await session.begin('launch', launch, { exceptions: ['userUnhandled', 'uncaught'] });
    expect(await session.stopped()).toBe('exception: here');
    expect(session.editor.printed).toBe('');
    expect(await session.go('continue')).toMatch(/^End of recording/);
    expect(await stopsBack(session)).toEqual(['exception: here', expect.stringMatching(/^entry/)]);
    await session.evaluate('.end', 'repl');
    await session.stopped();
    await filter(session, 'uncaught');
    expect(await stopsBack(session)).toEqual([expect.stringMatching(/^entry/)]);
  },
);
