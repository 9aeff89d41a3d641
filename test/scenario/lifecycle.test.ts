import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { execorder } from '../support/execorder';
import { pythons } from '../support/pythons';
import { connect, debug } from './driver';

describe.each(pythons())('on Python $version', (python) => {
  test('a program that is not to stop at its end just ends', async () => {
    const session = await debug(
      `
      import sys
      print('out')
      print('err', file=sys.stderr)
      sys.exit(7)
      `,
      { python, launch: { stopAtEnd: false } },
    );
    expect(await session.editor.event('exited')).toEqual({ exitCode: 7 });
    await session.editor.event('terminated');
    expect(session.editor.printedOn('stdout')).toBe('out\n');
    expect(session.editor.printedOn('stderr')).toBe('err\n');
  });

  test('a program can be stopped at its first line', async () => {
    const session = await debug(
      `
      """Documentation."""    #@ first
      x = 1
      `,
      { python, launch: { stopOnEntry: true } },
    );
    expect(await session.stopped()).toBe('entry: first');
    expect(await session.go('stepBack')).toBe('entry: first');
    expect(await session.go('next')).toBe('step: x = 1');
  });

  test('so can an empty one', async () => {
    const session = await debug('', { python, launch: { stopOnEntry: true } });
    await session.stopped();
    const { stackFrames } = await session.editor.request('stackTrace', { threadId: 1 });
    expect(stackFrames).toMatchObject([{ name: '<module>', line: 1 }]);
  });

  test('a program that runs can be paused, looked at, and let go', async () => {
    const session = await debug(
      `
      import time
      counter = 0
      while counter >= 0:
          counter += 1
          time.sleep(0.001)
      `,
      { python },
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    await expect(session.editor.request('stackTrace', { threadId: 1 })).rejects.toThrow('pause it first');
    await session.editor.request('pause', { threadId: 1 });
    expect(await session.stopped()).toMatch(/^pause: /);
    const counter = Number((await session.locals())['counter']);
    expect(counter).toBeGreaterThan(0);
    await session.goTimes('stepBack', 3);
    expect(Number((await session.locals())['counter'])).toBeLessThan(counter);
    await session.editor.request('continue', { threadId: 1 });
    await session.editor.request('terminate');
    await session.editor.event('terminated');
  });

  test('a program that is killed can still be travelled through', async () => {
    const session = await debug(
      `
      import os, signal
      last = 'words'                          #@ last
      os.kill(os.getpid(), signal.SIGKILL)    #@ kill
      `,
      { python },
    );
    expect(await session.stopped()).toBe('End of recording (the program was ended by SIGKILL): kill');
    expect(await session.locals()).toMatchObject({ last: "'words'" });
    expect(await session.goTimes('stepBack', 1)).toEqual(['step: last']);
  });

  test('the exit code of one that is killed is what a shell sees', async () => {
    const source = 'import os, signal\nos.kill(os.getpid(), signal.SIGKILL)';
    const session = await debug(source, { python, launch: { stopAtEnd: false } });
    expect(await session.editor.event('exited')).toEqual({ exitCode: 137 });
    await session.editor.event('terminated');
  });
});

test('a program that forks goes on being recorded, and its child is left alone', async () => {
  const session = await debug(
    `
    import os
    numbers = [1]
    child = os.fork()
    if child == 0:
        numbers.append('child')
        os._exit(len(numbers))
    status = os.waitpid(child, 0)[1]
    numbers.append('parent')    #@ parent
    done = True                 #@ here
    `,
    { breakpoints: ['here'] },
  );
  await session.stopped();
  expect(await session.locals()).toMatchObject({ numbers: "[1, 'parent']", status: '512' });
  expect(await session.go('stepBack')).toBe('step: parent');
  expect(await session.locals()).toMatchObject({ numbers: '[1]' });
});

test.each(pythons())(
  'on $version, a program that forks is as alone as ever, and hears its debugger',
  async (python) => {
    const session = await debug(
      `
    import os, time, warnings
    warnings.simplefilter('always')     # from 3.12 on, a fork of a process with several threads warns
    for n in range(3):
        child = os.fork()
        if child == 0:
            os._exit(0)
        os.waitpid(child, 0)
    print('forked', flush=True)
    while True:
        time.sleep(0.001)
    `,
      { python, launch: { subProcess: false } },
    );
    while (!session.editor.printed.includes('forked')) {
      await session.editor.event('output');
    }
    expect(session.editor.printed.trim()).toBe('forked');
    await session.editor.request('pause', { threadId: 1 });
    expect(await session.stopped()).toMatch(/^pause/);
  },
);

test('a search through the past can be given up', async () => {
  const session = await debug(
    `
    def count():
        n = 0
        while n < 60000:
            n += 1          #@ loop
        return n
    count()                 #@ call
    `,
    {},
  );
  expect(await session.stopped()).toBe('End of recording (exit code 0): call');
  await session.setBreakpoints({ at: 'loop', condition: 'n < 0' });
  await session.editor.request('reverseContinue', { threadId: 1 });
  await expect(session.editor.request('stepBack', { threadId: 1 })).rejects.toThrow('pause it first');
  await session.editor.request('pause', { threadId: 1 });
  expect(await session.stopped()).toBe('pause: call');
  await session.setBreakpoints();
  expect(await session.go('stepBack')).toBe('step: call');
});

test('a program can be a module or a text, with arguments, folder and environment', async () => {
  const session = await connect();
  writeFileSync(
    join(session.folder, 'tool.py'),
    'import os, sys; print(sys.argv[1:], os.environ["WORD"], "GONE" in os.environ)',
  );
  await session.begin('launch', {
    module: 'tool',
    args: 'a "b c"',
    env: { WORD: 'yes', GONE: null },
    stopAtEnd: false,
  });
  await session.editor.event('terminated');
  expect(session.editor.printed).toBe("['a', 'b c'] yes False\n");

  const other = await connect();
  await other.begin('launch', { code: 'import os\nprint(os.path.basename(os.getcwd()))', stopOnEntry: true });
  await other.editor.event('stopped');
  const [frame] = await other.frames();
  const { sourceReference } = frame!['source'] as { sourceReference: number };
  const { content } = await other.editor.request('source', { sourceReference });
  expect(content).toBe('import os\nprint(os.path.basename(os.getcwd()))');
});

test('a named recording stays, complete, after the session', async () => {
  const session = await debug('x = 1  #@ one', {
    breakpoints: ['one'],
    launch: { recording: 'kept/here.xrec' },
  });
  await session.stopped();
  const file = join(session.folder, 'kept', 'here.xrec');
  await session.editor.request('disconnect');
  await session.editor.exited;

  const { stdout } = execorder(['info', file, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ complete: true });
  const other = await connect();
  await other.begin('attach', { recording: file });
  expect(await other.editor.event('stopped')).toMatchObject({ reason: 'entry' });
});

test('a restart begins anew with the same breakpoints', async () => {
  const session = await debug(
    `
    import random
    number = random.random()
    done = True     #@ here
    `,
    { breakpoints: ['here'] },
  );
  await session.stopped();
  const first = (await session.locals())['number'];
  await session.editor.request('restart');

  expect(await session.stopped()).toBe('breakpoint: here');
  expect((await session.locals())['number']).not.toBe(first);
});

test('a program that ends while it is asked to terminate ends the session', async () => {
  const session = await debug(
    `
    try:
        x = 1       #@ here
        y = 2
    finally:
        print('cleaned up')
    `,
    { breakpoints: ['here'] },
  );
  await session.stopped();
  await session.editor.request('terminate');
  await session.editor.event('terminated');

  expect(session.editor.printed).toBe('cleaned up\n');
});

test.each([
  [{ program: '/no/such/program.py' }, 'There is no program at /no/such/program.py'],
  [{ code: 'x', python: '/no/such/python' }, '/no/such/python'],
  [{ code: 'x', cwd: '/no/such/folder' }, 'There is no folder /no/such/folder'],
  [{}, "Say what to debug: 'program', 'module' or 'code'"],
  [{ recording: '/no/such.xrec' }, 'There is no recording at /no/such.xrec'],
])('launching %j is refused with one sentence', async (args, sentence) => {
  const session = await connect();

  await expect(session.editor.request('launch', args)).rejects.toThrow(sentence);
});

test.each([true, false])(
  'a program that does not compile shows its error and ends (%j)',
  async (stopAtEnd) => {
    const session = await debug('x = = 1', { launch: { stopAtEnd }, exceptions: ['uncaught'] });
    expect(await session.editor.event('exited')).toEqual({ exitCode: 1 });
    await session.editor.event('terminated');

    expect(session.editor.printed).toContain('SyntaxError');
  },
);
