/** Disks that are full or slow: the program goes on, and the user is told. */

import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { recorderStart } from '../../adapter/src/interpreter/recorder-command';
import { EXECORDER, execorder, Folder } from '../support/execorder';
import { newestPython, pythonPathOf } from '../support/pythons';

const folder = new Folder();
const program = folder.write(
  'fills.py',
  `
    x = []
    for i in range(400000):
        x.append(i * 1.5)
    print('done', len(x))
  `,
);

/** Whether a file system can be mounted in a name space of its own. */
const MAY_MOUNT = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;

const python = newestPython();
const recorder = recorderStart(pythonPathOf(python));

/** Records, then looks into the recording, in one shell whose first command makes room scarce. */
function inShell(scarcity: string, place: string, starter: readonly string[] = []) {
  const script = `${scarcity}
    ${quoted([python.command, ...recorder, '-o', `${place}/a.xrec`, program])}
    echo "ended $?"
    ${quoted([process.execPath, EXECORDER, 'info', `${place}/a.xrec`])}
    ${quoted([process.execPath, EXECORDER, 'check', `${place}/a.xrec`])}
  `;
  return spawnSync('env', [...starter, 'bash', '-c', script], { encoding: 'utf8', timeout: 100_000 });
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(' ');
}

function expectEarlyEnd({ stdout, stderr }: { stdout: string; stderr: string }): void {
  expect(stdout).toContain('done 400000\nended 0\n');
  expect(stderr).toContain('the disk is full');
  expect(stdout).toMatch(
    /^complete +no: recording ended early, since the disk is full; the program went on$/m,
  );
  expect(stdout).toMatch(/^not complete: recording ended early, since the disk is full/m);
  expect(stdout).toMatch(/^no problems$/m);
  expect(Number(/^steps +(\S+)$/m.exec(stdout)?.[1]?.replaceAll(',', ''))).toBeGreaterThan(10_000);
}

test('a limit on the size of files ends the recording, not the program', () => {
  const ended = inShell('ulimit -f 2000', folder.path);
  expectEarlyEnd(ended);
  expect(ended.stderr).toContain('the disk is full (File too large)');
});

/** Stands before the system's own: there is room for two megabytes. */
const quota = folder.write(
  'quota.c',
  `
    int posix_fallocate(int file, long from, long size) {
        return from + size > 2000000 ? 122 /* EDQUOT */ : 22 /* EINVAL: there is another way to get room */;
    }
  `,
);

test('a quota that is used up ends the recording, not the program', () => {
  const ended = inShell(`export LD_PRELOAD='${built(quota, 'quota.so')}'`, folder.path);
  expectEarlyEnd(ended);
  expect(ended.stderr).toContain('the disk is full (Disk quota exceeded)');
});

(MAY_MOUNT ? test : test.skip)('a full disk ends the recording, not the program', () => {
  const disk = folder.file('disk');
  mkdirSync(disk);
  expectEarlyEnd(inShell(`mount -t tmpfs -o size=2m none '${disk}'`, disk, ['unshare', '-rm']));
});

/** Stands before the system's own: whoever asks for room on the disk gets it late. */
const slowness = folder.write(
  'slow.c',
  `
    #include <time.h>
    int posix_fallocate(int file, long from, long size) {
        struct timespec most = {0, 400000000};
        nanosleep(&most, 0);
        return 22; /* EINVAL: there is another way to get room */
    }
  `,
);

function built(source: string, name: string): string {
  const library = folder.file(name);
  expect(spawnSync('cc', ['-shared', '-fPIC', '-o', library, source], { encoding: 'utf8' }).stderr).toBe('');
  return library;
}

function recordWith(env: NodeJS.ProcessEnv) {
  const output = folder.file('slow.xrec');
  const command = [...recorder, '-o', output, program];
  const { stdout, stderr } = spawnSync(python.command, command, {
    cwd: folder.path,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  const info = execorder(['info', output]).stdout;
  return { stdout, stderr, info, check: execorder(['check', output]).stdout };
}

function stepsIn(info: string): string | undefined {
  return /^steps +(.*)$/m.exec(info)?.[1];
}

test('a slow disk slows the program, loses nothing, and the user is told', () => {
  const slow = recordWith({ LD_PRELOAD: built(slowness, 'slow.so') });
  const plain = recordWith({});

  expect(slow.stdout).toBe('done 400000\n');
  expect(slow.stderr).toMatch(
    /^execorder: the program waited \d+\.\d s for the disk of its recording, since nothing is dropped\n$/,
  );
  expect(slow.info).toMatch(/^slow disk +the program waited \d+\.\d s for it while this was written$/m);
  expect(slow.check).toContain('no problems');
  expect(stepsIn(slow.info)).toBe(stepsIn(plain.info));
  expect(plain.stderr).toBe('');
  expect(plain.info).not.toContain('slow disk');
});
