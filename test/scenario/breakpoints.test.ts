import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { pythons } from '../support/pythons';
import type { Body } from '../../examples/editor';
import { connect, debug, list } from './driver';

const LOOP = `
  def square(n):
      result = n * n      #@ inside
      return result
  total = 0
  for i in range(6):
      total += square(i)  #@ loop
  print(total)            #@ end
`;

describe.each(pythons())('on Python $version', (python) => {
  test('conditions and hit counts hold in both directions', async () => {
    const session = await debug(LOOP, {
      python,
      breakpoints: [{ at: 'inside', condition: 'n % 2 == 1' }],
    });
    const values = [];
    for (
      let stop = await session.stopped();
      stop === 'breakpoint: inside';
      stop = await session.go('continue')
    ) {
      values.push((await session.locals())['n']);
    }
    expect(values).toEqual(['1', '3', '5']);
    const back = [];
    for (
      let stop = await session.go('reverseContinue');
      stop === 'breakpoint: inside';
      stop = await session.go('reverseContinue')
    ) {
      back.push((await session.locals())['n']);
    }
    expect(back).toEqual(['5', '3', '1']);
    await session.setBreakpoints({ at: 'inside', hitCondition: '3' });
    expect(await session.go('continue')).toBe('breakpoint: inside');
    expect(await session.locals()).toMatchObject({ n: '2' });
  });

  test('a breakpoint set in code that already ran is hit on the way back', async () => {
    const session = await debug(LOOP, { python, breakpoints: ['end'] });
    expect(await session.stopped()).toBe('breakpoint: end');
    expect(await session.setBreakpoints('inside')).toEqual(['inside']);
    expect(await session.go('reverseContinue')).toBe('breakpoint: inside');
    expect(await session.locals()).toMatchObject({ n: '5' });
    expect(await session.go('stepOut')).toBe('step: for i in range(6):');
  });

  test('raised exceptions stop in both directions, also when they are caught', async () => {
    const session = await debug(
      `
      def check(n):
          if n == 2:
              raise ValueError('two')     #@ raise
      def run():
          for n in range(4):
              try:
                  check(n)                #@ call
              except ValueError:
                  pass
      run()
      print('over')                       #@ over
      `,
      { python, exceptions: ['raised'], breakpoints: ['over'] },
    );
    expect(await session.stopped()).toBe('exception: raise');
    const stopped = session.editor.received.find(({ event }) => event === 'stopped');
    expect(stopped).toMatchObject({ body: { text: 'ValueError', description: 'two' } });
    expect(await session.stack()).toEqual(['check at raise', 'run at call', '<module> at run()']);
    expect(await session.go('continue')).toBe('breakpoint: over');
    expect(await session.go('reverseContinue')).toBe('exception: raise');
    expect(await session.locals()).toMatchObject({ n: '2' });
    expect(await session.editor.request('exceptionInfo', { threadId: 1 })).toMatchObject({
      exceptionId: 'ValueError',
      description: 'two',
      breakMode: 'always',
    });
    expect(await session.go('reverseContinue')).toBe('entry: def check(n):');
  });

  test('a file is the same by whatever name it is reached', async () => {
    for (const [imported, named] of [
      ['link', 'real/module.py'],
      ['real', 'link/module.py'],
      ['.', 'real/module.py'],
    ] as const) {
      const session = await connect('import module\nmodule.f(2)', { python });
      const { folder } = session;
      mkdirSync(join(folder, 'real'));
      writeFileSync(join(folder, 'real', 'module.py'), 'def f(n):\n    return n\n');
      symlinkSync(join(folder, 'real'), join(folder, 'link'));
      if (imported === '.') {
        symlinkSync(join(folder, 'real', 'module.py'), join(folder, 'module.py'));
      }
      await session.editor.request('launch', {
        program: session.file,
        cwd: folder,
        env: { PYTHONPATH: join(folder, imported) },
      });
      await session.editor.event('initialized');
      const breakpoints = [{ line: 2 }];
      await session.editor.request('setBreakpoints', { source: { path: join(folder, named) }, breakpoints });
      await session.editor.request('configurationDone');
      expect(await session.stopped()).toMatch(/^breakpoint/);
      expect((await session.frames())[0]).toMatchObject({ name: 'f', line: 2 });
      expect(await session.go('reverseContinue')).toMatch(/^entry/);
      expect(await session.go('continue')).toMatch(/^breakpoint/);
      await session.end();
    }
  });

  test('breakpoints set while the program runs are taken at its next step', async () => {
    const session = await debug(
      `
      import time
      count = 0
      deadline = time.time() + 30
      while time.time() < deadline:
          count += 1          #@ loop
          time.sleep(0.001)
      `,
      { python },
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    await session.setBreakpoints('loop');
    expect(await session.stopped()).toBe('breakpoint: loop');
  });
});

test('the numbers of the breakpoints that were hit come with the stop', async () => {
  const session = await debug(LOOP, { breakpoints: ['inside', 'loop'] });
  await session.stopped();
  await session.go('continue');
  await session.go('reverseContinue');
  const stops = session.editor.received.filter(({ event }) => event === 'stopped');

  expect(stops.map(({ body }) => (body as Record<string, unknown>)['hitBreakpointIds'])).toEqual([
    [2],
    [1],
    [2],
  ]);
});

test('a breakpoint between lines of code moves to the next one; below all code it can not be', async () => {
  const session = await connect(`
    x = 1

    # a comment #@ comment
    y = (len('a') +
         len('b')) #@ second
    """       #@ text
    """
    # nothing #@ nothing
  `);
  await session.editor.request('launch', { program: session.file, stopOnEntry: true });
  await session.editor.event('initialized');
  const places = await session.setBreakpoints('nothing', 'comment', 'second');
  await session.editor.request('configurationDone');
  await session.stopped();

  expect(places).toEqual(['There is no code at this line or below it.', "y = (len('a') +", 'second']);
  const source = { path: session.file };
  const found = await session.editor.request('breakpointLocations', { source, line: 1, endLine: 5 });
  expect(list(found, 'breakpoints').map(({ line }) => line)).toEqual([1, 4, 5]);
});

test('a log point prints its message and does not stop', async () => {
  const session = await debug(LOOP, {
    breakpoints: [{ at: 'inside', logMessage: 'square of {n}' }, 'end'],
  });
  expect(await session.stopped()).toBe('breakpoint: end');
  const logged = session.editor.received
    .filter(({ event }) => event === 'output')
    .map(({ body }) => (body as Record<string, unknown>)['output']);

  expect(logged).toEqual([0, 1, 2, 3, 4, 5].map((n) => `square of ${n}\n`));
  expect(await session.go('reverseContinue')).toBe('entry: def square(n):');
});

test('a condition that fails in the past is reported there, and does not stop', async () => {
  const session = await debug(LOOP, { breakpoints: ['end'] });
  await session.stopped();
  await session.setBreakpoints({ at: 'inside', condition: 'square(n, n) > 3' });
  expect(await session.go('reverseContinue')).toBe('entry: def square(n):');

  const important = session.editor.received.filter(
    ({ body }) => (body as Record<string, unknown> | undefined)?.['category'] === 'important',
  );
  expect(important).toHaveLength(1);
  expect(important[0]).toMatchObject({
    body: { output: expect.stringContaining('square(n, n) > 3') as string },
  });
});

test('every visit of a line can be gone to', async () => {
  const session = await debug(LOOP, { breakpoints: ['end'] });
  await session.stopped();
  const source = { path: session.file };
  const line = session.lineOf('inside');
  const targets = list(await session.editor.request('gotoTargets', { source, line }), 'targets');

  expect(targets.map(({ label }) => label)).toEqual([
    'visit 6 of 6 · square(n=5)',
    'visit 5 of 6 · square(n=4)',
    'visit 4 of 6 · square(n=3)',
    'visit 3 of 6 · square(n=2)',
    'visit 2 of 6 · square(n=1)',
    'visit 1 of 6 · square(n=0)',
  ]);
  await session.editor.request('goto', { threadId: 1, targetId: targets[3]!['id'] });
  expect(await session.stopped()).toBe('goto: inside');
  expect(await session.locals()).toMatchObject({ n: '2' });
  const none = await session.editor.request('gotoTargets', { source, line: 9999 });
  expect(list(none, 'targets')).toEqual([]);
});

test('a breakpoint in code that the program has yet to make becomes verified when that runs', async () => {
  const session = await connect(`
    import pathlib
    pathlib.Path('made.py').write_text('def f(n):\\n    return n + 1\\n')
    import made
    made.f(1)
  `);
  await session.editor.request('launch', { program: session.file, cwd: session.folder });
  await session.editor.event('initialized');
  const { breakpoints } = await session.editor.request('setBreakpoints', {
    source: { path: join(session.folder, 'made.py') },
    breakpoints: [{ line: 2 }],
  });
  expect(breakpoints).toMatchObject([{ verified: false, line: 2, message: 'This code has not run yet.' }]);
  await session.editor.request('configurationDone');

  const [{ id }] = breakpoints as [{ id: number }];
  expect(await session.editor.event('breakpoint')).toMatchObject({
    reason: 'changed',
    breakpoint: { id, verified: true, line: 2 },
  });
  await session.stopped();
  expect((await session.frames())[0]).toMatchObject({ name: 'f', line: 2, source: { name: 'made.py' } });
});

test.each(pythons())(
  'on $version, breakpoints in code that is yet to be made move to lines that hold code when it is there',
  async (python) => {
    const session = await connect(
      `
      import pathlib
      text = ['"""Made."""', '', '# a remark', 'def f(n):', '    # another', '    return n', '', 'x = f(1)', '']
      pathlib.Path('made.py').write_text('\\n'.join(text))
      import made
      print(made.x)
      `,
      { python },
    );
    await session.editor.request('launch', { program: session.file, cwd: session.folder });
    await session.editor.event('initialized');
    const { breakpoints } = await session.editor.request('setBreakpoints', {
      source: { path: join(session.folder, 'made.py') },
      breakpoints: [{ line: 99 }, { line: 5 }, { line: 3, condition: '1 > 2' }, { line: 8 }],
    });
    const ids = (breakpoints as Body[]).map(({ id }) => id);
    expect(breakpoints).toMatchObject(ids.map(() => ({ verified: false })));
    await session.editor.request('configurationDone');

    const changes: Body[] = [];
    while (changes.length < ids.length) {
      changes.push(await session.editor.event('breakpoint'));
    }
    expect(changes).toMatchObject([
      {
        breakpoint: { id: ids[0], verified: false, message: 'There is no code at this line or below it.' },
      },
      { breakpoint: { id: ids[1], verified: true, line: 6 } },
      { breakpoint: { id: ids[2], verified: true, line: 4 } },
      { breakpoint: { id: ids[3], verified: true, line: 8 } },
    ]);
    await session.stopped();
    expect((await session.frames())[0]).toMatchObject({ name: '<module>', line: 8 });
    await session.go('continue');
    expect((await session.frames())[0]).toMatchObject({ name: 'f', line: 6 });
    await session.go('reverseContinue');
    expect((await session.frames())[0]).toMatchObject({ name: '<module>', line: 8 });
  },
);

test('one without a line is answered as such, and the others are set', async () => {
  const session = await debug('one = 1  #@ one\ntwo = 2  #@ two\nthree = 3', { breakpoints: ['one'] });
  await session.stopped();

  const { breakpoints } = await session.editor.request('setBreakpoints', {
    source: { path: session.file },
    breakpoints: [{}, { line: 2 }, null, { line: '3' }, { line: 1.5 }],
  });

  const nowhere = { verified: false, message: 'This breakpoint has no line.' };
  expect(breakpoints).toEqual([
    nowhere,
    expect.objectContaining({ verified: true, line: 2 }),
    nowhere,
    nowhere,
    nowhere,
  ]);
  expect(await session.go('continue')).toBe('breakpoint: two');
});
