/** Exceptions that leave the code of a thread: some end it, others are kept by the library that called it. */

import { pythons } from '../support/pythons';
import { debug } from './driver';
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
