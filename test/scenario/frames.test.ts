import { pythons } from '../support/pythons';
import { debug } from './driver';

describe.each(pythons())('on Python $version', (python) => {
  test('a generator that yields goes on in its consumer, in both directions', async () => {
    const session = await debug(
      `
      def numbers():
          yield 1             #@ first
          yield 2             #@ second
      for n in numbers():     #@ loop
          print(n)            #@ body
      done = True             #@ done
      `,
      { python, breakpoints: ['first'] },
    );
    await session.stopped();
    await session.setBreakpoints();
    expect(await session.go('next')).toBe('step: body');
    expect(await session.goTimes('next', 2)).toEqual(['step: loop', 'step: body']);
    expect(await session.goTimes('stepBack', 3)).toEqual(['step: loop', 'step: body', 'step: loop']);
    expect(await session.goTimes('stepIn', 1)).toEqual(['step: first']);
    expect(await session.go('stepBack')).toBe('step: loop');
  });

  test('a recursion steps in one activation only', async () => {
    const session = await debug(
      `
      def factorial(n):
          if n == 0:                          #@ test
              return 1
          smaller = factorial(n - 1)          #@ call
          return n * smaller                  #@ result
      print(factorial(3))                     #@ main
      `,
      { python, breakpoints: ['main'] },
    );
    await session.stopped();
    await session.setBreakpoints();
    expect(await session.goTimes('stepIn', 2)).toEqual(['step: test', 'step: call']);
    expect(await session.go('next')).toBe('step: result');
    expect(await session.locals()).toEqual({ '(return) factorial': '2', n: '3', smaller: '2' });
    expect(await session.go('stepBack')).toBe('step: call');
    expect(await session.locals()).toEqual({ n: '3' });
    expect(await session.go('stepIn')).toBe('step: test');
    expect(await session.locals()).toEqual({ n: '2' });
    expect(await session.go('stepOut')).toBe('step: result');
    expect(await session.go('execorder/reverseStepIn')).toBe('step: result');
  });

  test('threads are shown at the same moment, and a move stays on its thread', async () => {
    const session = await debug(
      `
      import threading
      ready, go_on = threading.Event(), threading.Event()
      def work(name):
          ready.set()             #@ ready
          go_on.wait()
          result = name * 2       #@ result
          return result           #@ return
      thread = threading.Thread(target=work, args=('ab',))
      thread.start()
      ready.wait()
      go_on.set()                 #@ main
      thread.join()               #@ join
      `,
      { python, breakpoints: ['result'] },
    );
    expect(await session.stopped()).toBe('breakpoint: result');
    const { threads } = await session.editor.request('threads');
    expect(threads).toHaveLength(2);
    expect(await session.locals()).toEqual({ name: "'ab'" });
    expect(await session.go('next')).toBe('step: return');
    expect(await session.locals()).toEqual({ name: "'ab'", result: "'abab'" });
    expect(await session.goTimes('stepBack', 2)).toEqual(['breakpoint: result', 'step: go_on.wait()']);
    const main = await session.editor.request('stackTrace', { threadId: 1 });
    expect(main['totalFrames']).toBe(1);
  });

  test('an exception that passes through a frame which is stepped over goes on in the handler', async () => {
    const session = await debug(
      `
      def fail():
          raise KeyError('k')     #@ raise
      def middle():
          fail()
      try:
          middle()                #@ call
      except KeyError as error:   #@ except
          caught = True           #@ caught
      done = True                 #@ done
      `,
      { python, breakpoints: ['call'] },
    );
    await session.stopped();
    expect(await session.goTimes('next', 3)).toEqual(['step: except', 'step: caught', 'step: done']);
    expect(await session.goTimes('stepBack', 3)).toEqual([
      'step: caught',
      'step: except',
      'breakpoint: call',
    ]);
    expect(await session.goTimes('stepIn', 2)).toEqual(['step: fail()', 'step: raise']);
    expect(await session.go('stepOut')).toBe('step: except');
  });
});
