import type { Body } from '../../examples/editor';
import { debug, list, texts, type Session } from './driver';

test('the bytes of bytes, bytearrays and arrays can be read by clients with a view of memory', async () => {
  const session = await debug(
    `
    import array
    raw = b'abcdef'
    grown = bytearray(b'xyz')
    numbers = array.array('h', [1, -2])
    text = 'no memory'
    grown += b'!'       #@ before
    done = True         #@ here
    `,
    { breakpoints: ['before', 'here'], client: { supportsMemoryReferences: true } },
  );
  await session.stopped();
  expect(await memory(session, 'grown')).toEqual([...Buffer.from('xyz')]);
  const stale = (await session.variable('grown'))['memoryReference'];
  await session.go('continue');

  expect(await memory(session, 'grown')).toEqual([...Buffer.from('xyz!')]);
  expect(await memory(session, 'numbers')).toEqual([1, 0, 0xfe, 0xff]);
  expect(await session.variable('text')).not.toHaveProperty('memoryReference');
  const { memoryReference } = await session.variable('raw');
  expect(await session.editor.request('readMemory', { memoryReference, offset: 2, count: 10 })).toEqual({
    address: '0x2',
    data: Buffer.from('cdef').toString('base64'),
    unreadableBytes: 6,
  });
  await expect(session.editor.request('readMemory', { memoryReference: stale, count: 1 })).rejects.toThrow(
    'a moment that was left',
  );
});

async function memory(session: Session, name: string): Promise<number[]> {
  const { memoryReference } = await session.variable(name);
  const { data } = await session.editor.request('readMemory', { memoryReference, offset: 0, count: 100 });
  return [...Buffer.from(String(data), 'base64')];
}

test('a variable leads to the line that wrote it, a function and a class to where they are defined', async () => {
  const session = await debug(
    `
    class Account:          #@ class
        pass
    def work(n):            #@ def
        n += 1              #@ write
        return n            #@ here
    chosen, kind = work, Account
    work(1)
    `,
    { breakpoints: ['here'] },
  );
  await session.stopped();
  expect(await lineBehind(session, await session.variable('n'), 'declarationLocationReference')).toBe(
    'write',
  );

  const globals = await session.children(await session.scope(0, 'Globals'));
  const groups = globals.filter(({ name }) => / variables$/.test(String(name)));
  const all = [...globals, ...(await Promise.all(groups.map((group) => session.children(group)))).flat()];
  const named = (wanted: string): Body => all.find(({ name }) => name === wanted)!;
  expect(await lineBehind(session, named('chosen'), 'valueLocationReference')).toBe('def');
  expect(await lineBehind(session, named('kind'), 'valueLocationReference')).toBe('class');
});

async function lineBehind(session: Session, variable: Body, reference: string): Promise<string> {
  const { line, source } = await session.editor.request('locations', {
    locationReference: variable[reference],
  });
  expect(source).toMatchObject({ name: 'prog.py' });
  return ['class', 'def', 'write', 'here'].find((mark) => session.lineOf(mark) === line) ?? String(line);
}

test('variables that changed since the cursor stood still before are marked, going on and going back', async () => {
  const session = await debug(
    `
    def work():
        total = 1
        items = [1]
        same = [2]
        total += 1          #@ here
        items.append(5)
        return total        #@ after
    work()
    `,
    { breakpoints: ['here', 'after'] },
  );
  await session.stopped();
  expect(await changed(session)).toEqual([]);
  await session.go('continue');
  expect(await changed(session)).toEqual(['items', 'total']);
  await session.go('reverseContinue');
  expect(await changed(session)).toEqual(['items', 'total']);
  await session.go('next');
  expect(await changed(session)).toEqual(['total']);
});

async function changed(session: Session): Promise<string[]> {
  const variables = await session.children(await session.scope(0, 'Locals'));
  const marked = variables.filter(({ presentationHint }) =>
    ((presentationHint as { attributes?: string[] }).attributes ?? []).includes('changed'),
  );
  return marked.map(({ name }) => String(name));
}

test('integers are written in base 16 for clients that want them so', async () => {
  const session = await debug(
    `
    n, negative, items = 255, -16, [10, 'x']
    done = True         #@ here
    `,
    { breakpoints: ['here'] },
  );
  await session.stopped();
  const { variablesReference } = await session.scope(0, 'Globals');
  const format = { hex: true };
  const shown = list(await session.editor.request('variables', { variablesReference, format }), 'variables');

  expect(texts(shown)).toMatchObject({ n: '0xff', negative: '-0x10', items: "[0xa, 'x']" });
  expect(await session.editor.request('evaluate', { expression: 'n + 1', format })).toMatchObject({
    result: '0x100',
  });
});

test('what a frame returns, and what it raises, are scopes of their own', async () => {
  const session = await debug(
    `
    def give():
        return 42           #@ returns
    def fail():
        raise KeyError('k') #@ raises
    give()
    try:
        fail()
    except KeyError:
        pass
    `,
    { exceptions: ['raised'] },
  );
  await session.stopped();
  expect(texts(await session.children(await session.scope(0, 'Exception')))).toEqual({
    '(exception)': "KeyError('k')",
  });
  await session.setBreakpoints('returns');
  expect(await session.go('reverseContinue')).toBe('breakpoint: returns');
  await session.editor.request('stepIn', { threadId: 1, granularity: 'instruction' });
  expect(await session.stopped()).toBe('step: returns');
  expect(texts(await session.children(await session.scope(0, 'Return value')))).toEqual({
    '(return) give': '42',
  });
  await session.editor.request('stepBack', { threadId: 1, granularity: 'instruction' });
  await session.stopped();
  await session.editor.request('stepBack', { threadId: 1, granularity: 'instruction' });
  expect(await session.stopped()).toBe('step: def give():');
});

test('an expression is set at the newest step, and refused in the past', async () => {
  const session = await debug(
    `
    def work():
        items = [1, 2]
        same = items        #@ first
        return items[1]     #@ here
    print(work())
    `,
    { breakpoints: ['first', 'here'] },
  );
  await session.stopped();
  await session.go('continue');
  const frameId = (await session.frames())[0]!['id'];
  const set = { expression: 'items[1]', value: '40 + 2', frameId };
  expect(await session.editor.request('setExpression', set)).toMatchObject({ value: '42', type: 'int' });
  expect(await session.evaluate('items')).toBe('[1, 42]');

  await session.go('stepBack');
  await expect(session.editor.request('setExpression', { expression: 'items', value: '[]' })).rejects.toThrow(
    "The past can't be changed",
  );
});
