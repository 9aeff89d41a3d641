/** What `initialize` announces is true: each capability is used here once. */

import type { Body } from '../../examples/editor';
import { connect, debug, list } from './driver';
import type { Session } from './driver';

const PROGRAM = `
  class Box:
      def __init__(self):
          self.item = b'abc'
  def double(n):
      return n * 2            #@ double
  box = Box()
  total = 0
  for n in range(3):
      total += double(n)      #@ loop
  try:
      raise ValueError(total) #@ raises
  except ValueError:
      pass
  print(total)                #@ end
`;

type Use = (session: Session) => Promise<unknown>;

/** Each announced capability, used at the third visit of `loop` of a living program, and what that answers. */
const USES: Readonly<Record<string, readonly [Use, unknown]>> = {
  supportsConfigurationDoneRequest: [() => Promise.resolve('it has begun'), 'it has begun'],
  supportsStepBack: [
    async (session) => [await session.go('stepBack'), await session.go('reverseContinue')],
    ['step: for n in range(3):', 'breakpoint: loop'],
  ],
  supportsConditionalBreakpoints: [hitsOf({ condition: 'n == 0' }), '0'],
  supportsHitConditionalBreakpoints: [hitsOf({ hitCondition: '2' }), '1'],
  supportsLogPoints: [
    async (session) => {
      await session.setBreakpoints({ at: 'loop', logMessage: 'n is {n}' });
      while (!session.editor.printedOn('console').includes('n is 0')) {
        await session.editor.event('output');
      }
      return 'printed for the past';
    },
    'printed for the past',
  ],
  supportsDataBreakpoints: [
    async (session) => {
      const info = await session.editor.request('dataBreakpointInfo', {
        name: 'total',
        variablesReference: (await session.scope(0, 'Globals'))['variablesReference'],
      });
      await session.editor.request('setDataBreakpoints', { breakpoints: [{ dataId: info['dataId'] }] });
      await session.setBreakpoints();
      return session.go('reverseContinue');
    },
    'data breakpoint: loop',
  ],
  supportsFunctionBreakpoints: [
    async (session) => {
      await session.editor.request('setFunctionBreakpoints', { breakpoints: [{ name: 'double' }] });
      return session.go('continue');
    },
    'function breakpoint: double',
  ],
  supportsRestartFrame: [
    async (session) => {
      await session.go('stepIn');
      await session.editor.request('restartFrame', { frameId: (await session.frames())[0]!['id'] });
      return session.stopped();
    },
    expect.stringMatching(/^restart: /),
  ],
  supportsStepInTargetsRequest: [
    async (session) => {
      await session.go('reverseContinue'); // What a line calls is known once it has run.
      const frameId = (await session.frames())[0]!['id'];
      return list(await session.editor.request('stepInTargets', { frameId }), 'targets').map(
        ({ label }) => label,
      );
    },
    [expect.stringContaining('double')],
  ],
  supportsCompletionsRequest: [
    asked('completions', { text: 'tot', column: 4 }),
    { targets: [expect.objectContaining({ label: 'total' })] },
  ],
  completionTriggerCharacters: [
    async (session) => {
      const completions = async (text: string): Promise<string> =>
        JSON.stringify(await asked('completions', { text, column: text.length + 1 })(session));
      return [await completions('box.'), await completions('globals()[')];
    },
    [expect.stringContaining('item'), expect.stringContaining('targets')],
  ],
  supportsEvaluateForHovers: [
    asked('evaluate', { expression: 'total', context: 'hover' }),
    expect.objectContaining({ result: '2' }),
  ],
  exceptionBreakpointFilters: [
    async (session) => {
      await session.editor.request('setExceptionBreakpoints', { filters: ['raised'] });
      await session.setBreakpoints();
      return session.go('continue');
    },
    'exception: raises',
  ],
  supportsExceptionFilterOptions: [
    async (session) => {
      const filterOptions = [{ filterId: 'raised', condition: 'ValueError' }];
      await session.editor.request('setExceptionBreakpoints', { filters: [], filterOptions });
      await session.setBreakpoints();
      return session.go('continue');
    },
    'exception: raises',
  ],
  supportsExceptionInfoRequest: [
    async (session) => {
      await session.editor.request('setExceptionBreakpoints', { filters: ['raised'] });
      await session.setBreakpoints();
      await session.go('continue');
      return session.editor.request('exceptionInfo', { threadId: 1 });
    },
    expect.objectContaining({ exceptionId: 'ValueError', description: '6' }),
  ],
  supportsDelayedStackTraceLoading: [
    asked('stackTrace', { threadId: 1, startFrame: 0, levels: 1 }),
    expect.objectContaining({ totalFrames: 1 }),
  ],
  supportsLoadedSourcesRequest: [
    asked('loadedSources', {}),
    { sources: [expect.objectContaining({ name: 'prog.py' })] },
  ],
  supportsModulesRequest: [
    asked('modules', {}),
    expect.objectContaining({ modules: [expect.objectContaining({ name: 'prog', isUserCode: true })] }),
  ],
  supportTerminateDebuggee: [
    async (session) => {
      await session.editor.request('disconnect', { terminateDebuggee: true });
      return session.editor.exited;
    },
    0,
  ],
  supportsBreakpointLocationsRequest: [
    async (session) => {
      const place = { source: { path: session.file }, line: session.lineOf('loop') };
      return session.editor.request('breakpointLocations', place);
    },
    { breakpoints: [expect.objectContaining({ line: expect.any(Number) as number })] },
  ],
  supportsGotoTargetsRequest: [
    async (session) => {
      const place = { source: { path: session.file }, line: session.lineOf('loop') };
      const [first] = list(await session.editor.request('gotoTargets', place), 'targets');
      await session.editor.request('goto', { threadId: 1, targetId: first!['id'] });
      return session.stopped();
    },
    'goto: loop',
  ],
  supportsClipboardContext: [
    asked('evaluate', { expression: "'x' * 300", context: 'clipboard' }),
    expect.objectContaining({ result: `'${'x'.repeat(300)}'` }),
  ],
  supportsRestartRequest: [
    async (session) => {
      await session.editor.request('restart', {});
      return session.stopped();
    },
    'breakpoint: loop',
  ],
  supportsTerminateRequest: [
    async (session) => {
      await session.editor.request('terminate');
      return session.editor.event('terminated');
    },
    {},
  ],
  supportsSetVariable: [
    async (session) => {
      const { variablesReference } = await session.scope(0, 'Globals');
      return session.editor.request('setVariable', { variablesReference, name: 'total', value: '40' });
    },
    expect.objectContaining({ value: '40' }),
  ],
  supportsSetExpression: [
    asked('setExpression', { expression: 'box.item', value: '5' }),
    expect.objectContaining({ value: '5' }),
  ],
  supportsValueFormattingOptions: [
    asked('evaluate', { expression: 'total', format: { hex: true } }),
    expect.objectContaining({ result: '0x2' }),
  ],
  supportsReadMemoryRequest: [
    async (session) => {
      const { memoryReference } = (await asked('evaluate', { expression: 'box.item' })(session)) as Body;
      return session.editor.request('readMemory', { memoryReference, count: 3 });
    },
    expect.objectContaining({ data: Buffer.from('abc').toString('base64') }),
  ],
  supportsSteppingGranularity: [
    async (session) => {
      await session.editor.request('next', { threadId: 1, granularity: 'instruction' });
      await session.stopped();
      return (await session.frames())[0]!['name'];
    },
    'double',
  ],
  supportsCancelRequest: [asked('cancel', { requestId: 1 }), {}],
};

/** Goes back to the only hit of a breakpoint like this; its `n`. */
function hitsOf(more: Body): Use {
  return async (session) => {
    await session.setBreakpoints({ at: 'loop', ...more });
    await session.go('reverseContinue');
    return session.evaluate('n');
  };
}

/** A request about the innermost frame. */
function asked(command: string, args: Body): Use {
  return async (session) => {
    const frameId = (await session.frames())[0]!['id'];
    return session.editor.request(command, { frameId, ...args });
  };
}

async function announced(): Promise<string[]> {
  const session = await connect();
  const capabilities = await session.initialize();
  return Object.keys(capabilities).filter((name) => capabilities[name] !== false);
}

test('all that is announced is used here, and nothing else', async () => {
  expect((await announced()).sort()).toEqual(Object.keys(USES).sort());
});

test.each(Object.entries(USES))('%s', async (_, [use, answer]) => {
  const session = await debug(PROGRAM, {
    breakpoints: [{ at: 'loop', condition: 'n == 2' }],
    client: { supportsMemoryReferences: true, supportsProgressReporting: true },
  });
  expect(await session.stopped()).toBe('breakpoint: loop');
  await session.setBreakpoints('loop');

  expect(await use(session)).toEqual(answer);
});
