import { pythons } from '../support/pythons';
import { debug, list, type Session } from './driver';

const PROGRAM = `
    import asyncio

    async def inner(name):
        await asyncio.sleep(0)
        return name             #@ inner

    async def work(name):
        return await inner(name)

    async def spawn(started):
        task = asyncio.ensure_future(work('z'))
        return await task       #@ awaits

    async def main():
        first = await spawn(1)
        both = await asyncio.gather(work('a'), work('b'))       #@ gathers
        alone = asyncio.ensure_future(work('alone'))
        await asyncio.sleep(0.01)
        over = True             #@ over

    asyncio.get_event_loop_policy().new_event_loop().run_until_complete(main())     #@ run
`;

/** The call stack with its labels. */
async function stack(session: Session): Promise<string[]> {
  const frames = await session.frames();
  return frames.map(({ name, presentationHint }) =>
    presentationHint === 'label' ? `- ${String(name)} -` : String(name),
  );
}

test.each(pythons())(
  'on $version, the stack goes on with the coroutines that await the task',
  async (python) => {
    const session = await debug(PROGRAM, { breakpoints: ['inner', 'over'], python });
    const seen: string[][] = [];
    for (
      let stop = await session.stopped();
      stop === 'breakpoint: inner';
      stop = await session.go('continue')
    ) {
      seen.push(await stack(session));
    }
    const awaited = (...names: string[]): string[] => [
      'inner',
      'work',
      '<module>',
      '- awaited by -',
      ...names,
    ];
    expect(seen).toEqual([
      awaited('spawn', 'main'),
      awaited('main'),
      awaited('main'),
      ['inner', 'work', '<module>', '- task created by -', 'main'],
    ]);
    expect(await session.go('reverseContinue')).toBe('breakpoint: inner');
    expect(await session.evaluate('name')).toBe("'alone'");
    for (const name of ["'b'", "'a'", "'z'"]) {
      expect(await session.go('reverseContinue')).toBe('breakpoint: inner');
      expect(await session.evaluate('name')).toBe(name);
    }
    expect(await stack(session)).toEqual(awaited('spawn', 'main'));
  },
);

test('a coroutine that waits shows its place and variables, and says where it can be asked', async () => {
  const session = await debug(PROGRAM, { breakpoints: [{ at: 'inner', condition: "name == 'z'" }] });
  await session.stopped();
  const frames = await session.frames();
  expect(frames[4]).toMatchObject({ name: 'spawn', line: session.lineOf('awaits') });

  expect(await session.locals(4)).toMatchObject({
    started: '1',
    task: expect.stringContaining('Task') as string,
  });
  const globals = await session.children(await session.scope(4, 'Globals'));
  expect(globals.map(({ name }) => name)).toContain('function variables');
  const asked = { expression: 'started', frameId: frames[4]!['id'], context: 'watch' };
  await expect(session.editor.request('evaluate', asked)).rejects.toThrow(
    /This coroutine waits: '\.goto \d+'/,
  );
  const page = await session.editor.request('stackTrace', { threadId: 1, startFrame: 3, levels: 2 });
  expect(page).toMatchObject({ totalFrames: 6, stackFrames: [{ name: 'awaited by' }, { name: 'spawn' }] });
  expect(list(page, 'stackFrames').map(({ id }) => id)).toEqual(frames.slice(3, 5).map(({ id }) => id));
});

test('whoever has stopped waiting is not shown', async () => {
  const session = await debug(
    `
    import asyncio

    async def work():
        await asyncio.sleep(0.05)
        return 1                #@ late

    async def main():
        task = asyncio.ensure_future(work())
        try:
            await asyncio.wait_for(asyncio.shield(task), 0.01)
        except asyncio.TimeoutError:
            pass
        await asyncio.sleep(0.2)

    asyncio.get_event_loop_policy().new_event_loop().run_until_complete(main())
    `,
    { breakpoints: ['late'] },
  );
  expect(await session.stopped()).toBe('breakpoint: late');
  expect(await stack(session)).toEqual(['work', '<module>', '- task created by -', 'main']);
});

test('who has made the task is shown where nobody awaits it: live, and in the past, with places and variables', async () => {
  const session = await debug(
    `
    import asyncio

    async def leaf():
        await asyncio.sleep(0)
        return 1                                            #@ leaf

    async def start(group, n):
        group.append(asyncio.ensure_future(leaf()))         #@ starts
        n = None
        await asyncio.sleep(0.01)

    async def service():
        group = []
        await start(group, 7)                               #@ service
        await asyncio.sleep(0.01)

    async def main():
        await asyncio.ensure_future(service())              #@ main

    asyncio.get_event_loop_policy().new_event_loop().run_until_complete(main())
    `,
    { breakpoints: ['leaf'] },
  );
  const seen = async (): Promise<string[]> => {
    const places = await session.stack();
    const frames = await session.frames();
    return places.map((place, index) =>
      frames[index]!['presentationHint'] === 'label' ? `- ${String(frames[index]!['name'])} -` : place,
    );
  };
  expect(await session.stopped()).toBe('breakpoint: leaf');
  const live = await seen();
  expect([live[0], ...live.slice(2)]).toEqual([
    'leaf at leaf',
    ...['- task created by -', 'start at starts', 'service at service'],
    ...['- awaited by -', 'main at main'],
  ]);
  expect(await session.locals(3)).toEqual({ n: '7', group: '[<Task object>]' });
  const asked = { expression: 'n', frameId: (await session.frames())[3]!['id'], context: 'watch' };
  await expect(session.editor.request('evaluate', asked)).rejects.toThrow(
    /the task was created: '.goto \d+'/,
  );

  await session.setBreakpoints();
  await session.go('continue');
  await session.setBreakpoints('leaf');
  expect(await session.go('reverseContinue')).toBe('breakpoint: leaf');
  expect(await seen()).toEqual(live);
});

const withGroups = pythons().filter(({ version }) => /^3\.1[123]\./.test(version));
(withGroups.length > 0 ? test.each(withGroups) : test.skip.each(pythons()))(
  'on $version, the task of a group leads to the coroutine that has the group',
  async (python) => {
    const session = await debug(
      `
      import asyncio

      async def leaf(n):
          await asyncio.sleep(0)
          return n                                #@ leaf

      async def main():
          async with asyncio.TaskGroup() as group:
              group.create_task(leaf(1))
              group.create_task(leaf(2))

      asyncio.run(main())
      `,
      { python, breakpoints: ['leaf'] },
    );
    for (const stop of [await session.stopped(), await session.go('continue')]) {
      expect(stop).toBe('breakpoint: leaf');
      expect(await stack(session)).toEqual(['leaf', '<module>', '- task created by -', 'main']);
    }
  },
);

test.each(pythons())(
  'on $version, who waits by wait, wait_for or shield is shown where the line that waits names the tasks',
  async (python) => {
    const session = await debug(
      `
      import asyncio

      async def work(name):
          await asyncio.sleep(0.001)
          return name             #@ work

      async def main():
          some = [asyncio.ensure_future(work('wait'))]
          other = asyncio.ensure_future(work('other'))
          await asyncio.wait(some)                #@ waits
          await other
          task = asyncio.ensure_future(work('wait_for'))
          await asyncio.wait_for(task, 5)         #@ waits for
          task = asyncio.ensure_future(work('shield'))
          await asyncio.shield(task)              #@ shields
          return 'over'                           #@ over

      asyncio.get_event_loop_policy().new_event_loop().run_until_complete(main())
      `,
      { breakpoints: ['work', 'over'], python },
    );
    const seen: Record<string, string> = {};
    for (
      let stop = await session.stopped();
      stop === 'breakpoint: work';
      stop = await session.go('continue')
    ) {
      const [label, awaiting] = (await session.stack()).slice(2);
      seen[await session.evaluate('name')] = `${label!.split(' at ')[0]!}: ${awaiting!}`;
    }
    expect(seen).toEqual({
      "'wait'": 'awaited by: main at waits',
      "'other'": "task created by: main at other = asyncio.ensure_future(work('other'))",
      "'wait_for'": 'awaited by: main at waits for',
      "'shield'": 'awaited by: main at shields',
    });
    await session.setBreakpoints('work');
    expect(await session.go('reverseContinue')).toBe('breakpoint: work');
    await session.setBreakpoints();
    expect(await session.go('next')).toBe('step: over'); // The task is over, and whoever waits for it goes on.
  },
);

const asyncFor = pythons().filter(({ version }) => version.startsWith('3.13.'));
const LOOPS = [
  ...pythons().map((python) => ({ python, loop: 'for done in asyncio.as_completed(some): await done' })),
  ...asyncFor.map((python) => ({ python, loop: 'async for done in asyncio.as_completed(some): pass' })),
];

test.each(LOOPS)(
  'on $python.version, who waits by as_completed is shown: $loop',
  async ({ python, loop }) => {
    const [head, body] = loop.split(': ');
    const session = await debug(
      `
      import asyncio

      async def work(n):
          await asyncio.sleep(n / 1000)
          return n                #@ work

      async def main():
          some = [asyncio.ensure_future(work(n)) for n in (1, 30)]
          ${head!}:
              ${body!}
          last = asyncio.ensure_future(work(2))
          await asyncio.sleep(0.01)

      asyncio.get_event_loop_policy().new_event_loop().run_until_complete(main())
      `,
      { breakpoints: ['work'], python },
    );
    const seen = [];
    for (
      let stop = await session.stopped();
      stop === 'breakpoint: work';
      stop = await session.go('continue')
    ) {
      seen.push((await stack(session)).slice(2, 4));
    }
    expect(seen).toEqual([
      ['- awaited by -', 'main'],
      ['- awaited by -', 'main'],
      ['- task created by -', 'main'],
    ]);
    await session.go('reverseContinue');
    expect(await session.go('reverseContinue')).toBe('breakpoint: work');
    expect((await stack(session)).slice(2, 4)).toEqual(['- awaited by -', 'main']);
  },
);
