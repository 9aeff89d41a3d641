/** Recordings of bounded size in the debugger: the newest part is kept, and the user is told what is gone. */

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { openRecording } from '../../adapter/src/trace/recording-trace';
import { newestPython, pythonPathOf } from '../support/pythons';
import { connect, debug } from './driver';
import type { Session } from './driver';

const COUNTING = `
    total = 0
    n = 0                  #@ start
    while n < 700_000:     #@ loop
        n += 1
        total += n % 7     #@ add
    print(total)           #@ end
`;

async function say(session: Session, expression: string): Promise<string> {
  return session.evaluate(expression, 'repl');
}

/** The first step that is kept, and the newest. */
async function kept(session: Session): Promise<[number, number]> {
  const [, first, last] = /of (\d+) … (\d+)/.exec(await say(session, '.where')) ?? [];
  return [Number(first), Number(last)];
}

test('a launch with a bound keeps the newest part, back to a first step that is a full state', async () => {
  const session = await debug(COUNTING, {
    launch: { maxRecordingSize: '2MB' },
    breakpoints: ['end'],
  });
  await session.stopped();
  const [first, last] = await kept(session);

  expect(first).toBeGreaterThan(1_000_000);
  expect(last - first).toBeGreaterThan(10_000);
  expect(session.editor.printedOn('console')).toBe(
    `The recording is kept within its size: of its steps, those before ${first} are given up.\n`,
  );
  expect(await session.go('stepBack')).toBe('step: loop');
  await session.editor.request('reverseContinue', { threadId: 1 });
  const { reason, description } = await session.editor.event('stopped');
  expect(reason).toBe('entry');
  expect(description).toBe(`Start of recording (the steps before ${first} are given up)`);
  const { n } = await session.locals();
  expect(Number(n)).toBeGreaterThan(300_000);
  expect(await say(session, 'total > n')).toBe('True');
  expect(await session.go('stepBack')).toMatch(/^entry: /);
  expect(await session.go('next')).toMatch(/^step: /);
  expect(await session.go('stepBack')).toMatch(/^step: /);
  expect(await session.locals()).toMatchObject({ n });
});

test('variables are shown after a run that gave up the step of the stop before', async () => {
  const session = await debug(COUNTING, {
    launch: { maxRecordingSize: '2MB' },
    breakpoints: ['start', 'end'],
  });
  expect(await session.stopped()).toBe('breakpoint: start');
  expect(await session.locals()).toEqual({ total: '0' });

  expect(await session.go('continue')).toBe('breakpoint: end');
  expect(await session.locals()).toEqual({ total: '2100000', n: '700000' });
});

const programs: ChildProcess[] = [];

afterEach(() => {
  programs.splice(0).forEach((program) => program.kill('SIGKILL'));
});

const ENDLESS = `
    import time
    n = 0
    while True:
        n += 1
        if n % 10_000 == 0:
            time.sleep(0.02)
`;

/** Runs the session's program by itself, under a bound that it soon has reached. */
async function runBounded(session: Session): Promise<{ recording: string; program: ChildProcess }> {
  const recording = join(session.folder, 'endless.xrec');
  const python = newestPython();
  const env = { ...process.env, PYTHONPATH: pythonPathOf(python) };
  const words = ['-m', 'execorder', '--max-size', '2MB', '-o', recording, session.file];
  const program = spawn(python.command, words, { env, stdio: 'ignore' });
  programs.push(program);
  await delay(4000);
  return { recording, program };
}

test('where the program gives up the step that is looked at, the user is taken to the first that is kept', async () => {
  const session = await connect(ENDLESS);
  const { recording, program } = await runBounded(session);
  await session.begin('attach', { recording, stopOnEntry: true });
  await session.stopped();
  const [before] = await kept(session);
  const { received } = session.editor;
  const from = received.length;
  await session.editor.event('stopped');
  program.kill('SIGSTOP'); // Otherwise it would not stand still for long.
  await delay(1000);

  const events = received.slice(from).map(({ event }) => event);
  expect(events.slice(0, 2)).toEqual(['continued', 'stopped']);
  const [first] = await kept(session);
  expect(first).toBeGreaterThan(before);
  expect(Number((await session.locals())['n'])).toBeGreaterThan(10_000);
  expect(session.editor.printedOn('important')).toBe('');
});

test('looking at a recording while its writer gives up parts of it never finds it damaged or empty', async () => {
  const session = await connect(ENDLESS);
  const { recording } = await runBounded(session);
  const trace = openRecording(recording);
  const firsts = new Set<number>();
  for (const end = Date.now() + 3000; Date.now() < end;) {
    trace.refresh();
    firsts.add(trace.firstStep);
    expect(trace.length).toBeGreaterThan(trace.firstStep);
  }
  trace.close();

  expect(firsts.size).toBeGreaterThan(10);
});
