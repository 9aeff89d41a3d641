/** What editors send, in their order: each stands in for one that can't be run here. */

import { connect } from './driver';
import type { Session } from './driver';

const PROGRAM = `
  total = 0
  for n in range(3):
      total += n      #@ here
  print(total)        #@ last
`;

/** The kinds of messages since the last stop, without what nobody waits for. */
function order(session: Session): string[] {
  const names = session.editor.received.map(({ command, event }) => String(command ?? event));
  return names.filter(
    (name) => !['loadedSource', 'output', 'process', 'capabilities', 'module'].includes(name),
  );
}

test('VS Code: breakpoints of all kinds, then configurationDone, then two pages of the stack', async () => {
  const session = await connect(PROGRAM);
  const { editor } = session;
  await session.initialize({
    clientID: 'vscode',
    ...{ linesStartAt1: true, columnsStartAt1: true, pathFormat: 'path', locale: 'en' },
    ...{ supportsVariableType: true, supportsVariablePaging: true, supportsRunInTerminalRequest: true },
    ...{ supportsProgressReporting: true, supportsInvalidatedEvent: true, supportsMemoryReferences: true },
    ...{ supportsArgsCanBeInterpretedByShell: true, supportsStartDebuggingRequest: true },
  });
  const launch = editor.request('launch', {
    program: session.file,
    __sessionId: 'x',
    __configurationTarget: 6,
  });
  await editor.event('initialized');
  const source = { name: 'prog.py', path: session.file };
  const line = session.lineOf('here');
  await editor.request('breakpointLocations', { source, line });
  await editor.request('setBreakpoints', {
    source,
    lines: [line],
    breakpoints: [{ line }],
    sourceModified: false,
  });
  await editor.request('setFunctionBreakpoints', { breakpoints: [] }).catch(() => undefined);
  await editor.request('setDataBreakpoints', { breakpoints: [] });
  await editor.request('setExceptionBreakpoints', { filters: [], filterOptions: [{ filterId: 'uncaught' }] });
  await editor.request('configurationDone');
  await launch;
  await editor.event('stopped');
  await editor.request('threads');
  const first = await editor.request('stackTrace', { threadId: 1, startFrame: 0, levels: 1 });
  await editor.request('stackTrace', { threadId: 1, startFrame: 1, levels: 19 });
  expect(first).toMatchObject({ totalFrames: 1, stackFrames: [{ line }] });
  const cancelled = editor.send('evaluate', { expression: 'total', context: 'hover' });
  await editor.request('cancel', { requestId: cancelled });
  await editor.request('stepBack', { threadId: 1, granularity: 'line' });
  await editor.event('stopped');
  await editor.request('disconnect', { restart: false, terminateDebuggee: true });

  expect(await editor.exited).toBe(0);
});

test('nvim-dap: addresses as files, and a stop that nobody asked for is announced', async () => {
  const session = await connect(PROGRAM);
  const { editor } = session;
  await session.initialize({ clientId: 'neovim', clientname: 'neovim', pathFormat: 'path' });
  await editor.request('launch', { name: 'n', type: 'execorder', request: 'launch', program: session.file });
  await editor.event('initialized');
  const source = { name: 'prog.py', path: session.file };
  await editor.request('setBreakpoints', {
    source,
    lines: [3],
    breakpoints: [{ line: 3 }],
    sourceModified: false,
  });
  await editor.request('setExceptionBreakpoints', { filters: ['uncaught'] });
  await editor.request('configurationDone');
  await editor.event('stopped');
  const uri = { path: `file://${session.file}` };
  const { targets } = await editor.request('gotoTargets', { source: uri, line: 3, col: 1 });
  const [{ id }] = targets as [{ id: number }];
  const before = editor.received.length;
  await editor.request('goto', { threadId: 1, targetId: id });
  await editor.event('stopped');
  await editor.request('evaluate', { expression: '.back', context: 'repl' });
  await editor.event('stopped');

  expect(order({ editor: { received: editor.received.slice(before) } } as unknown as Session)).toEqual([
    ...['goto', 'stopped'],
    ...['evaluate', 'continued', 'stopped'],
  ]);
  await editor.request('disconnect', { restart: false, terminateDebuggee: null });
  expect(await editor.exited).toBe(0);
});

test('dape: nil is false, exceptions come before breakpoints, and the response before the stop', async () => {
  const session = await connect(PROGRAM);
  const { editor } = session;
  await session.initialize({
    clientID: 'dape',
    supportsRunInTerminalRequest: true,
    supportsStartDebuggingRequest: true,
  });
  const launch = editor.request('launch', {
    ...{ type: 'execorder', program: session.file, env: false, args: [], justMyCode: false, console: false },
  });
  await editor.event('initialized');
  await editor.request('setExceptionBreakpoints', { filters: ['uncaught'] });
  const source = { path: session.file };
  await editor.request('setBreakpoints', { source, breakpoints: [{ line: 4 }, { line: 3 }], lines: [4, 3] });
  await editor.request('configurationDone');
  await launch;
  await editor.event('stopped');
  await editor.request('stepIn', { threadId: 1, granularity: 'line' });
  await editor.event('stopped');
  await editor.request('disconnect', { restart: false });

  expect(await editor.exited).toBe(0);
  expect(order(session).slice(-4)).toEqual(['stopped', 'stepIn', 'stopped', 'disconnect']);
});

test('Vimspector: numbers as texts, and everything again after a restart', async () => {
  const session = await connect(PROGRAM);
  const { editor } = session;
  await session.initialize({ clientID: 'vimspector', clientName: 'vimspector', linesStartAt1: true });
  await editor.request('launch', { program: session.file, cwd: session.folder, stopOnEntry: false });
  await editor.event('initialized');
  const source = { name: 'prog.py', path: session.file };
  await editor.request('setBreakpoints', {
    source,
    breakpoints: [{ line: 3 }],
    lines: [3],
    sourceModified: false,
  });
  await editor.request('setExceptionBreakpoints', { filters: [] });
  await editor.request('configurationDone');
  await editor.event('stopped');
  await editor.request('terminate');
  await editor.event('terminated');
  await editor.request('disconnect', { terminateDebuggee: true });

  expect(await editor.exited).toBe(0);
});
