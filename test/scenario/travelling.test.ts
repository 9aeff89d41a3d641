import { pythons } from '../support/pythons';
import { debug } from './driver';

describe.each(pythons())('on Python $version', (python) => {
  test('stepping back over a call does not enter it', async () => {
    const session = await debug(
      `
      def double(n):
          return n * 2
      x = 1
      y = double(x)       #@ call
      z = 3               #@ here
      `,
      { python, breakpoints: ['here'] },
    );
    expect(await session.stopped()).toBe('breakpoint: here');
    expect(await session.locals()).toMatchObject({ x: '1', y: '2' });
    expect(await session.go('stepBack')).toBe('step: call');
    expect(await session.locals()).not.toHaveProperty('y');
    expect(await session.go('next')).toBe('breakpoint: here');
  });

  test('a list that the standard library changed in place shows each of its orders', async () => {
    const session = await debug(
      `
      import random
      random.seed(3)
      items = [1, 2, 3, 4, 5]
      random.shuffle(items)  #@ shuffle
      items.sort()           #@ sort
      print(items)           #@ here
      `,
      { python, breakpoints: ['here'] },
    );
    await session.stopped();
    expect(await session.locals()).toMatchObject({ items: '[1, 2, 3, 4, 5]' });
    expect(await session.go('stepBack')).toBe('step: sort');
    const shuffled = (await session.locals())['items'];
    expect(shuffled).not.toBe('[1, 2, 3, 4, 5]');
    expect(await session.go('stepBack')).toBe('step: shuffle');
    expect(await session.locals()).toMatchObject({ items: '[1, 2, 3, 4, 5]' });
    expect(await session.go('next')).toBe('step: sort');
    expect(await session.locals()).toMatchObject({ items: shuffled });
  });

  test('reverse continue goes from hit to hit, and continue comes back to the living program', async () => {
    const session = await debug(
      `
      total = 0
      for i in range(4):
          total += i      #@ add
      print(total)
      `,
      { python, breakpoints: ['add'] },
    );
    const hits = [await session.stopped(), ...(await session.goTimes('continue', 2))];
    expect(hits).toEqual(Array(3).fill('breakpoint: add'));
    expect(await session.locals()).toMatchObject({ i: '2', total: '1' });
    expect(await session.goTimes('reverseContinue', 2)).toEqual(Array(2).fill('breakpoint: add'));
    expect(await session.locals()).toMatchObject({ i: '0', total: '0' });
    expect(await session.go('reverseContinue')).toBe('entry: total = 0');
    await session.goTimes('continue', 3);
    expect(await session.locals()).toMatchObject({ i: '2', total: '1' });
    await session.go('continue');
    expect(await session.locals()).toMatchObject({ i: '3', total: '3' });
    expect(await session.go('continue')).toBe('End of recording (exit code 0): print(total)');
    expect(session.editor.printed).toBe('6\n');
  });

  test('a step that begins in the past is finished by the living program', async () => {
    const session = await debug(
      `
      def inner():
          a = 1           #@ inside
          return a        #@ return
      def outer():
          inner()         #@ call
          return 2        #@ after
      outer()             #@ main
      done = True         #@ last
      `,
      { python, breakpoints: ['inside'] },
    );
    await session.stopped();
    expect(await session.go('stepBack')).toBe('step: call');
    await session.setBreakpoints();
    expect(await session.go('next')).toBe('step: after');
    expect(await session.goTimes('stepBack', 2)).toEqual(['step: call', 'step: main']);
    expect(await session.go('next')).toBe('step: last');
    expect(await session.locals()).not.toHaveProperty('done');
  });

  test('at its end the program can be travelled through, and a second continue stays there', async () => {
    const session = await debug(
      `
      import sys
      x = 1               #@ one
      x = 2               #@ two
      sys.exit(3)         #@ exit
      `,
      { python },
    );
    expect(await session.stopped()).toBe('End of recording (exit code 3): exit');
    expect(await session.goTimes('stepBack', 2)).toEqual(['step: exit', 'step: two']);
    expect(await session.locals()).toMatchObject({ x: '1' });
    expect(await session.go('continue')).toBe('End of recording (exit code 3): exit');
    expect(await session.go('continue')).toBe('End of recording (exit code 3): exit');
    expect(await session.go('reverseContinue')).toBe('entry: import sys');
  });

  test('an exception that ends a thread stops, one that a pool keeps does not', async () => {
    const session = await debug(
      `
      import threading
      from concurrent.futures import ThreadPoolExecutor
      def divide(a, b):
          return a / b            #@ division
      with ThreadPoolExecutor(1) as pool:
          future = pool.submit(divide, 1, 0)
      print(type(future.exception()).__name__)
      thread = threading.Thread(target=divide, args=(2, 0))
      thread.start()
      thread.join()
      print('over')               #@ end
      `,
      { python, exceptions: ['uncaught'], breakpoints: ['end'] },
    );
    expect(await session.stopped()).toBe('exception: division');
    expect(await session.locals()).toMatchObject({ a: '2', b: '0' });
    expect(await session.go('stepBack')).toBe('step: division');
    expect(await session.go('continue')).toBe('exception: division');
    expect(await session.go('continue')).toBe('breakpoint: end');
    expect(session.editor.printed).toContain('ZeroDivisionError: division by zero');
  });

  test('an uncaught exception stops where it was raised, with the frames that it left', async () => {
    const session = await debug(
      `
      def divide(a, b):
          return a / b            #@ division
      def main():
          values = [4, 0]
          return divide(*values)  #@ call
      main()
      `,
      { python, exceptions: ['uncaught'] },
    );
    expect(await session.stopped()).toBe('exception: division');
    expect(await session.stack()).toEqual(['divide at division', 'main at call', '<module> at main()']);
    expect(await session.locals()).toMatchObject({ a: '4', b: '0' });
    expect(await session.locals(1)).toMatchObject({ values: '[4, 0]' });
    expect(await session.editor.request('exceptionInfo', { threadId: 1 })).toMatchObject({
      exceptionId: 'ZeroDivisionError',
      description: 'division by zero',
    });
    expect(await session.go('stepBack')).toBe('step: division');
    expect(await session.go('stepBack')).toBe('step: call');
    expect(session.editor.printed).toContain('ZeroDivisionError: division by zero');
  });

  test('library code is stepped into only when it is recorded, too', async () => {
    const program = `
      import random
      items = [1, 2, 3]
      random.shuffle(items)  #@ shuffle
      done = True            #@ done
    `;
    const own = await debug(program, { python, breakpoints: ['shuffle'] });
    await own.stopped();
    expect(await own.go('stepIn')).toBe('step: done');

    const all = await debug(program, { python, breakpoints: ['shuffle'], launch: { justMyCode: false } });
    await all.stopped();
    await all.editor.request('stepIn', { threadId: 1 });
    await all.editor.event('stopped');
    const frames = await all.frames();
    expect(frames.map(({ name }) => name)).toEqual(['shuffle', '<module>']);
    expect(frames[0]).toMatchObject({ source: { name: 'random.py' } });
  });
});
