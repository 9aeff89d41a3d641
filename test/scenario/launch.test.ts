/** The attributes of a launch configuration, as a program feels them. */

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Body } from '../../examples/editor';
import { expectGone } from '../support/processes';
import { newestPython } from '../support/pythons';
import { connect, debug } from './driver';
import type { Session } from './driver';

/** Runs a program to its end and answers what it printed. */
async function printed(source: string, launch: Body): Promise<string> {
  const session = await debug(source, { launch: { stopAtEnd: false, ...launch } });
  await session.editor.event('terminated');
  return session.editor.printedOn('stdout');
}

test('arguments in one text go through the shell', async () => {
  const source = 'import sys; print(sys.argv[1:], file=sys.stderr); print(len(sys.argv))';
  const session = await debug(source, {
    launch: { args: `one "two words" $WORD 'a'b > out.txt`, env: { WORD: 'three' }, stopAtEnd: false },
  });
  await session.editor.event('terminated');

  expect(session.editor.printed).toBe("['one', 'two words', 'three', 'ab']\n");
  expect(readFileSync(join(session.folder, 'out.txt'), 'utf8')).toBe('5\n');
});

test('an interpreter may come with arguments of its own', async () => {
  const python = [newestPython().command, '-X', 'dev'];
  const source = 'import sys; print(sys.flags.dev_mode, sys.flags.bytes_warning)';

  expect(await printed(source, { python, pythonArgs: ['-b'] })).toBe('True 1\n');
});

test('false in the environment is the null of an editor that has none', async () => {
  const source = 'import os; print("GONE" in os.environ, os.environ["KEPT"])';

  expect(await printed(source, { env: { GONE: false, KEPT: '' } })).toBe('False \n');
});

test('a misspelt attribute is remarked on, and those that editors add are not', async () => {
  const session = await debug('x = 1', {
    launch: {
      stopOnEnty: true,
      colour: 1,
      __sessionId: 'x',
      django: true,
      name: 'n',
      'a-b': 1,
      stopAtEnd: false,
    },
  });
  await session.editor.event('terminated');

  expect(session.editor.printedOn('console')).toBe(
    "'stopOnEnty' is no attribute of a launch configuration: did you mean 'stopOnEntry'?\n" +
      "'colour' is no attribute of a launch configuration: it is ignored.\n",
  );
});

test('a program that ends itself is stopped for the exit codes that are asked for', async () => {
  const session = await debug(
    `
    import sys
    def leave(code):
        sys.exit(code)  #@ leaves
    leave(3)
    `,
    { launch: { breakOnSystemExit: [1, { from: 3, to: 100 }], stopAtEnd: false } },
  );

  expect(await session.stopped()).toBe('exception: leaves');
  await session.editor.request('continue', { threadId: 1 });
  expect(await session.editor.event('exited')).toEqual({ exitCode: 3 });
});

const LIBRARY = 'def double(n):\n    m = n\n    return m + n\n';

async function withLibrary(launch: Body): Promise<Session> {
  const session = await connect('import library\nx = library.double(2)  #@ here\n');
  mkdirSync(join(session.folder, 'lib'));
  writeFileSync(join(session.folder, 'lib', 'library.py'), LIBRARY);
  await session.begin(
    'launch',
    { program: session.file, env: { PYTHONPATH: 'lib' }, ...launch },
    { breakpoints: ['here'] },
  );
  await session.stopped();
  return session;
}

test('code that is left out is not stepped into, and code that is put in is', async () => {
  const all = await withLibrary({});
  await all.go('stepIn');
  expect(await all.stack()).toHaveLength(2);

  const none = await withLibrary({ exclude: ['lib'] });
  expect(await none.go('stepIn')).toMatch(/^End of recording/);

  const rules = [
    { module: 'library', include: true },
    { path: '**/lib/**', include: false },
  ];
  const ruled = await withLibrary({ rules });
  await ruled.go('stepIn');
  expect(await ruled.stack()).toHaveLength(2);
});

test('the standard library can be put in', async () => {
  const session = await debug('import bisect, textwrap\nx = textwrap.dedent("  a")  #@ here', {
    breakpoints: ['here'],
    launch: { include: ['**/textwrap.py'] },
  });
  await session.stopped();
  await session.go('stepIn');

  expect(await session.stack()).toHaveLength(2);
});

test('output that is not redirected is not shown', async () => {
  expect(await printed('print(1)', { redirectOutput: false })).toBe('');
});

test('a recording can be kept without a name, and one with a name can go', async () => {
  const session = await debug('x = 1', { launch: { preserveRecording: true, stopAtEnd: false } });
  await session.editor.event('terminated');
  expect(session.editor.printedOn('console')).toBe(
    `The recording is kept in ${join(session.folder, 'prog.xrec')}.\n`,
  );
  expect(existsSync(join(session.folder, 'prog.xrec'))).toBe(true);

  const other = await debug('x = 1', { launch: { recording: 'a.xrec', preserveRecording: false } });
  await other.stopped();
  expect(existsSync(join(other.folder, 'a.xrec'))).toBe(true);
  await other.editor.request('disconnect');
  await other.editor.exited;
  expect(existsSync(join(other.folder, 'a.xrec'))).toBe(false);
});

test('without debugging, nothing stops a program', async () => {
  const session = await debug('x = 1  #@ here\nprint(x)\nraise SystemExit(4)', {
    breakpoints: ['here'],
    launch: { noDebug: true },
  });

  expect(await session.editor.event('exited')).toEqual({ exitCode: 4 });
  expect(session.editor.printed).toBe('1\n');
});

const TALKER = `
  name = input('who? ')
  print('hello', name)
  done = True           #@ here
`;

/** A client's terminal: what is typed into it, and what it shows. */
class Terminal {
  shown = '';
  asked: Body = {};

  constructor(private readonly typed: string) {}

  readonly run = (command: string, args: Body): Body => {
    expect(command).toBe('runInTerminal');
    this.asked = args;
    const [program = '', ...words] = args['args'] as string[];
    const env = { ...process.env, ...(args['env'] as NodeJS.ProcessEnv) };
    const child = spawn(program, words, { cwd: String(args['cwd']), env, detached: true });
    child.stdout.on('data', (data) => (this.shown += String(data)));
    child.stderr.on('data', (data) => (this.shown += String(data)));
    child.stdin.end(this.typed);
    return { processId: child.pid };
  };
}

async function inTerminal(terminal: Terminal, launch: Body, client: Body): Promise<Session> {
  const session = await connect(TALKER);
  session.editor.onRequest = terminal.run;
  await session.initialize(client);
  await session.begin('launch', { program: session.file, ...launch }, { breakpoints: ['here'] });
  return session;
}

test.each([
  ['integratedTerminal', 'integrated'],
  ['externalTerminal', 'external'],
])('a program runs in the %s with its input', async (console, kind) => {
  const terminal = new Terminal('you\n');
  const session = await inTerminal(terminal, { console }, { supportsRunInTerminalRequest: true });

  expect(await session.stopped()).toBe('breakpoint: here');
  expect(terminal.asked).toMatchObject({ kind, cwd: session.folder });
  expect(terminal.shown).toBe('who? hello you\n');
  expect(await session.locals()).toMatchObject({ name: "'you'" });
  await session.go('continue');
  await session.editor.request('continue', { threadId: 1 });
  expect(session.editor.printed).toBe('');
});

test('a program in a terminal goes with its session', async () => {
  const terminal = new Terminal('you\n');
  const session = await inTerminal(
    terminal,
    { console: 'integratedTerminal', args: '"$HOME"', stopAtEnd: false },
    { supportsRunInTerminalRequest: true },
  );
  await session.stopped();
  const pid = Number(await session.evaluate('__import__("os").getpid()', 'repl'));
  await session.end();

  await expectGone(pid);
});

test('the exit code of a program in a terminal is told', async () => {
  const terminal = new Terminal('');
  const session = await connect('raise SystemExit(6)');
  session.editor.onRequest = terminal.run;
  await session.initialize({ supportsRunInTerminalRequest: true });
  await session.begin('launch', { program: session.file, console: 'integratedTerminal', stopAtEnd: false });

  expect(await session.editor.event('exited')).toEqual({ exitCode: 6 });
});

test('a terminal that the client refuses is an error of the launch', async () => {
  const session = await connect(TALKER);
  session.editor.onRequest = () => {
    throw new Error('no terminal today');
  };
  await session.initialize({ supportsRunInTerminalRequest: true });

  await expect(
    session.editor.request('launch', { program: session.file, console: 'integratedTerminal' }),
  ).rejects.toThrow("The editor refused 'runInTerminal': no terminal today.");
});

test('a client without terminals is told, and the program runs without input', async () => {
  const session = await inTerminal(new Terminal(''), { console: 'integratedTerminal' }, {});

  expect(await session.stopped()).toMatch(/^exception|^End of recording/);
  expect(session.editor.printedOn('console')).toContain("This editor can't run programs in a terminal");
});
