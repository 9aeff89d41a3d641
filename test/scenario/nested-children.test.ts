/** Processes that are started by processes that the program started. */

import type { Body } from '../../examples/editor';
import { newestPython, pythons, type TestPython } from '../support/pythons';
import { connect, type Session } from './driver';

/** The sessions that a client was asked to begin, each of which may ask for more. */
class Family {
  readonly sessions: Session[] = [];
  private readonly stops: string[] = [];

  /** Debugs a program to its end, with a breakpoint at these lines of it in each of the processes that it starts. */
  constructor(
    private readonly file: string,
    private readonly lines: readonly number[],
  ) {}

  async run(session: Session): Promise<void> {
    this.follow(session);
    await session.initialize({ supportsStartDebuggingRequest: true });
    await session.begin('launch', { program: session.file });
    expect(await session.stopped()).toMatch(/^End of recording/);
  }

  /** The values of an expression in those processes that stop at a breakpoint, once so many have. */
  async atBreakpoints(expected: number, expression: string): Promise<string[]> {
    const hits = (): Session[] => this.sessions.filter((_, index) => this.stops[index] === 'breakpoint');
    for (const end = Date.now() + 30_000; hits().length < expected && Date.now() < end;) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const values = await Promise.all(hits().map((session) => session.evaluate(expression)));
    return values.sort();
  }

  private follow(session: Session): void {
    session.editor.onRequest = (command, args) => {
      expect(command).toBe('startDebugging');
      this.begin(args['configuration'] as Body).catch(() => undefined); // Some run until the end.
    };
  }

  private async begin(configuration: Body): Promise<void> {
    const session = await connect();
    const index = this.sessions.push(session) - 1;
    this.follow(session);
    await session.initialize({ supportsStartDebuggingRequest: true });
    await session.editor.request('attach', configuration);
    await session.editor.event('initialized');
    const breakpoints = this.lines.map((line) => ({ line }));
    await session.editor.request('setBreakpoints', { source: { path: this.file }, breakpoints });
    await session.editor.request('configurationDone');
    this.stops[index] = String((await session.editor.event('stopped'))['reason']);
  }
}

async function family(source: string, python: TestPython, marks: readonly string[]): Promise<Family> {
  const session = await connect(source, { python });
  const found = new Family(
    session.file,
    marks.map((mark) => session.lineOf(mark)),
  );
  await found.run(session);
  return found;
}

const NESTED = `
    import subprocess, sys
    depth = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    if depth < 2:
        subprocess.run([sys.executable, __file__, str(depth + 1)], check=True)
    over = depth            #@ over
`;

const FORKED = `
    import os
    depth = 0
    def fork():
        global depth
        child = os.fork()
        if child == 0:      #@ child
            depth += 1
            if depth < 3:
                fork()
            os._exit(0)
        os.waitpid(child, 0)
    fork()
`;

test.each(pythons())('on $version, grandchildren become sessions of their parents', async (python) => {
  const sessions = await family(NESTED, python, ['over']);
  expect(await sessions.atBreakpoints(2, 'depth')).toEqual(['1', '2']);
});

test.each(pythons())('on $version, forked children and theirs become sessions', async (python) => {
  const sessions = await family(FORKED, python, ['child']);
  expect(await sessions.atBreakpoints(3, 'depth')).toEqual(['0', '1', '2']);
});

test.each(['fork', 'forkserver', 'spawn'])(
  'a process of multiprocessing, and the one that it starts, become sessions (%s)',
  async (method) => {
    const source = `
      import multiprocessing

      def inner(number):
          mine = number + 1     #@ inner

      def outer(number):
          mine = number + 1     #@ outer
          child = multiprocessing.Process(target=inner, args=(mine,))
          child.start()
          child.join()

      if __name__ == '__main__':
          multiprocessing.set_start_method('${method}')
          child = multiprocessing.Process(target=outer, args=(5,))
          child.start()
          child.join()
    `;
    const sessions = await family(source, newestPython(), ['inner', 'outer']);
    expect(await sessions.atBreakpoints(2, 'number')).toEqual(['5', '6']);
  },
);
