/** The Python package by itself, as pip builds and installs it. */

import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { execorder } from '../support/execorder';
import { newestPython } from '../support/pythons';

const ROOT = join(__dirname, '../..');
const PATIENCE_MS = 900_000;
const LOOK = `
import execorder, sys
try:
    from importlib.metadata import entry_points
except ImportError:
    sys.exit(0)
print(execorder.exec('x = [1]\\nx.append(2)').state(-1))
found = entry_points()
plugins = found.select(group='pytest11') if hasattr(found, 'select') else found['pytest11']
print([(plugin.name, plugin.value) for plugin in plugins if plugin.name == 'execorder'])
`;

const folder = mkdtempSync(join(tmpdir(), 'execorder-pip-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(
  command: string,
  args: readonly string[],
  variables: NodeJS.ProcessEnv = {},
): { status: number | null; output: string } {
  const env = { ...process.env, PYTHONPATH: '', PIP_DISABLE_PIP_VERSION_CHECK: '1', ...variables };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, env, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

/** Long enough to be compressed at its end. */
const LONG = `
import execorder
execorder.exec('for n in range(40000):\\n    text = str(n)', path='long.xrec')
found = execorder.open('long.xrec')
print(found.steps() > 80000, found.state(-1)['text'], b'\\x28\\xb5\\x2f\\xfd' in open('long.xrec', 'rb').read())
`;

/** A wheel that was built from a source distribution; undefined when pip can't get what builds it. */
function buildWheel(python: string): string | undefined {
  const sources = join(folder, 'recorder-c');
  cpSync(join(ROOT, 'recorder-c'), sources, { recursive: true, filter: (file) => !file.endsWith('.so') });
  const tools = run(python, ['-m', 'pip', 'install', '-q', '--retries', '1', 'build']);
  if (tools.status !== 0) {
    return undefined;
  }
  const zstd = { EXECORDER_ZSTD_DIR: join(ROOT, 'node_modules/zstd-napi/deps/zstd') }; // is shipped from here on
  const sdist = run(python, ['-m', 'build', '--sdist', '--outdir', folder, sources], zstd);
  expect(sdist).toMatchObject({ status: 0 });
  rmSync(sources, { recursive: true });
  const archive = readdirSync(folder).find((name) => name.endsWith('.tar.gz'))!;
  const wheel = run(python, ['-m', 'pip', 'wheel', '--no-deps', '-w', folder, join(folder, archive)]);
  expect(wheel).toMatchObject({ status: 0 });
  return join(
    folder,
    readdirSync(folder).find((name) => name.endsWith('.whl'))!,
  );
}

test(
  'a source distribution holds all it needs, a wheel needs neither Node nor a compiler, and the command uses it',
  () => {
    execFileSync(newestPython().command, ['-m', 'venv', join(folder, 'venv')]);
    const python = join(folder, 'venv/bin/python');
    const wheel = buildWheel(python);
    if (wheel === undefined) {
      process.stderr.write('skipped: pip can not get its build tools here\n');
      return;
    }
    expect(run(python, ['-m', 'pip', 'install', '-q', '--no-index', wheel])).toMatchObject({ status: 0 });

    const look = spawnSync(python, ['-c', LOOK], { cwd: folder, env: { PATH: '' }, encoding: 'utf8' });
    expect(look).toMatchObject({
      stderr: '',
      stdout: "{'x': [1, 2]}\n[('execorder', 'execorder.pytest_plugin')]\n",
    });

    const long = spawnSync(python, ['-c', LONG], { cwd: folder, env: { PATH: '' }, encoding: 'utf8' });
    expect(long).toMatchObject({ stderr: '', stdout: 'True 39999 True\n' });

    writeFileSync(join(folder, 'prog.py'), 'x = 1\nprint(x)\n');
    const program = spawnSync(python, ['-m', 'execorder', 'prog.py'], { cwd: folder, encoding: 'utf8' });
    expect(program).toMatchObject({ status: 0, stdout: '1\n', stderr: '' });

    const { stdout } = execorder(['python-path', '--python', python]);
    expect(stdout.trim()).toMatch(/\/venv\/lib\/python3\.\d+\/site-packages$/);
  },
  PATIENCE_MS,
);
