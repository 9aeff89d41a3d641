import { spawn } from 'node:child_process';
import { connect as connectTo } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

import { EXECORDER } from '../support/execorder';
import { expectGone } from '../support/processes';
import { connect, debug } from './driver';

const PROGRAM = `
  x = 1       #@ one
  x = 2       #@ two
`;

test('a session begins with what the adapter can do, and nothing that it can not', async () => {
  const session = await connect();
  const capabilities = session.editor.received[0]!['body'];

  expect(capabilities).toMatchObject({
    supportsStepBack: true,
    supportsConfigurationDoneRequest: true,
    supportsConditionalBreakpoints: true,
    supportsGotoTargetsRequest: true,
  });
  expect(capabilities).not.toHaveProperty('supportsTerminateThreadsRequest');
});

test.each(['writeMemory', 'constructor', 'no such thing'])(
  'an unknown request (%s) is refused',
  async (command) => {
    const session = await connect();

    await expect(session.editor.request(command)).rejects.toThrow(
      `The request '${command}' is not known here.`,
    );
  },
);

test.each([
  'continue',
  'stackTrace',
  'scopes',
  'variables',
  'evaluate',
  'pause',
  'stepBack',
  'goto',
  'source',
])('%s before anything is debugged is refused', async (command) => {
  const session = await connect();

  await expect(
    session.editor.request(command, { frameId: 1, expression: 'x', targetId: 1 }),
  ).rejects.toThrow();
  expect(await session.editor.request('threads')).toEqual({ threads: [{ id: 1, name: 'MainThread' }] });
});

test('the answer to a move comes before the stop that it causes', async () => {
  const session = await debug(PROGRAM, { breakpoints: ['two'] });
  await session.stopped();
  await session.go('stepBack');
  await session.go('next');
  const order = session.editor.received
    .map(({ command, event }) => command ?? event)
    .filter((name) => ['stepBack', 'next', 'stopped'].includes(String(name)));

  expect(order).toEqual(['stopped', 'stepBack', 'stopped', 'next', 'stopped']);
});

test('arguments may be missing, null or strange', async () => {
  const session = await debug(PROGRAM, { breakpoints: ['two'] });
  await session.stopped();
  for (const args of [undefined, null, {}, { granularity: 'line', __sessionId: 'x' }, 'text', [1]]) {
    await session.editor.request('stackTrace', args);
    await session.editor.request('setExceptionBreakpoints', args);
    await expect(session.editor.request('variables', args)).rejects.toThrow("lacks 'variablesReference'");
    await expect(session.editor.request('evaluate', args)).rejects.toThrow("lacks 'expression'");
    await session.editor.request('stepBack', args);
    await session.stopped();
  }
});

test('numbers that mean nothing are refused', async () => {
  const session = await debug(PROGRAM, { breakpoints: ['two'] });
  await session.stopped();

  await expect(session.editor.request('scopes', { frameId: 77 })).rejects.toThrow(
    'nothing with the number 77',
  );
  await expect(session.editor.request('variables', { variablesReference: -1 })).rejects.toThrow(
    'nothing with',
  );
  await expect(session.editor.request('source', { sourceReference: 9 })).rejects.toThrow(
    'does not hold the source',
  );
  await expect(session.editor.request('goto', { threadId: 1, targetId: 1e6 })).rejects.toThrow(
    'not in the recording',
  );
  await expect(session.editor.request('launch', { code: 'x' })).rejects.toThrow('debugging already');
  for (const name of ['next', 'stepIn', 'stepOut', 'continue', 'stepBack', 'reverseContinue', 'stackTrace']) {
    for (const threadId of [-1, 0, 99]) {
      await expect(session.editor.request(name, { threadId })).rejects.toThrow(`no thread ${threadId}`);
    }
  }
  expect(await session.go('next')).toMatch(/^End of recording/);
});

test('pages that make no sense are whole', async () => {
  const session = await debug('items = [1, 2, 3]\nprint(items)  #@ here', { breakpoints: ['here'] });
  await session.stopped();
  const items = await session.variable('items');
  for (const page of [{ start: -1 }, { count: -1 }, { start: -5, count: -5 }, { count: 1e15 }]) {
    const shown = await session.children(items, page);
    expect(shown.slice(0, 3).map(({ name }) => name)).toEqual(['0', '1', '2']);
  }
  for (const page of [{ startFrame: -1 }, { levels: -1 }, { levels: 1e15 }, { startFrame: 0.5 }]) {
    const body = await session.editor.request('stackTrace', { threadId: 1, ...page });
    expect(body).toMatchObject({ totalFrames: 1, stackFrames: [{ name: '<module>' }] });
  }
  const none = await session.editor.request('stackTrace', { threadId: 1, startFrame: 1e15, levels: 1 });
  expect(none).toMatchObject({ totalFrames: 1, stackFrames: [] });
});

test('lines count from 0 for a client that counts so', async () => {
  const session = await connect(PROGRAM);
  await session.initialize({ linesStartAt1: false });
  await session.editor.request('launch', { program: session.file });
  await session.editor.event('initialized');
  const line = session.lineOf('two') - 1;
  const source = { path: `file://${session.file}` };
  const set = await session.editor.request('setBreakpoints', { source, breakpoints: [{ line }] });
  await session.editor.request('configurationDone');
  await session.editor.event('stopped');

  expect(set).toMatchObject({ breakpoints: [{ verified: true, line }] });
  expect((await session.frames())[0]).toMatchObject({ line, column: 0 });
});

test('the adapter ends after disconnect, and when its client goes away without a word', async () => {
  const session = await debug(PROGRAM, { breakpoints: ['two'] });
  await session.stopped();
  expect(await session.end()).toBe(0);

  const other = await debug(PROGRAM, { breakpoints: ['two'] });
  await other.stopped();
  const pid = Number(await other.evaluate('__import__("os").getpid()', 'repl'));
  other.editor.hangUp();
  expect(await other.editor.exited).toBe(0);
  await expectGone(pid);
});

test('a program does not outlive an adapter that is ended by a signal', async () => {
  const session = await debug(PROGRAM, { breakpoints: ['two'] });
  await session.stopped();
  const pid = Number(await session.evaluate('__import__("os").getpid()', 'repl'));
  session.editor.kill('SIGTERM');
  expect(await session.editor.exited).toBe(143);
  await expectGone(pid);
});

test.each([true, false])('nor one that is killed (stopped: %j)', async (isStopped) => {
  const source =
    'import os, time\nprint(os.getpid(), flush=True)\nwhile True:\n    time.sleep(0.001)  #@ here';
  const session = await debug(source, { breakpoints: isStopped ? ['here'] : [] });
  if (isStopped) {
    await session.stopped();
  }
  while (session.editor.printedOn('stdout') === '') {
    await delay(20);
  }
  session.editor.kill('SIGKILL');
  await session.editor.exited;

  await expectGone(Number(session.editor.printedOn('stdout')));
});

test('a server takes several sessions on a free port of this machine', async () => {
  const server = spawn(process.execPath, [EXECORDER, 'dap', '--port', '0']);
  try {
    const [line] = (await nextLine(server.stdout)) as [string];
    const port = Number(/127\.0\.0\.1:(\d+)$/.exec(line)?.[1]);
    const sockets = [connectTo(port, '127.0.0.1'), connectTo(port, '127.0.0.1')];
    for (const socket of sockets) {
      const message = JSON.stringify({ seq: 1, type: 'request', command: 'initialize' });
      socket.write(`Content-Length: ${message.length}\r\n\r\n${message}`);
      const answer = await new Promise<Buffer>((resolve) => socket.once('data', resolve));
      expect(answer.toString()).toContain('"supportsStepBack":true');
    }
    sockets.forEach((socket) => socket.destroy());
  } finally {
    server.kill();
    await new Promise((resolve) => server.once('close', resolve));
  }
});

function nextLine(stream: NodeJS.ReadableStream): Promise<unknown[]> {
  const lines = createInterface({ input: stream });
  return new Promise((resolve) => lines.once('line', (line) => resolve([line])));
}
