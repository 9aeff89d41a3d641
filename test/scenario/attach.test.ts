/** Sessions with programs that somebody else started. */

import { spawn } from 'node:child_process';
import type { ChildProcess, ChildProcessWithoutNullStreams } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { connect as connectTo } from 'node:net';

import { execorder, Folder } from '../support/execorder';
import { withNewerFormat } from '../support/newer-format';
import { expectGone } from '../support/processes';
import { newestPython, pythonPathOf } from '../support/pythons';
import { connect } from './driver';
import type { Session } from './driver';

const others = new Folder();
const programs: ChildProcess[] = [];
afterEach(() => programs.splice(0).forEach((program) => program.kill('SIGKILL')));

interface Listening {
  readonly session: Session;
  readonly program: ChildProcess;
  readonly port: number;
  /** What the program has printed so far. */
  readonly printed: () => string;
}

/** Starts a program under the recorder, which nobody controls, and an adapter beside it. */
async function recorded(source: string): Promise<Pick<Listening, 'session' | 'program'>> {
  const session = await connect(source);
  const program = start(session, []);
  for (let size = 0; size === 0; size = await sizeOf(join(session.folder, 'it.xrec'))) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { session, program };
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

function start(session: Session, options: readonly string[]): ChildProcessWithoutNullStreams {
  const python = newestPython();
  const env = { ...process.env, PYTHONPATH: pythonPathOf(python) };
  const words = ['-u', '-m', 'execorder', '-o', 'it.xrec', ...options, session.file];
  const program = spawn(python.command, words, { cwd: session.folder, env });
  programs.push(program);
  return program;
}

/** The port that a program says it listens on. */
async function portOf(program: ChildProcessWithoutNullStreams): Promise<number> {
  const lines = createInterface({ input: program.stderr });
  const line = await new Promise<string>((resolve) => lines.once('line', resolve));
  return Number(/attach to [^ ]+:(\d+)/.exec(line)?.[1]);
}

/** Starts a program that listens, and an adapter beside it. */
async function listening(source: string, ...options: string[]): Promise<Listening> {
  const session = await connect(source);
  const program = start(session, options);
  let printed = '';
  program.stdout.on('data', (data) => (printed += String(data)));
  const port = await portOf(program);
  return { session, program, port, printed: () => printed };
}

const COUNTER = `
  import time
  n = 0
  while n < 100000:
      n += 1          #@ loop
      time.sleep(0.002)
  print('done')
`;

test('a program waits for its debugger, and ends by itself after that', async () => {
  const { session, program, port } = await listening(
    'print("begins")\nx = 1  #@ here\nraise SystemExit(5)',
    '--listen',
    '0',
    '--wait',
  );
  await session.begin('attach', { connect: { port }, stopAtEnd: false }, { breakpoints: ['here'] });

  expect(await session.stopped()).toBe('breakpoint: here');
  expect(await session.go('stepBack')).toBe('step: print("begins")');
  await session.editor.request('continue', { threadId: 1 });
  await session.stopped();
  await session.editor.request('continue', { threadId: 1 });
  expect(await session.editor.event('exited')).toEqual({ exitCode: 5 });
  expect(session.editor.printedOn('stdout')).toBe('begins\n');
  expect(program.exitCode === null || program.exitCode === 5).toBe(true);
});

test('a program that runs is stopped where it is, looked back at, and left alone', async () => {
  const { session, program, port } = await listening(COUNTER, '--listen', '127.0.0.1:0');
  await new Promise((resolve) => setTimeout(resolve, 300));
  await session.begin('attach', { connect: { host: 'localhost', port } }, { breakpoints: ['loop'] });
  expect(await session.stopped()).toBe('breakpoint: loop');
  const n = Number((await session.locals())['n']);
  expect(n).toBeGreaterThan(5);
  expect(await session.go('reverseContinue')).toBe('breakpoint: loop');
  expect((await session.locals())['n']).toBe(String(n - 1));
  await session.editor.request('disconnect');
  expect(await session.editor.exited).toBe(0);

  const other = await connect(COUNTER);
  await other.begin('attach', { connect: { port } });
  await other.editor.request('pause', { threadId: 1 });
  await other.stopped();
  expect(Number((await other.locals())['n'])).toBeGreaterThan(n);
  expect(program.exitCode).toBeNull();
  other.editor.send('disconnect', { terminateDebuggee: true });
  await other.editor.exited;
  await expectGone(program.pid!);
});

test.each(['recording', 'processId'])(
  'a program that runs is watched by its %s, and not stopped',
  async (by) => {
    const { session, program } = await recorded(COUNTER);
    const given = by === 'recording' ? { recording: 'it.xrec' } : { processId: program.pid };
    await session.begin('attach', given, { breakpoints: ['loop'] });
    expect(await session.stopped()).toBe('entry: import time');
    expect(await session.go('continue')).toBe('breakpoint: loop');

    await session.setBreakpoints({ at: 'loop', condition: 'n == 300' });
    expect(await session.go('continue')).toBe('breakpoint: loop');
    expect((await session.locals())['n']).toBe('300');
    expect(await session.go('stepBack')).toBe('step: while n < 100000:');
    await session.setBreakpoints();
    await session.editor.request('continue', { threadId: 1 });
    await session.editor.request('pause', { threadId: 1 });
    expect(await session.stopped()).toMatch(/^pause/);
    expect(Number((await session.locals())['n'])).toBeGreaterThanOrEqual(300);
    await session.editor.request('continue', { threadId: 1 });
    program.kill('SIGKILL');
    expect(await session.stopped()).toMatch(/^End of recording/);
  },
);

test('a process that is not recorded can not be watched', async () => {
  const session = await connect();

  await expect(session.editor.request('attach', { processId: process.pid })).rejects.toThrow(
    'is not being recorded',
  );
});

test('a program lets debuggers in by itself, and waits for one', async () => {
  const session = await connect(`
    import execorder
    def work(before):
        after = before + 1      #@ here
        return after            #@ after
    execorder.listen(0, wait=True, path='it.xrec')
    work(1)
  `);
  const env = { ...process.env, PYTHONPATH: pythonPathOf(newestPython()) };
  const program = spawn(newestPython().command, ['-u', session.file], { cwd: session.folder, env });
  programs.push(program);
  const port = await portOf(program);
  await session.begin('attach', { connect: { port }, stopAtEnd: true }, { breakpoints: ['here'] });
  expect(await session.stopped()).toBe('breakpoint: here');
  expect(await session.locals()).toMatchObject({ before: '1' });
  expect(await session.go('next')).toBe('step: after');
  expect(await session.go('stepBack')).toBe('breakpoint: here');
  expect(await session.go('continue')).toMatch(/^End of recording/);
  await session.editor.request('continue', { threadId: 1 });
  await session.editor.request('disconnect');
  await expectGone(program.pid!);
});

test('a debugger that does not know the token is sent away', async () => {
  const { session, program, port, printed } = await listening(
    'print(1)\nprint(2)',
    '--listen',
    '0',
    '--wait',
  );
  const stranger = connectTo(port, '127.0.0.1');
  stranger.write('{"id": 1, "command": "attach", "token": ""}\n{"id": 2, "command": "start"}\n');
  const answer = await new Promise((resolve) => stranger.once('data', (data) => resolve(String(data))));
  expect(answer).toContain('does not know this token');
  await expect(session.editor.request('attach', { connect: { port, token: 'guessed' } })).rejects.toThrow(
    'does not know this token',
  );
  expect(printed()).toBe('');

  await session.begin('attach', { connect: { port }, stopAtEnd: false });
  await session.editor.event('terminated');
  await expectGone(program.pid!);
  expect(printed()).toBe('1\n2\n');
});

describe('an attach that can not be', () => {
  const refused: readonly (readonly [string, (session: Session) => Record<string, unknown>, string])[] = [
    ['to a file that is missing', () => ({ recording: '/no/such.xrec' }), "check 'recording'"],
    ['to a file that is no recording', madeOf('x = 1\n'), "make one with 'execorder record'"],
    ['to an empty file', madeOf(''), "make one with 'execorder record'"],
    ['to a folder', ({ folder }) => ({ recording: folder }), "make one with 'execorder record'"],
    ['to a recording of a newer version', madeOf(newerRecording), 'update Execorder'],
    [
      'to a host that is not there',
      () => ({ connect: { host: 'no.invalid', port: 5678 } }),
      "check 'connect'",
    ],
    ['to a port that is none', () => ({ connect: { port: 'here' } }), "'port' from 1 to 65535"],
    ['to a process that is none', () => ({ processId: 'it' }), 'whole number'],
    ['to nothing', () => ({}), 'Say what to attach to'],
  ];

  test.each(refused)('%s says what to do, and the session can try again', async (_, args, sentence) => {
    const session = await connect('x = 1  #@ here');
    const attach = session.editor.request('attach', { cwd: session.folder, ...args(session) });
    await expect(attach).rejects.toThrow(sentence);

    await session.begin('launch', { program: session.file }, { breakpoints: ['here'] });
    expect(await session.stopped()).toBe('breakpoint: here');
    expect(await session.end()).toBe(0);
  });
});

/** Attaches to a file with this content. */
function madeOf(content: string | (() => Uint8Array)) {
  return ({ folder }: Session): Record<string, unknown> => {
    const recording = join(folder, 'made.xrec');
    writeFileSync(recording, typeof content === 'string' ? content : content());
    return { recording };
  };
}

function newerRecording(): Uint8Array {
  execorder(['record', '-o', others.file('it.xrec'), '-c', 'x = 1']);
  return withNewerFormat(readFileSync(others.file('it.xrec')));
}

test('where no program waits, the sentence says how to start one', async () => {
  const session = await connect();

  await expect(session.editor.request('attach', { connect: { port: 1 } })).rejects.toThrow(
    "start one with 'python -m execorder --listen 1 …'",
  );
});
