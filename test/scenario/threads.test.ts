/** Threads: each is stepped by itself while the others run, and a breakpoint stops whichever comes to it. */

import { pythons } from '../support/pythons';
import { debug, list } from './driver';
import type { Session } from './driver';

/** All workers come to the same line at the same time, so that some wait there while another is shown. */
const WORKERS = `
  import threading
  together = threading.Barrier(3)
  lock = threading.Lock()
  done = []
  def work(number):
      together.wait()
      for turn in range(2):
          done.append((number, turn))     #@ each
          pair = (turn, number)           #@ pair
          with lock:
              turn += 1
  workers = [threading.Thread(target=work, args=(n,), name=f'worker {n}') for n in range(3)]
  for worker in workers:
      worker.start()                      #@ start
  for worker in workers:
      worker.join()
  assert len(done) == 6, done
`;

/** What a stop says, and the thread that stands there. */
async function nextStop(session: Session): Promise<{ reason: string; thread: number }> {
  const { reason, threadId } = await session.editor.event('stopped');
  return { reason: String(reason), thread: Number(threadId) };
}

/** The line on which a thread stands. */
async function lineOf(session: Session, threadId: number): Promise<unknown> {
  const { stackFrames } = await session.editor.request('stackTrace', { threadId });
  return (stackFrames as { line: number }[])[0]?.line;
}

describe.each(pythons())('on Python $version', (python) => {
  test('stepping goes on from thread to thread as breakpoints stop them, and misses none', async () => {
    const session = await debug(WORKERS, { python, breakpoints: ['each'] });
    const hits: number[] = [];
    const reasons = new Set<string>();
    for (let at = await nextStop(session); at.reason !== 'end'; at = await nextStop(session)) {
      reasons.add(at.reason);
      if (at.reason === 'breakpoint') {
        hits.push(at.thread);
        expect(await lineOf(session, at.thread)).toBe(session.lineOf('each'));
        expect(await session.editor.request('evaluate', { expression: 'len(done) * 0' })).toMatchObject({
          result: '0',
        });
      }
      await session.editor.request('next', { threadId: at.thread });
    }

    expect([...reasons].sort()).toEqual(['breakpoint', 'step']);
    expect(hits.sort()).toEqual([2, 2, 3, 3, 4, 4]);
    expect(session.editor.printedOn('important')).toBe('');
  });

  test('another thread than the one that stopped can be stepped, there and back', async () => {
    const source = `
      import threading
      entered, leave = threading.Event(), threading.Event()
      def other():
          entered.set()           #@ set
          leave.wait()            #@ waits
          first = 1               #@ first
          second = 2
      thread = threading.Thread(target=other)
      thread.start()
      entered.wait()
      leave.set()                 #@ leave
      thread.join()
    `;
    const session = await debug(source, { python, breakpoints: ['leave'] });
    const main = (await nextStop(session)).thread;
    await session.editor.request('stepIn', { threadId: 2 });
    const other = await nextStop(session);
    expect(other).toEqual({ reason: 'step', thread: 2 });
    expect(await lineOf(session, 2)).toBe(session.lineOf('first'));
    expect(await session.editor.request('evaluate', { expression: '[leave.is_set()]' })).toMatchObject({
      result: '[True]',
    });

    await session.editor.request('stepBack', { threadId: 2 });
    expect((await nextStop(session)).thread).toBe(main); // The breakpoint is on the way.
    await session.editor.request('stepBack', { threadId: 2 });
    expect(await nextStop(session)).toEqual(other);
    expect(await lineOf(session, 2)).toBe(session.lineOf('set'));
    await session.editor.request('stepBack', { threadId: main });
    expect((await nextStop(session)).thread).toBe(main);
    expect(Number(await lineOf(session, main))).toBeLessThan(session.lineOf('leave'));
  });

  test('expressions are evaluated in frames of a thread that waits while another is stopped', async () => {
    const source = `
      import threading
      entered, leave = threading.Event(), threading.Event()
      def other(word):
          own = [word]
          entered.set()
          leave.wait()
      thread = threading.Thread(target=other, args=('hello',))
      thread.start()
      entered.wait()
      leave.set()                 #@ leave
      thread.join()
    `;
    const session = await debug(source, { python, breakpoints: ['leave'] });
    await nextStop(session);
    const stack = await session.editor.request('stackTrace', { threadId: 2 });
    const [frame] = list(stack, 'stackFrames');
    const here = { frameId: frame!['id'], context: 'repl' };
    const asked = async (expression: string): Promise<unknown> =>
      (await session.editor.request('evaluate', { expression, ...here }))['result'];
    expect(await asked('word.upper()')).toBe("'HELLO'");
    await asked('own.append(len(word))');
    expect(await asked('own + []')).toBe("['hello', 5]");
  });

  test('threads have the names that the program gave them, and a program ends in its first one', async () => {
    const session = await debug(WORKERS, { python, breakpoints: ['pair'] });
    const names = new Set<string>();
    for (let at = await nextStop(session); at.reason !== 'end'; at = await nextStop(session)) {
      for (const { name } of list(await session.editor.request('threads'), 'threads')) {
        names.add(String(name));
      }
      await session.editor.request('continue', { threadId: at.thread });
    }
    expect([...names].sort()).toEqual(['MainThread', 'worker 0', 'worker 1', 'worker 2']);
    expect(list(await session.editor.request('threads'), 'threads')).toEqual([{ id: 1, name: 'MainThread' }]);
    expect(await lineOf(session, 1)).toBeDefined();
  });

  test('a program whose last thread outlives the main one ends where that thread does', async () => {
    const session = await debug(
      `
      import threading, time
      def work():
          time.sleep(0.2)
          last = 5            #@ last
      threading.Thread(target=work).start()
      `,
      { python },
    );
    expect(await session.stopped()).toMatch(/^End of recording .*: last$/);
    expect(await session.go('reverseContinue')).toMatch(/^entry/);
    expect(await session.go('continue')).toMatch(/^End of recording .*: last$/);
  });
});
