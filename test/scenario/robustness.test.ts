/** Whatever a client does: every request gets one reply, and no process stays behind. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { bodyOf } from '../../examples/editor';
import { expectGone } from '../support/processes';
import { connect, debug } from './driver';
import type { Session } from './driver';

const PROGRAM = `
  x = 1       #@ one
  x = 2       #@ two
`;

const ENDLESS = `
  import os
  print(os.getpid(), flush=True)
  n = 0
  while True:
      n += 1
`;

/** The answers to these requests, by number. */
function answers(session: Session, seqs: readonly number[]): unknown[] {
  const responses = session.editor.received.filter(({ type }) => type === 'response');
  return seqs.map((seq) => responses.filter((response) => response['request_seq'] === seq).length);
}

async function pidOf(session: Session): Promise<number> {
  while (session.editor.printed === '') {
    await session.editor.event('output');
  }
  return Number(session.editor.printed);
}

test('everything at once, before anything is answered', async () => {
  const session = await connect(PROGRAM);
  const source = { path: session.file };
  const seqs = [
    session.editor.send('setBreakpoints', { source, breakpoints: [{ line: 2 }] }),
    session.editor.send('configurationDone'),
    session.editor.send('launch', { program: session.file, cwd: session.folder }),
    session.editor.send('setExceptionBreakpoints', { filters: [] }),
    session.editor.send('launch', { program: session.file }),
    session.editor.send('threads'),
    session.editor.send('stackTrace', { threadId: 1 }),
  ];

  expect(await session.stopped()).toBe('breakpoint: two');
  expect(answers(session, seqs)).toEqual(seqs.map(() => 1));
});

test('requests while the program runs are answered at once', async () => {
  const session = await debug(ENDLESS);
  const pid = await pidOf(session);
  const names = [
    'stackTrace',
    'scopes',
    'variables',
    'evaluate',
    'next',
    'continue',
    'stepBack',
    'goto',
    'source',
  ];
  for (const name of [...names, 'exceptionInfo', 'setVariable', 'gotoTargets', 'completions', 'nonsense']) {
    const args = { threadId: 1, frameId: 1, variablesReference: 1, expression: 'n', targetId: 1, name: 'n' };
    await session.editor.request(name, args).catch(() => undefined);
  }
  await session.editor.request('threads');
  await session.editor.request('loadedSources');
  await session.setBreakpoints();
  await session.end();
  await expectGone(pid);
});

test.each(['terminate', 'disconnect'])('two of %s are both answered', async (command) => {
  const session = await debug(ENDLESS);
  const pid = await pidOf(session);
  const seqs = [session.editor.send(command), session.editor.send(command)];
  if (command === 'terminate') {
    await session.editor.event('terminated');
    seqs.push(session.editor.send('disconnect'));
  }
  await session.editor.exited;

  expect(answers(session, seqs)).toEqual(seqs.map(() => 1));
  await expectGone(pid);
});

test('a client that leaves in the middle of a launch leaves nothing behind', async () => {
  const session = await connect(ENDLESS);
  const launch = session.editor.send('launch', { program: session.file });
  const disconnect = session.editor.send('disconnect');

  expect(await session.editor.exited).toBe(0);
  expect(answers(session, [launch, disconnect])).toEqual([1, 1]);
});

test('a launch can be cancelled, and tried again', async () => {
  const session = await connect(PROGRAM);
  const args = { program: session.file, cwd: session.folder };
  const launch = session.editor.send('launch', args);
  await session.editor.request('cancel', { requestId: launch });
  await session.editor.request('cancel', { requestId: 99, progressId: 'none' });
  await session.editor.request('cancel');
  while (!session.editor.received.some((message) => message['request_seq'] === launch)) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const answer = session.editor.received.find((message) => message['request_seq'] === launch);
  if (answer?.['success'] === false) {
    expect(answer).toMatchObject({ message: 'cancelled', body: {} });
    await session.begin('launch', args);
  } else {
    await session.editor.request('configurationDone');
  }
  expect(await session.stopped()).toMatch(/^End of recording/);
});

test('noise between the messages does no harm', async () => {
  const session = await connect(PROGRAM);
  session.editor.sendRaw('GET / HTTP/1.1\r\n\r\n');
  session.editor.sendRaw('Content-Length: 5\r\n\r\n{"a":');
  session.editor.sendRaw('Content-Length: 4\r\n\r\nnull');
  session.editor.sendRaw('Content-Length: -1\r\n\r\nContent-Length: 1e9\r\n\r\n');
  session.editor.sendRaw(`Content-Length: ${'9'.repeat(30)}\r\n\r\n`);
  session.editor.sendRaw(Uint8Array.from([0xff, 0xfe, 0x00, 0xc3]));
  session.editor.sendRaw('x'.repeat(100_000));
  session.editor.sendRaw('Content-Length: 2\r\n\r\n[]');
  session.editor.sendRaw('Content-Length: 16\r\n\r\n{"type": "alien"}'.slice(0, -1));
  session.editor.sendRaw('Content-Length: 18\r\n\r\n{"type":"request"}');

  expect(await session.editor.request('threads')).toEqual({ threads: [{ id: 1, name: 'MainThread' }] });
  await expect(session.editor.request('')).rejects.toThrow("The request '' is not known here.");
});

test('a huge message is answered', async () => {
  const session = await debug(PROGRAM, { breakpoints: ['two'] });
  await session.stopped();
  const text = 'z'.repeat(5_000_000);

  expect(await session.evaluate(`len("${text}")`, 'repl')).toBe('5000000');
});

test('half a message, and then nothing: the adapter ends with its input', async () => {
  const session = await debug(ENDLESS);
  const pid = await pidOf(session);
  session.editor.sendRaw('Content-Length: 100\r\n\r\n{"seq": 1');
  session.editor.hangUp();

  expect(await session.editor.exited).toBe(0);
  await expectGone(pid);
});

test('a program that ignores every request to end goes with the session', async () => {
  const session = await debug(`
    import os, time
    print(os.getpid(), flush=True)
    while True:
        try:
            time.sleep(1)
        except BaseException:
            pass
  `);
  const pid = await pidOf(session);
  await session.editor.request('terminate');
  await session.end();
  await expectGone(pid);
});

test('what a program has started goes with it', async () => {
  const session = await debug(`
    import subprocess, sys
    child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(100)'])
    print(child.pid, flush=True)
    child.wait()
  `);
  const pid = await pidOf(session);
  await session.end();
  await expectGone(pid);
});

test('a program may outlive its session', async () => {
  const session = await debug(`
    import os, time
    print(os.getpid(), flush=True)
    time.sleep(1)
    print('x' * 1000000)
    open('done.txt', 'w').write('yes')
  `);
  const pid = await pidOf(session);
  await session.editor.request('disconnect', { terminateDebuggee: false });
  expect(await session.editor.exited).toBe(0);
  await expectGone(pid);

  expect(readFileSync(join(session.folder, 'done.txt'), 'utf8')).toBe('yes');
});

test('the log tells what was said and decided, and no secrets', async () => {
  const session = await connect(PROGRAM);
  const log = join(session.folder, 'dap.log');
  await session.begin('launch', { program: session.file, logToFile: log }, { breakpoints: ['two'] });
  await session.stopped();
  const text = readFileSync(log, 'utf8');

  expect(text).toMatch(/^\d\d:\d\d:\d\d\.\d{3} --> \d+ setBreakpoints \{/m);
  expect(text).toMatch(/<-- \(\d+\) setBreakpoints ok \{"breakpoints"/);
  expect(text).toMatch(/ {4}\S+ records into \S+\.xrec/);
  expect(text).toMatch(/ {4}stands at step \d+ \(breakpoint\)/);
  expect(text).toMatch(/<-- event stopped /);
  expect(session.editor.printedOn('console')).toBe(`The log of this session is ${log}.\n`);
});

test('what takes long shows its progress to a client that can show it, and can be given up', async () => {
  const session = await connect(`
    def count():
        n = 0
        while n < 300_000:
            n += 1          #@ loop
        return n
    count()
  `);
  await session.initialize({ supportsProgressReporting: true });
  await session.begin('launch', { program: session.file });
  await session.stopped();
  await session.setBreakpoints({ at: 'loop', condition: 'n * n + n < 0' });
  await session.editor.request('reverseContinue', { threadId: 1 });
  const { progressId, cancellable } = await session.editor.event('progressStart');
  expect(cancellable).toBe(true);
  await session.editor.request('cancel', { progressId });

  expect(await session.stopped()).toMatch(/^pause/);
  const last = session.editor.received.filter(({ event }) => String(event).startsWith('progress')).at(-1);
  expect(bodyOf(last!)).toEqual({ progressId });
});
