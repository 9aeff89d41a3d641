/** `execorder attach PID`: a process that runs already is recorded for a while, and goes on. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { execorder, Folder } from '../support/execorder';
import { newestPython } from '../support/pythons';

const folder = new Folder();

interface Info {
  readonly steps: number;
  readonly notes: { readonly stopped_by: string };
}

test('a process that allows it is recorded from a shell, and runs on', async () => {
  const path = folder.write(
    'waits.py',
    `
      import time
      import execorder
      execorder.allow_attach()
      print('ready', flush=True)
      count = 0
      while True:
          count += 1
          time.sleep(0.01)
    `,
  );
  const home = execorder(['python-path']).stdout.trim();
  const program = spawn(newestPython().command, [path], { env: { ...process.env, PYTHONPATH: home } });
  try {
    await once(program.stdout, 'data');
    const out = folder.file('attached.xrec');
    const attached = execorder(['attach', '-o', out, '--seconds', '0.5', String(program.pid)]);
    expect(attached).toMatchObject({ status: 0 });
    expect(attached.stderr).toContain(`recording process ${program.pid} to`);
    expect(program.exitCode).toBeNull();
    const { steps, notes } = JSON.parse(execorder(['info', out, '--json']).stdout) as Info;
    expect(notes.stopped_by).toBe('end');
    expect(steps).toBeGreaterThan(4);
    expect(execorder(['state', out, '4']).stdout).toContain('count = ');
  } finally {
    program.kill('SIGKILL');
  }
});
