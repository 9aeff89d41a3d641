import { pythons } from '../support/pythons';
import { debug } from './driver';

const PROGRAM = `
    import asyncio

    async def rest(name):
        await asyncio.sleep(0)          #@ sleep
        return name                     #@ rested

    async def work(name):
        first = await rest(name)        #@ first
        second = await rest(first)      #@ second
        return second                   #@ last

    async def main():
        names = await asyncio.gather(work('a'), work('b'))  #@ gather
        return names                    #@ done

    asyncio.run(main())
`;

test('stepping over an await stays in the task, there and back, while another task runs in between', async () => {
  const session = await debug(PROGRAM, { breakpoints: [{ at: 'first', condition: "name == 'a'" }] });
  expect(await session.stopped()).toBe('breakpoint: first');
  await session.setBreakpoints();

  const seen: string[] = [];
  for (const move of ['next', 'next', 'stepBack', 'stepBack', 'next', 'next']) {
    seen.push(
      `${move} ${await session.go(move)} in ${await session.evaluate('name').catch(() => 'nowhere')}`,
    );
  }
  expect(seen).toEqual([
    "next step: second in 'a'",
    "next step: last in 'a'",
    "stepBack step: second in 'a'",
    "stepBack step: first in 'a'",
    "next step: second in 'a'",
    "next step: last in 'a'",
  ]);
});

test('in a recording, steps over awaits stay in each of the tasks', async () => {
  const session = await debug(PROGRAM);
  expect(await session.stopped()).toMatch(/^End of recording/);
  for (const name of ['b', 'a']) {
    await session.setBreakpoints({ at: 'first', condition: `name == '${name}'` });
    expect(await session.go('reverseContinue')).toBe('breakpoint: first');
    await session.setBreakpoints();
    expect([await session.go('next'), await session.go('next')]).toEqual(['step: second', 'step: last']);
    expect(await session.evaluate('name')).toBe(`'${name}'`);
    await session.evaluate('.end', 'repl');
    await session.stopped();
  }
  await session.setBreakpoints('gather');
  expect(await session.go('reverseContinue')).toBe('breakpoint: gather');
  expect(await session.go('next')).toBe('step: done');
  expect(await session.go('stepBack')).toBe('breakpoint: gather');
});

test('stepping over an await further in stays in its coroutine', async () => {
  const session = await debug(PROGRAM, { breakpoints: [{ at: 'sleep', condition: "name == 'b'" }] });
  expect(await session.stopped()).toBe('breakpoint: sleep');
  await session.setBreakpoints();

  expect(await session.go('next')).toBe('step: rested');
  expect(await session.evaluate('name')).toBe("'b'");
  expect(await session.go('next')).toBe('step: second');
  expect(await session.evaluate('name')).toBe("'b'");
});

test('a step over an await does not stop at each line of another task that has much to do', async () => {
  const session = await debug(
    `
    import asyncio

    async def busy():
        count = 0
        while count < 100_000:
            count += 1

    async def main():
        asyncio.ensure_future(busy())
        await asyncio.sleep(0.001)      #@ waits
        await asyncio.sleep(0.001)      #@ rested
        done = True                     #@ done

    asyncio.get_event_loop_policy().new_event_loop().run_until_complete(main())
    `,
    { breakpoints: ['waits'], client: { supportsProgressReporting: false } },
  );
  expect(await session.stopped()).toBe('breakpoint: waits');
  const { step: before } = await session.editor.request('execorder/position');
  expect(await session.go('next')).toBe('step: rested');
  const { step: after } = await session.editor.request('execorder/position');
  expect(Number(after) - Number(before)).toBeGreaterThan(200_000);
  expect(await session.go('next')).toBe('step: done');
  expect(await session.go('stepBack')).toBe('step: rested');
});

const AWAITED = `
  import asyncio

  async def job(n):
      await asyncio.sleep(0.01 * n)   #@ first
      if n == 4:
          raise LookupError(n)        #@ raises
      return n                        #@ returns

  async def main():
      both = await asyncio.gather(job(1), job(2))         #@ gathers
      alone = await asyncio.ensure_future(job(3))         #@ awaits
      try:
          await asyncio.ensure_future(job(4))             #@ fails
      except LookupError:                                 #@ catches
          pass
      return both

  asyncio.get_event_loop_policy().new_event_loop().run_until_complete(main())
`;

test.each(pythons())(
  'on $version, where a task is over, a step goes on with who awaits it: live and in the past',
  async (python) => {
    for (const command of ['next', 'stepOut']) {
      const breakpoints = [{ at: 'returns', condition: 'n != 2' }, 'raises'];
      const session = await debug(AWAITED, { python, breakpoints });
      const seen = [await session.stopped()];
      for (const move of [command, 'continue', command, 'continue', command]) {
        seen.push(await session.go(move)); // The program makes these steps.
      }
      for (const move of ['reverseContinue', command, 'reverseContinue', 'reverseContinue', command]) {
        seen.push(await session.go(move)); // They are in the past.
      }
      expect(seen).toEqual([
        ...['breakpoint: returns', 'step: awaits'],
        ...['breakpoint: returns', 'step: try:'],
        ...['breakpoint: raises', 'step: catches'],
        ...['breakpoint: raises', 'step: catches'],
        ...['breakpoint: raises', 'breakpoint: returns', 'step: try:'],
      ]);
      await session.end();
    }
  },
);

test.each(pythons())(
  'on $version, a step back from the first line of a task goes to who awaits it',
  async (python) => {
    const session = await debug(AWAITED, { python, breakpoints: [{ at: 'first', condition: 'n == 3' }] });
    expect(await session.stopped()).toBe('breakpoint: first');
    expect(await session.go('stepBack')).toBe('step: awaits');
    expect(await session.go('stepBack')).toBe('step: gathers');
  },
);
