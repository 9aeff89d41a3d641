/** What takes long in the program can be given up, in whatever thread, and however it was reached. */

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

import { newestPython, pythonPathOf, pythons } from '../support/pythons';
import { connect, debug, type Session } from './driver';

const PROGRAM = `
import signal, threading, time
def work(n):
    first = 1
    return first + n                    #@ work
thread = threading.Thread(target=work, args=(1,))
thread.start()
thread.join()
first = 2
is_default = signal.getsignal(signal.SIGURG) == signal.SIG_DFL  #@ main
print(threading.active_count(), is_default)
`;

/** Gives an expression up after a while, and says what has become of it. */
async function givenUp(session: Session, expression: string, context = 'repl'): Promise<string> {
  const frameId = (await session.frames())[0]!['id'];
  const seq = session.editor.send('evaluate', { expression, frameId, context });
  await delay(200);
  await session.editor.request('cancel', { requestId: seq });
  for (;;) {
    const answer = session.editor.received.find((message) => message['request_seq'] === seq);
    if (answer !== undefined) {
      return String(answer['message']);
    }
    await delay(10);
  }
}

async function terminated(session: Session): Promise<void> {
  await session.editor.request('terminate');
  await session.editor.event('terminated');
}

const ENDLESS = '[n for n in iter(int, 1)]';

describe.each(pythons())('on Python $version', (python) => {
  test('an expression without end is interrupted in any thread, and the program goes on as before', async () => {
    const session = await debug(PROGRAM, { python, breakpoints: ['work', 'main'] });
    expect(await session.stopped()).toBe('breakpoint: work');
    expect(await givenUp(session, ENDLESS)).toBe('cancelled');
    expect(await givenUp(session, ENDLESS, 'watch')).toBe('cancelled');
    expect(await session.evaluate('len(str(first))', 'repl')).toBe('1');
    expect((await session.editor.request('threads'))['threads']).toHaveLength(2);
    await session.go('stepBack');
    expect(await givenUp(session, `n + len(${ENDLESS})`)).toBe('cancelled');
    expect(await session.evaluate('len(str(n * 10))', 'watch')).toBe('2');
    await session.go('next');

    expect(await session.go('continue')).toBe('breakpoint: main');
    expect(await givenUp(session, ENDLESS)).toBe('cancelled');
    expect(await givenUp(session, 'time.sleep(60)')).toBe('cancelled');
    expect(await session.evaluate('len(str(first))', 'repl')).toBe('1');
    expect(await session.go('continue')).toMatch(/^End of recording \(exit code 0\)/);
    expect(session.editor.printed).toBe('1 True\n');
  });

  test.each(['work', 'main'])('a program that evaluates without end can be terminated: %s', async (mark) => {
    const session = await debug(PROGRAM, { python, breakpoints: [mark] });
    expect(await session.stopped()).toBe(`breakpoint: ${mark}`);
    session.editor.send('evaluate', { expression: ENDLESS, context: 'repl' });
    await terminated(session);
    expect(session.editor.printed).toBe('');
  });

  test('a program that has stopped in another thread than the main one ends when it is terminated', async () => {
    const session = await debug(PROGRAM, { python, breakpoints: ['work'] });
    await session.stopped();
    await terminated(session);
    expect(session.editor.printed).toBe('');
    expect(session.editor.received).toContainEqual(
      expect.objectContaining({ event: 'exited', body: { exitCode: 143 } }),
    );
  });
});

const SLEEPER = `
import atexit, sys, time
atexit.register(print, 'at exit')
print('asleep', flush=True)
time.sleep(60)                          #@ sleep
`;

test('a program that sleeps ends when it is terminated, and is told about when it can not be paused', async () => {
  const session = await debug(SLEEPER);
  while (!session.editor.printed.includes('asleep')) {
    await delay(20);
  }
  await session.editor.request('pause', { threadId: 1 });
  while (!session.editor.printedOn('console').includes('stops at its next recorded line')) {
    await delay(20);
  }
  await terminated(session);
});

test('what can not be interrupted is said to be so, and ends by itself', async () => {
  const session = await debug(PROGRAM, { breakpoints: ['work'] });
  await session.stopped();
  expect(await givenUp(session, 'time.sleep(3)')).toBe('cancelled');
  while (!session.editor.printedOn('console').includes('a call that can not be interrupted')) {
    await delay(20);
  }
  expect(await session.evaluate('len(str(first))', 'repl')).toBe('1');
  expect(await session.go('continue')).toMatch(/^End of recording \(exit code 0\)/);
});

test('what a debugger has attached for is interrupted, too', async () => {
  const python = newestPython();
  const session = await connect(PROGRAM);
  const env = { ...process.env, PYTHONPATH: pythonPathOf(python) };
  const words = ['-m', 'execorder', '--listen', '0', '--wait', session.file];
  const program = spawn(python.command, words, { cwd: session.folder, env });
  const line = await new Promise<string>((resolve) =>
    createInterface({ input: program.stderr }).once('line', resolve),
  );
  const port = Number(/attach to [^ ]+:(\d+)/.exec(line)?.[1]);
  try {
    await session.begin('attach', { connect: { port } }, { breakpoints: ['work', 'main'] });
    for (const mark of ['work', 'main']) {
      expect(await session.stopped()).toBe(`breakpoint: ${mark}`);
      expect(await givenUp(session, ENDLESS)).toBe('cancelled');
      expect(await session.evaluate('len(str(first))', 'repl')).toBe('1');
      await session.editor.request('continue', { threadId: 1 });
    }
  } finally {
    program.kill('SIGKILL');
  }
});
