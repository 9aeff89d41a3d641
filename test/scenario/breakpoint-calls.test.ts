/** `breakpoint()` in the program is a breakpoint, and no prompt of pdb's. */

import { pythons } from '../support/pythons';
import { debug, type Session } from './driver';

const PROGRAM = `
  import sys, threading
  def work(n):
      if n > 0:
          breakpoint()
      return n                #@ work
  for n in range(3):
      work(n)                 #@ call
  def last():
      breakpoint()
  last()
  thread = threading.Thread(target=work, args=(7,))   #@ after
  thread.start()
  thread.join()
  print('over')               #@ over
`;

async function stops(session: Session, move: string): Promise<string[]> {
  const seen: string[] = [];
  for (;;) {
    const stop = await session.go(move);
    if (!stop.startsWith('breakpoint')) {
      return seen;
    }
    seen.push(stop);
  }
}

describe.each(pythons())('on Python $version', (python) => {
  test('breakpoint() stops at the next line of its caller, and its past stops there, too', async () => {
    const session = await debug(PROGRAM, { python, launch: { stopOnEntry: true } });
    await session.stopped();
    const forward = await stops(session, 'continue');
    const [work, after] = ['breakpoint: work', 'breakpoint: after'];
    expect(forward).toEqual([work, work, after, work]);
    expect(session.editor.printed).toBe('over\n');
    expect(await stops(session, 'reverseContinue')).toEqual([...forward].reverse());
    expect(await stops(session, 'continue')).toEqual(forward);
  });

  test('one on the way ends a step over the call', async () => {
    const session = await debug(PROGRAM, { python, breakpoints: [{ at: 'call', condition: 'n == 1' }] });
    await session.stopped();
    expect(await session.go('next')).toBe('breakpoint: work');
    expect(await session.locals()).toMatchObject({ n: '1' });
    expect(await session.go('stepOut')).toMatch(/^step: /);
  });
});

test('a hook of the program, or PYTHONBREAKPOINT, decides otherwise; without debugging nothing stops', async () => {
  const own = await debug("import sys\nsys.breakpointhook = lambda: print('own')\nbreakpoint()\nx = 1\n");
  expect(await own.stopped()).toMatch(/^End of recording/);
  expect(own.editor.printed).toBe('own\n');

  const off = await debug(PROGRAM, { launch: { env: { PYTHONBREAKPOINT: '0' } } });
  expect(await off.stopped()).toMatch(/^End of recording/);
  expect(off.editor.printed).toBe('over\n');

  const runs = await debug('breakpoint()\nprint(1)', { launch: { noDebug: true } });
  await runs.editor.event('exited');
  expect(runs.editor.printed).toContain('(Pdb)');
});
