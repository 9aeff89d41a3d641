/** A client that goes away without a word, whatever it was doing: the adapter ends, and leaves nothing behind. */

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expectGone } from '../support/processes';
import { newestPython } from '../support/pythons';
import { execorder } from '../support/execorder';
import { connect } from './driver';
import type { Session } from './driver';

const PROGRAM = `
  import time
  def count():
      n = 0
      while n < 50_000:
          n += 1              #@ loop
      return n
  count()
  x = 1                       #@ here
  while True:                 #@ endless
      time.sleep(0.01)
`;

type Prepare = (session: Session) => Promise<unknown>;

/** What the client does last, by state; nothing of it is waited for afterwards. */
const STATES: Readonly<Record<string, Prepare>> = {
  'before it launches': () => Promise.resolve(),
  'while it launches': (session) => Promise.resolve(session.editor.send('launch', { program: session.file })),
  'before the configuration is done': async (session) => {
    await session.editor.request('launch', { program: session.file });
    await session.editor.event('initialized');
  },
  'while the program runs': async (session) => {
    await session.begin('launch', { program: session.file });
    await pause(200);
  },
  'while the program is stopped': stop,
  'while it looks at the past': async (session) => {
    await stop(session);
    await session.go('stepBack');
  },
  'during a long search': async (session) => {
    await stop(session);
    await session.setBreakpoints({ at: 'loop', condition: 'n * n + n < 0 and sorted([n, 1])' });
    session.editor.send('reverseContinue', { threadId: 1 });
    await pause(200);
  },
  'while the program evaluates': async (session) => {
    await stop(session);
    session.editor.send('evaluate', { expression: ENDLESS, context: 'repl' });
    await pause(200);
  },
  'while an expression runs in the past': async (session) => {
    await stop(session);
    await session.go('stepBack');
    session.editor.send('evaluate', { expression: ENDLESS, context: 'repl' });
    await pause(200);
  },
  'while an expression runs on a recording': async (session) => {
    const recording = join(session.folder, 'it.xrec');
    execorder(['record', '-o', recording, '-c', 'x = 1\ny = 2']);
    await session.begin('attach', { recording });
    await session.stopped();
    session.editor.send('evaluate', { expression: ENDLESS, context: 'repl' });
    await pause(1000);
  },
};

const ENDLESS = 'sum(1 for _ in iter(int, 1))';

async function stop(session: Session): Promise<void> {
  await session.begin('launch', { program: session.file }, { breakpoints: ['here'] });
  expect(await session.stopped()).toBe('breakpoint: here');
}

function pause(duration: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, duration));
}

/** Processes that know this folder, where the system tells. */
function processesIn(folder: string): number[] {
  const numbers = (existsSync('/proc') ? readdirSync('/proc') : []).filter((name) => /^\d+$/.test(name));
  return numbers.map(Number).filter((pid) => {
    try {
      const words = ['cmdline', 'environ'].map((name) => readFileSync(`/proc/${pid}/${name}`, 'latin1'));
      return pid !== process.pid && words.some((text) => text.includes(folder));
    } catch {
      return false; // It is gone, or not ours.
    }
  });
}

const usual = { ...process.env };
let temporary = '';
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'execorder-death-'));
  process.env['TMPDIR'] = temporary;
});
afterEach(() => {
  process.env = { ...usual };
  rmSync(temporary, { recursive: true, force: true });
});

describe.each(Object.entries(STATES))('a client that goes %s', (_, prepare) => {
  test.each(['hangUp', 'vanish'] as const)('leaves nothing behind (%s)', async (leave) => {
    const session = await connect(PROGRAM);
    await prepare(session);
    session.editor[leave]();

    expect(await session.editor.exited).toBe(0);
    await Promise.all(processesIn(temporary).map(expectGone));
    expect(readdirSync(temporary).filter((name) => !name.startsWith('execorder-scenario-'))).toEqual([]);
  });
});

test('a client that goes while the recorder is built leaves no half of it', async () => {
  const cache = join(temporary, 'cache');
  process.env['EXECORDER_CACHE'] = cache;
  const session = await connect(PROGRAM);
  session.editor.send('launch', { program: session.file, python: newestPython().command });
  while (!readdirSync(temporary).includes('cache') || processesIn(cache).length < 2) {
    await pause(50);
  }
  session.editor.vanish();

  expect(await session.editor.exited).toBe(0);
  await Promise.all(processesIn(cache).map(expectGone));
  expect(readdirSync(cache).filter((name) => name.startsWith('building-'))).toEqual([]);
});
