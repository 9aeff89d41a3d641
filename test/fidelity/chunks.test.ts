/** Recordings of small chunks are sound: every frame, object and stack is found again in each chunk that needs it. */

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { recorderStart } from '../../adapter/src/interpreter/recorder-command';
import { check } from '../../adapter/src/trace/tools';
import { Folder } from '../support/execorder';
import { newestPython, pythonPathOf } from '../support/pythons';

const folder = new Folder();
const python = newestPython();
const CORPUS = path.join(__dirname, 'corpus');
const programs = readdirSync(CORPUS).filter((name) => name.endsWith('.py'));

test.each(programs)('%s', (name) => {
  const output = folder.file(`${name}.xrec`);
  spawnSync(python.command, [...recorderStart(pythonPathOf(python)), '-o', output, path.join(CORPUS, name)], {
    cwd: folder.path,
    env: { ...process.env, EXECORDER_CHUNK_BYTES: '300' },
    stdio: 'ignore',
  });
  expect(existsSync(output)).toBe(true);
  expect(check(output).problems).toEqual([]);
});
