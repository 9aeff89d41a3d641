/** The first launch on an interpreter builds the recorder for it: what a client sees of that. */

import { readdirSync } from 'node:fs';
import path from 'node:path';
import { Folder } from '../support/execorder';
import { connect, list } from './driver';
import type { Session } from './driver';

const PROGRAM = `
    x = 1
    y = 2       #@ here
`;

const folder = new Folder();
const cache = process.env['EXECORDER_CACHE'];

beforeAll(() => {
  process.env['EXECORDER_CACHE'] = folder.file('empty cache');
});

afterAll(() => {
  if (cache === undefined) {
    delete process.env['EXECORDER_CACHE'];
  } else {
    process.env['EXECORDER_CACHE'] = cache;
  }
});

function progressOf(session: Session): string[] {
  const names = session.editor.received.map(({ event }) => String(event));
  return names.filter((name) => name.startsWith('progress')).filter((name, at, all) => name !== all[at - 1]);
}

/** On a machine that is busy with other tests. */
const LONGEST_BUILD_MS = 300_000;
const BUILDING = /^building the recorder for Python \d+\.\d+\.\d+ \(once\) …$/m;

test(
  'a client sees how far the recorder is built, or reads that it is, and may give up the launch',
  async () => {
    const shows = await connect(PROGRAM, { client: { supportsProgressReporting: true } });
    const reads = await connect(PROGRAM);
    shows.editor.patience = reads.editor.patience = LONGEST_BUILD_MS;
    const launched = shows.editor.request('launch', { program: shows.file });
    const refused = launched.catch((error: unknown) => (error as Error).message);
    const start = await shows.editor.event('progressStart');
    expect(start['title']).toMatch(/^Preparing \S*python/);
    expect(start['message']).toMatch(BUILDING);
    expect(start['cancellable']).toBe(true);
    const { percentage } = await shows.editor.event('progressUpdate');
    expect(percentage).toBeGreaterThanOrEqual(0);
    expect(percentage).toBeLessThanOrEqual(100);

    await shows.editor.request('cancel', { progressId: start['progressId'] });
    expect(await refused).toBe('The launch was given up.');
    expect(await shows.editor.event('progressEnd')).toEqual({ progressId: start['progressId'] });

    // Both wait for the build that goes on.
    await Promise.all(
      [shows, reads].map(async (session) => {
        await session.begin('launch', { program: session.file }, { breakpoints: ['here'] });
        expect(await session.stopped()).toBe('breakpoint: here');
        expect(session.editor.printedOn('console')).toMatch(BUILDING);
      }),
    );
    expect(progressOf(shows)).toEqual([
      ...['progressStart', 'progressUpdate', 'progressEnd'],
      ...['progressStart', 'progressEnd'],
    ]);
    expect(progressOf(reads)).toEqual([]);
    expect(list(await shows.editor.request('threads'), 'threads')).toHaveLength(1);

    // Its bytecode is there from the first launch on, also for those who may not write any.
    const [built] = readdirSync(folder.file('empty cache')).filter((name) => /^cpython-\d+-\w+$/.test(name));
    const bytecode = readdirSync(
      path.join(folder.file('empty cache'), built ?? '', 'site-packages', 'execorder', '__pycache__'),
    );
    expect(bytecode).toContainEqual(expect.stringMatching(/^_materialise\.cpython-\d+\.pyc$/));
  },
  3 * LONGEST_BUILD_MS,
);
