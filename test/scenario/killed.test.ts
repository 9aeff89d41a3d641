import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { Recording } from '../../adapter/src/api/recording';
import { recorderStart } from '../../adapter/src/interpreter/recorder-command';
import { Folder } from '../support/execorder';
import { newestPython, pythonPathOf } from '../support/pythons';

/** Each way of dying is tried so often. */
const DEATHS = 100;
const AT_ONCE = 3;

const folder = new Folder();
/** Says through another channel, which the recorder doesn't know, how far it has come; then dies as it is told. */
const program = folder.write(
  'mortal.py',
  `
    import ctypes, os, sys
    log = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    way, last = sys.argv[2], int(sys.argv[3])
    n = 0
    kept = []
    while True:
        n += 1
        kept.append(n)
        os.write(log, b'%d ' % n)
        if n == last:
            if way == 'abort':
                os.abort()
            if way == 'exit':
                os._exit(3)
            if way == 'segfault':
                ctypes.string_at(0)
  `,
);

/** Runs it until it is dead; true when what it said last is in the recording. */
async function survives(way: string, number: number): Promise<string> {
  const [recording, log] = [folder.file(`${way}-${number}.xrec`), folder.file(`${way}-${number}.log`)];
  const python = newestPython();
  const last = way === 'kill' ? 0 : 1 + Math.floor(Math.random() * 4000);
  const words = [...recorderStart(pythonPathOf(python)), '-o', recording, program, log, way, String(last)];
  // With small chunks, some of them are moved and compressed at any moment.
  const env = number % 2 === 0 ? process.env : { ...process.env, EXECORDER_CHUNK_BYTES: '1000' };
  const child = spawn(python.command, words, { stdio: 'ignore', env });
  const dead = new Promise((resolve) => child.on('close', resolve));
  if (way === 'kill') {
    await started(log);
    setTimeout(() => child.kill('SIGKILL'), Math.random() * 300);
  }
  await dead;
  const written = readFileSync(log, 'utf8').split(' ').slice(0, -1); // the last number may have been cut off
  const said = written.length === 0 ? -1 : Number(written.at(-1));
  const [shown, kept] = lastState(recording);
  [recording, log].forEach((file) => rmSync(file));
  return shown === said || shown === said + 1
    ? kept >= said
      ? 'right'
      : `kept ${kept}`
    : `${shown}, not ${said}`;
}

async function started(log: string): Promise<void> {
  while (!existsSync(log)) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The last value of n, and the length of the list. */
function lastState(file: string): [number, number] {
  const recording = Recording.open(file);
  try {
    const step = recording.steps - 1;
    const values = new Map(recording.state(step).globals.map(({ name, value }) => [name, value]));
    const [n, kept] = [values.get('n'), values.get('kept')];
    const length = kept?.kind === 'object' ? recording.children(step, kept.object, 0, 1).length : -1;
    return [n?.kind === 'int' ? Number(n.value) : -1, length];
  } finally {
    recording.close();
  }
}

test.each(['kill', 'abort', 'segfault', 'exit'])(
  'nothing that was recorded is lost by: %s, at random moments',
  async (way) => {
    const outcomes: string[] = [];
    for (let done = 0; done < DEATHS; done += AT_ONCE) {
      const batch = Array.from({ length: Math.min(AT_ONCE, DEATHS - done) }, (_, at) =>
        survives(way, done + at),
      );
      outcomes.push(...(await Promise.all(batch)));
    }
    expect(outcomes).toEqual(outcomes.map(() => 'right'));
  },
  600_000,
);
