import { pythons } from '../support/pythons';
import { debug, type Session } from './driver';

/** The rounds of what stands on one line. */
const PROGRAM = `
    def double(n):
        return n * 2
    def work(count):
        numbers = [double(n) for n in range(count)]     #@ comprehension
        total = 0
        for n in numbers: total += n                        #@ loop
        while total > 0: total -= 1
        return total                                    #@ end
    work(20)                                            #@ call
    print('done')
`;

const AFTERWARDS = ['step: total = 0', 'step: loop', 'step: while total > 0: total -= 1', 'step: end'];
const BACKWARDS = [...AFTERWARDS.slice(0, 3).reverse(), 'step: comprehension'];

async function steps(session: Session, command: string, count: number): Promise<string[]> {
  const seen: string[] = [];
  for (let i = 0; i < count; i++) {
    seen.push(await session.go(command));
  }
  return seen;
}

describe.each(pythons())('on Python $version', (python) => {
  test('steps go over all rounds of a loop or a comprehension on one line, in the program and in the past', async () => {
    const session = await debug(PROGRAM, { breakpoints: ['call'], python });
    await session.stopped();
    await session.go('stepIn');

    expect(await steps(session, 'next', 4)).toEqual(AFTERWARDS);
    expect(await steps(session, 'stepBack', 4)).toEqual(BACKWARDS);
    expect(await session.locals()).toEqual({ count: '20' });
    expect(await steps(session, 'next', 4)).toEqual(AFTERWARDS);
  });

  test('a breakpoint on such a line does not stop a step at each round', async () => {
    const session = await debug(PROGRAM, { breakpoints: ['loop', 'end'], python });

    expect(await session.stopped()).toBe('breakpoint: loop');
    expect(await session.go('next')).toBe('step: while total > 0: total -= 1');
    expect(await session.go('stepBack')).toBe('breakpoint: loop');
    expect(await session.locals()).toMatchObject({ total: '0' });
    expect(await session.go('next')).toBe('step: while total > 0: total -= 1');
    expect(await session.go('next')).toBe('breakpoint: end');
    expect(await session.go('reverseContinue')).toBe('breakpoint: loop');
    expect(await session.locals()).toMatchObject({ total: '380' });
  });
});
