/** What clients rely on without the protocol saying so: rules that were found by running them. */

import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { bodyOf, type Body } from '../../examples/editor';
import { EXECORDER } from '../support/execorder';
import { newestPython } from '../support/pythons';
import { connect, debug, list, type Session } from './driver';

const PROGRAM = `
  import os
  def square(n):
      result = n * n      #@ inside
      return result
  total = 0               #@ first
  for n in range(3):
      total += square(n)  #@ loop
  print(total)            #@ last
`;

/** All that an adapter writes to its standard output when these bytes come in. */
function conversation(input: string): Promise<string> {
  const env = { ...process.env, EXECORDER_PYTHON: newestPython().command };
  const adapter = spawn(process.execPath, [EXECORDER, 'dap'], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  adapter.stdout.setEncoding('latin1').on('data', (text: string) => {
    output += text;
    if (output.includes('"terminated"')) {
      adapter.stdin.end();
    }
  });
  adapter.stdin.write(input);
  return new Promise((resolve) => adapter.on('close', () => resolve(output)));
}

function framed(messages: readonly object[]): string {
  const texts = messages.map((message, index) =>
    JSON.stringify({ seq: index + 1, type: 'request', ...message }),
  );
  return texts.map((text) => `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`).join('');
}

/** The messages in it, and whatever else stands between them. */
function messagesOf(output: string): { messages: Body[]; rest: string } {
  const messages: Body[] = [];
  let rest = '';
  for (let left = output; left !== '';) {
    const head = /^Content-Length: (\d+)\r\n\r\n/.exec(left);
    const end = head === null ? 1 : head[0].length + Number(head[1]);
    if (head === null) {
      rest += left.slice(0, 1);
    } else {
      messages.push(JSON.parse(left.slice(head[0].length, end)) as Body);
    }
    left = left.slice(end);
  }
  return { messages, rest };
}

test('nothing but the protocol is on standard output, and nothing comes before the answer to initialize', async () => {
  const code = [
    'import os, subprocess, sys',
    'print("printed")',
    'os.write(1, b"written\\n")',
    'sys.__stdout__.buffer.write(b"\\xff\\n")',
    'subprocess.call(["echo", "echoed"])',
  ].join('\n');
  const output = await conversation(
    framed([
      { command: 'initialize', arguments: { adapterID: 'execorder' } },
      { command: 'launch', arguments: { code, stopAtEnd: false } },
      { command: 'setBreakpoints', arguments: { source: { path: '/none.py' }, breakpoints: [{ line: 1 }] } },
      { command: 'configurationDone' },
    ]),
  );
  const { messages, rest } = messagesOf(output);

  expect(rest).toBe('');
  expect(messages[0]).toMatchObject({ type: 'response', command: 'initialize' });
  const outputs = messages
    .filter(({ event }) => event === 'output')
    .map((message) => message['body'] as Body);
  const printed = outputs
    .filter(({ category }) => category === 'stdout')
    .map((body) => String(body['output']));
  expect(printed.join('')).toMatch(/printed\n(.*\n)*written\n(.*\n)*echoed\n/);
});

test('breakpoints count, not lines, and are answered in the order of the request', async () => {
  const session = await connect(PROGRAM);
  await session.editor.request('launch', { program: session.file });
  await session.editor.event('initialized');
  const at = (mark: string): number => session.lineOf(mark);
  const wanted = [at('last'), at('inside'), at('loop'), at('inside'), at('first')];
  const source = { path: session.file };
  const set = async (args: Body): Promise<unknown[]> => {
    const body = await session.editor.request('setBreakpoints', { source, ...args });
    return list(body, 'breakpoints').map(({ line }) => line);
  };

  const breakpoints = wanted.map((line) => ({ line }));
  expect(await set({ breakpoints, lines: [...wanted].sort((a, b) => a - b) })).toEqual(wanted);
  expect(await set({ breakpoints: [{ line: at('last') }], lines: [at('first'), at('loop')] })).toEqual([
    at('last'),
  ]);
  await session.editor.request('configurationDone');
  expect(await session.stopped()).toBe('breakpoint: last');
  expect(await set({ breakpoints: [], lines: [at('inside')] })).toEqual([]);
  expect(await session.go('reverseContinue')).toBe('entry: import os');
});

test('a file:// address means the same file everywhere, also with blanks and letters of other scripts', async () => {
  const session = await connect();
  const folder = join(session.folder, 'a b é');
  mkdirSync(folder);
  const file = join(folder, 'prog#1.py');
  writeFileSync(file, 'for n in range(3):\n    x = n\nprint(x)\n');
  const source = { path: `file://${folder.split('/').map(encodeURIComponent).join('/')}/prog%231.py` };
  await session.editor.request('launch', { program: file });
  await session.editor.event('initialized');
  await session.editor.request('setBreakpoints', { source, lines: [3], breakpoints: [{ line: 3 }] });
  await session.editor.request('configurationDone');
  expect(await session.editor.event('stopped')).toMatchObject({ reason: 'breakpoint' });

  const goto = { source, line: 2, col: 1, column: 1 };
  const targets = list(await session.editor.request('gotoTargets', goto), 'targets');
  expect(targets.map(({ label }) => label)).toEqual([
    'visit 3 of 3 · <module>',
    'visit 2 of 3 · <module>',
    'visit 1 of 3 · <module>',
  ]);
  await session.editor.request('goto', { threadId: 1, targetId: targets[1]!['id'] });
  await session.editor.event('stopped');
  expect((await session.frames())[0]).toMatchObject({ line: 2, source: { path: file } });
  expect(await session.evaluate('x')).toBe('0');
  const locations = await session.editor.request('breakpointLocations', { source, line: 1, endLine: 3 });
  expect(list(locations, 'breakpoints')).toEqual([{ line: 1 }, { line: 2 }, { line: 3 }]);
  expect(await session.editor.request('source', { source })).toMatchObject({
    content: 'for n in range(3):\n    x = n\nprint(x)\n',
  });
});

test('dap-mode: the stack without threads, and exceptionInfo where there is no exception', async () => {
  const session = await debug(PROGRAM, { breakpoints: ['inside'] });
  await session.editor.event('stopped');
  const frames = list(await session.editor.request('stackTrace', {}), 'stackFrames');

  expect(frames.map(({ name }) => name)).toEqual(['square', '<module>']);
  for (const args of [{ threadId: 1 }, {}, undefined]) {
    await expect(session.editor.request('exceptionInfo', args)).rejects.toThrow(
      'There is no exception at this step.',
    );
  }
  const threads = await session.editor.request('threads');
  expect(threads).toMatchObject({ threads: [{ id: 1 }] });
});

test('VS Code: what is asked on the way to the next stop is given up, and each request is answered once', async () => {
  const session = await debug(PROGRAM, { breakpoints: ['inside', 'last'] });
  await session.editor.event('stopped');
  const frameId = (await session.frames())[0]?.['id'];
  const asked = [
    session.editor.send('completions', { frameId, text: 'res', column: 4 }),
    session.editor.send('evaluate', { frameId, expression: 'n', context: 'hover' }),
    session.editor.send('stackTrace', { threadId: 1, startFrame: 1, levels: 19 }),
    session.editor.send('scopes', { frameId }),
    session.editor.send('variables', { variablesReference: 1000 }),
    session.editor.send('breakpointLocations', { source: { path: session.file }, line: 4 }),
  ];
  const moved = session.editor.request('continue', { threadId: 1 });
  const cancelled = asked.map((requestId) => session.editor.request('cancel', { requestId }));
  await Promise.all([moved, ...cancelled]);
  await session.editor.event('stopped');
  await session.editor.request('threads');

  const answers = asked.map(
    (seq) => session.editor.received.filter((one) => one['request_seq'] === seq).length,
  );
  expect(answers).toEqual(asked.map(() => 1));
});

/** Names of the files that were announced, and stops, in their order. */
function announced(session: Session): string[] {
  const events = session.editor.received.filter(
    ({ event }) => event === 'loadedSource' || event === 'stopped',
  );
  return events.map((message) => {
    const source = bodyOf(message)['source'] as Body | undefined;
    return source === undefined ? 'stopped' : String(source['name']);
  });
}

test('a file is announced once, before the first stop after it began to run', async () => {
  const session = await connect(`
    x = 1                 #@ one
    import other
    print(other.y)        #@ two
  `);
  writeFileSync(join(session.folder, 'other.py'), 'y = 2\n');
  await session.begin('launch', { program: session.file }, { breakpoints: ['one', 'two'] });
  await session.stopped();
  await session.go('continue');
  await session.go('reverseContinue');
  await session.go('continue');

  expect(announced(session)).toEqual(['prog.py', 'stopped', 'other.py', 'stopped', 'stopped', 'stopped']);
  const loaded = list(await session.editor.request('loadedSources'), 'sources');
  expect(loaded.map(({ name }) => name)).toEqual(['prog.py', 'other.py']);
});

test.each([true, false])(
  'a change by hand makes shown variables out of date, which only clients are told that know of it (%j)',
  async (supportsInvalidatedEvent) => {
    const session = await debug(PROGRAM, { breakpoints: ['last'], client: { supportsInvalidatedEvent } });
    await session.stopped();
    const { variablesReference } = await session.scope(0, 'Locals');
    await session.editor.request('setVariable', { variablesReference, name: 'total', value: '7' });
    await session.editor.request('threads');
    await session.evaluate('total = 8', 'repl');
    await session.editor.request('threads');

    const kinds = session.editor.received.map(({ command, event }) => String(command ?? event));
    const order = kinds.filter((name) => ['setVariable', 'evaluate', 'invalidated'].includes(name));
    const invalidated = supportsInvalidatedEvent ? ['invalidated'] : [];
    expect(order).toEqual(['setVariable', ...invalidated, 'evaluate', ...invalidated]);
  },
);
