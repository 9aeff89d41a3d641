import { pythons } from '../support/pythons';
import { debug, list, type Session } from './driver';

async function watch(session: Session, name: string, more = {}): Promise<void> {
  const frameId = (await session.frames())[0]?.['id'];
  const { dataId } = await session.editor.request('dataBreakpointInfo', { name, frameId });
  const breakpoints = [{ dataId, ...more }];
  const body = await session.editor.request('setDataBreakpoints', { breakpoints });
  expect(list(body, 'breakpoints')).toMatchObject([{ verified: true }]);
}

describe.each(pythons())('on Python $version', (python) => {
  test('a living program stops for a write of an item, whoever makes it', async () => {
    const session = await debug(
      `
      def touch(things):
          things[0] += 1      #@ touch
          return things
      data = [1, 2, 3]
      other = 0               #@ here
      for n in range(3):
          other += n
      touch(data)
      data.reverse()          #@ reverse
      data = None             #@ gone
      other = 7
      `,
      { python, breakpoints: ['here'] },
    );
    await session.stopped();
    await watch(session, 'data[0]');
    expect(await session.go('continue')).toBe('data breakpoint: touch');
    expect(await session.locals()).toMatchObject({ things: '[1, 2, 3]' });
    expect(await session.go('continue')).toBe('data breakpoint: reverse');
    expect(await session.go('reverseContinue')).toBe('data breakpoint: touch');
    expect(await session.go('continue')).toBe('data breakpoint: reverse');
    expect(await session.go('continue')).toMatch(/^End of recording/);
  });

  test('a local variable stops the living program while its function runs, also in a closure', async () => {
    const session = await debug(
      `
      def work():
          total = 0           #@ start
          inner = 0
          def add(n):
              nonlocal inner
              inner += n      #@ inner
          for n in (1, 2):
              add(n)
              total += n      #@ total
          return total
      print(work())
      print('over')           #@ over
      `,
      { python, breakpoints: ['start', 'over'] },
    );
    await session.stopped();
    await session.go('next');
    await session.go('next');
    await watch(session, 'inner');
    expect(await session.go('continue')).toBe('data breakpoint: inner');
    await session.editor.request('execorder/reverseStepOut', { threadId: 1 });
    await session.stopped();
    await watch(session, 'total', { condition: 'total > 2' });
    expect(await session.go('continue')).toBe('data breakpoint: total');
    expect(await session.locals()).toMatchObject({ n: '2', total: '1' });
    expect(await session.go('continue')).toBe('breakpoint: over');
  });
});

test('a write is not missed because the program ends', async () => {
  const session = await debug(
    `
    x = 1       #@ one
    y = 2       #@ two
    x = 3       #@ last
    `,
    { breakpoints: ['two'], launch: { stopAtEnd: false } },
  );
  await session.stopped();
  await watch(session, 'x');
  await session.setBreakpoints();
  expect(await session.go('continue')).toBe('data breakpoint: last');
  expect(await session.go('reverseContinue')).toBe('data breakpoint: one');
  await session.go('continue');
  await session.editor.request('continue', { threadId: 1 });
  await session.editor.event('terminated');
});

test('a step that a change of something else interrupts is carried on', async () => {
  const session = await debug(
    `
    def work():
        global count
        for n in range(5):
            count += n      #@ count
    count = 0
    x = 1                   #@ here
    work()
    x = 2                   #@ after
    `,
    { breakpoints: ['here'] },
  );
  await session.stopped();
  await watch(session, 'x');
  expect(await session.go('next')).toBe('data breakpoint: work()');
  expect(await session.go('next')).toBe('step: after');
});
