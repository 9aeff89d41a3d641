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
