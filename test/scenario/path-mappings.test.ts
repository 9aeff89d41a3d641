import { mkdirSync, renameSync, writeFileSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';

import { execorder } from '../support/execorder';
import { connect } from './driver';

test('files that lie elsewhere than where they ran have the names that the client knows', async () => {
  const session = await connect('def f(n):\n    return n + 1    #@ here\nf(1)\n');
  const there = join(session.folder, 'there');
  const here = join(session.folder, 'here');
  mkdirSync(there);
  copyFileSync(session.file, join(there, 'prog.py'));
  const recording = join(session.folder, 'it.xrec');
  execorder(['record', '-o', recording, join(there, 'prog.py')]);
  renameSync(there, here);
  writeFileSync(join(session.folder, 'prog.py'), '');
  await session.editor.request('attach', {
    recording,
    pathMappings: [{ localRoot: here, remoteRoot: `${there}/` }],
    stopOnEntry: false,
  });
  await session.editor.event('initialized');
  const path = join(here, 'prog.py');
  const set = await session.editor.request('setBreakpoints', {
    source: { path },
    breakpoints: [{ line: 2 }],
  });
  await session.editor.request('configurationDone');
  await session.editor.event('stopped');

  expect(set).toMatchObject({ breakpoints: [{ verified: true, source: { path } }] });
  expect((await session.frames())[0]).toMatchObject({ line: 2, source: { name: 'prog.py', path } });
  const { modules } = await session.editor.request('modules');
  expect(modules).toMatchObject([{ name: 'prog', path, isUserCode: true }]);
  const { targets } = await session.editor.request('gotoTargets', { source: { path }, line: 2 });
  expect(targets).toMatchObject([
    { label: 'visit 1 of 1 · f(n=1)', line: 2 },
    { label: 'start of f(n=1)', line: 2 },
    { label: 'end of f(n=1)', line: 2 },
  ]);
});
