import { writeFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { execorder } from '../support/execorder';
import { connect, list, type Session } from './driver';

const PROGRAM = `
  def greet(name):
      words = ['hello', name]     #@ inside
      print(*words)
      return words
  for name in ('Ann', 'Bob'):
      greet(name)                 #@ call
  print('bye')                    #@ last
`;

/** Records the program from the shell, and connects an editor that knows its marks. */
async function recorded(): Promise<{ session: Session; recording: string }> {
  const session = await connect(PROGRAM);
  const recording = join(session.folder, 'run.xrec');
  const { status, stderr } = execorder(['record', '-o', recording, session.file]);
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return { session, recording };
}

test('a recording without its program can be travelled through in both directions', async () => {
  const { session, recording } = await recorded();
  await session.begin('launch', { recording }, { breakpoints: ['inside'] });
  expect(await session.stopped()).toBe('entry: def greet(name):');
  expect(await session.goTimes('continue', 2)).toEqual(['breakpoint: inside', 'breakpoint: inside']);
  expect(await session.locals()).toEqual({ name: "'Bob'" });
  expect(await session.go('continue')).toBe('End of recording: last');
  expect(await session.goTimes('reverseContinue', 2)).toEqual(['breakpoint: inside', 'breakpoint: inside']);
  expect(await session.locals()).toEqual({ name: "'Ann'" });
  expect(await session.go('stepBack')).toBe('step: call');
  expect(await session.go('reverseContinue')).toBe('entry: def greet(name):');
});

test('a recording is opened at the step that a link names', async () => {
  const { session, recording } = await recorded();
  await session.begin('attach', { recording, step: 8 });
  expect(await session.stopped()).toMatch(/^goto: /);
  expect(await session.go('stepBack')).toMatch(/^step: /);
});

test('what the program printed appears once, as it is first passed', async () => {
  const { session, recording } = await recorded();
  await session.begin('attach', { recording }, { breakpoints: ['call', 'last'] });
  await session.stopped();
  const printed = [session.editor.printed];
  for (const move of ['continue', 'continue', 'reverseContinue', 'continue', 'continue', 'continue']) {
    await session.go(move);
    printed.push(session.editor.printed);
  }
  expect(printed).toEqual([
    '',
    '',
    'hello Ann\n',
    'hello Ann\n',
    'hello Ann\n',
    'hello Ann\nhello Bob\n',
    'hello Ann\nhello Bob\nbye\n',
  ]);
});

test('a file that is no longer as it was is shown from the recording', async () => {
  const { session, recording } = await recorded();
  writeFileSync(session.file, 'something = "else"\n');
  await session.begin('attach', { recording });
  await session.stopped();
  const [frame] = await session.frames();
  const source = frame!['source'] as { sourceReference: number };
  const { content } = await session.editor.request('source', {
    source,
    sourceReference: source.sourceReference,
  });

  expect(content).toContain("words = ['hello', name]");
  const sources = list(await session.editor.request('loadedSources'), 'sources');
  expect(sources).toContainEqual(source);
});

test('a file that is still there is shown from the disk', async () => {
  const { session, recording } = await recorded();
  await session.begin('attach', { recording });
  await session.stopped();
  const [frame] = await session.frames();

  expect(frame!['source']).toEqual({ name: 'prog.py', path: session.file });
});

test('a breakpoint in code that never ran stays where it is, and says so', async () => {
  const session = await connect(`
    def never():
        x = 1       #@ never
        return x
    # nothing       #@ comment
    y = 2           #@ ran
  `);
  const recording = join(session.folder, 'run.xrec');
  execorder(['record', '-o', recording, session.file]);
  await session.begin('attach', { recording });
  await session.stopped();

  expect(await session.setBreakpoints('never', 'comment', 'ran')).toEqual([
    'This line did not run in this recording.',
    'ran',
    'ran',
  ]);
});

test('a client is told that nothing can be set', async () => {
  const { session, recording } = await recorded();
  await session.begin('attach', { recording });

  expect(await session.editor.request('threads')).toHaveProperty('threads');
  const told = session.editor.received.find(({ event }) => event === 'capabilities');
  expect(told).toMatchObject({ body: { capabilities: { supportsSetVariable: false } } });
});

test('expressions are evaluated as of then, and the past can not be changed', async () => {
  const { session, recording } = await recorded();
  await session.begin('attach', { recording }, { breakpoints: ['inside'] });
  await session.stopped();
  await session.goTimes('continue', 2);
  await session.go('next');

  expect(await session.evaluate('words[1]')).toBe("'Bob'");
  expect(await session.evaluate('len(words) == 2 and name in words')).toBe('True');
  expect(await session.evaluate('words.copy()')).toBe("['hello', 'Bob']");
  await expect(session.evaluate('words = 1')).rejects.toThrow("can't be changed");
  const { variablesReference } = await session.scope(0, 'Locals');
  const change = session.editor.request('setVariable', { variablesReference, name: 'name', value: '1' });
  await expect(change).rejects.toThrow("The past can't be changed");
});

test.each([
  ['nothing', ''],
  ['a text', 'print("hello")\n'.repeat(100)],
  ['zeros', '\0'.repeat(5000)],
])('a file that is no recording but %s is refused with one sentence', async (_, content) => {
  const session = await connect();
  const recording = join(session.folder, 'no.xrec');
  writeFileSync(recording, content);

  await expect(session.editor.request('attach', { recording })).rejects.toThrow('is not a recording');
});

test('a recording whose program is gone needs no Python at all', async () => {
  const { session, recording } = await recorded();
  rmSync(session.file);
  await session.begin('attach', { recording, python: '/no/such/python' }, { breakpoints: ['inside'] });
  await session.stopped();

  expect(await session.go('continue')).toBe('breakpoint: inside');
});
