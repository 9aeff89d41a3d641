import type { Body } from '../../examples/editor';
import { connect, debug, type Session } from './driver';

const SOURCE = `
    import multiprocessing, subprocess, sys, time

    def serve(pipe):
        for turn in range(3):
            order = pipe.recv()                 #@ waits
            pipe.send(order * 10)

    def talk():
        here, there = multiprocessing.Pipe()
        process = multiprocessing.get_context('spawn').Process(target=serve, args=(there,))
        process.start()
        for turn in range(3):
            here.send(turn)
            answer = here.recv()
            time.sleep(0.2)
            answer += 1                         #@ rests
        process.join()

    if __name__ == '__main__':
        subprocess.run([sys.executable, '-c', 'print("hello")'])
        talk()
`;

/** Debugs the program to its end as a client that can begin other sessions; answers what it was asked to begin. */
async function run(): Promise<{ parent: Session; children: Body[] }> {
  const children: Body[] = [];
  const parent = await connect(SOURCE);
  parent.editor.onRequest = (command, args) => {
    expect(command).toBe('startDebugging');
    children.push(args['configuration'] as Body);
  };
  await parent.initialize({ supportsStartDebuggingRequest: true });
  await parent.begin('launch', { program: parent.file });
  expect(await parent.stopped()).toMatch(/^End of recording/);
  return { parent, children };
}

async function sessionOf(configuration: Body): Promise<Session> {
  const session = await connect(SOURCE);
  await session.begin('attach', configuration);
  expect(await session.stopped()).toMatch(/^End of recording/);
  return session;
}

test('children become sessions with their own timelines, which can be lined up with the parent', async () => {
  const { parent, children } = await run();
  const kinds = children.map(({ type, request, name }) => [type, request, typeof name]);
  expect(kinds).toEqual(children.map(() => ['execorder', 'attach', 'string']));
  const sessions = await Promise.all(children.map(sessionOf));
  const printed = sessions.map(({ editor }) => editor.printed);
  expect(printed).toContain('hello\n');
  let server: Session | undefined;
  for (const session of sessions) {
    await session.editor.request('setBreakpoints', {
      source: { path: parent.file },
      breakpoints: [{ line: session.lineOf('waits') }],
    });
    const stop = await session.go('reverseContinue');
    server = stop === 'breakpoint: waits' ? session : server;
  }
  expect(server).toBeDefined();
  const child = server!;

  await parent.setBreakpoints({ at: 'rests', condition: 'turn == 1' });
  expect(await parent.go('reverseContinue')).toBe('breakpoint: rests');
  const { time } = await parent.editor.request('execorder/position');
  await child.editor.request('execorder/gotoTime', { time });
  expect(await child.stopped()).toBe('goto: waits');
  expect(await child.locals()).toMatchObject({ turn: '2', order: '1' });

  // The other way round, and with words that every editor has: the parent, while the child waited for the first time.
  expect(await child.go('reverseContinue')).toBe('breakpoint: waits');
  const when = await child.evaluate('.when', 'repl');
  expect(when).toMatch(/^\.at \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
  await parent.evaluate(when, 'repl');
  expect(await parent.stopped()).toMatch(/^goto/);
  expect(Number((await parent.locals())['turn'])).toBeLessThanOrEqual(1);
  await expect(parent.evaluate('.at noon', 'repl')).rejects.toThrow("'.at' needs a time");
});

test('a client that can not begin sessions is told where the recording of a child is', async () => {
  const session = await debug(`
    import subprocess, sys
    subprocess.run([sys.executable, '-c', 'pass'])
  `);
  expect(await session.stopped()).toMatch(/^End of recording/);

  while (!session.editor.printedOn('console').includes('its recording is')) {
    await session.editor.event('output');
  }
});

const REPLACED = `
    import os, sys
    words = sys.argv
    if len(words) == 1:
        os.execv(sys.executable, [sys.executable, __file__, 'again'])
    words.append('at the end')
    print('second')
`;

test('a program that becomes another ends where it does, and the other has a session', async () => {
  const session = await connect(REPLACED);
  const child = new Promise<Body>((resolve) => {
    session.editor.onRequest = (_command, args) => resolve(args['configuration'] as Body);
  });
  await session.initialize({ supportsStartDebuggingRequest: true });
  await session.begin('launch', { program: session.file });

  expect(await session.stopped()).toMatch(/^End of recording \(exit code 0\): os\.execv/);
  expect(session.editor.printed).toBe('second\n');
  const other = await sessionOf(await child);
  expect(await other.evaluate('words[1:]', 'repl')).toBe("['again', 'at the end']");
});
