/** The recorder may have to give up while its program goes on: the debugger shows what it has, and says so. */

import { pythons } from '../support/pythons';
import { debug } from './driver';

const FULL = `
  import resource
  resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))   #@ start
  numbers = []
  for n in range(200000):
      numbers.append(n * 1.5)     #@ loop
  print(len(numbers))
`;

describe.each(pythons())('on Python $version', (python) => {
  test('a program whose recording ends early stops at its end, and goes back from there', async () => {
    const session = await debug(FULL, { python });

    expect(await session.stopped()).toMatch(/^End of recording \(exit code 0\): /);
    expect(session.editor.printed).toContain('200000\n');
    expect(session.editor.printedOn('console')).toMatch(
      /^The recording ended early, since the disk is full: nothing is known of what the program did after that/m,
    );
    const last = Number(await session.evaluate('n', 'hover'));
    expect(last).toBeLessThan(199_999);
    await session.setBreakpoints('loop');
    expect(await session.go('reverseContinue')).toBe('breakpoint: loop');
    expect(await session.go('continue')).toMatch(/: /);
  });

  test('an exception that ends it later stops at the newest step that is known', async () => {
    const session = await debug(`${FULL}  numbers[n + 1]\n`, { python, exceptions: ['uncaught'] });

    expect(await session.stopped()).toMatch(/^exception: /);
    expect(session.lastStop).toMatchObject({ text: 'IndexError', description: 'list index out of range' });
    expect(session.editor.printedOn('console')).toContain('The recording ended early');
    expect(await session.go('reverseContinue')).toMatch(/^entry: /);
    expect(await session.go('continue')).toMatch(/^(End of recording|exception)/);
  });
});
