import type { Body } from '../../examples/editor';
import { debug, type Session } from './driver';
import { pythons } from '../support/pythons';

const PROGRAM = `
    import contextlib

    class Item:
        pass

    @contextlib.contextmanager
    def opened(name, count=255, *rest, flag=None):
        local = name
        yield count                        #@ here

    with opened('ann', flag=[1]):
        pass
`;

async function framesOf(session: Session, args: Body = {}): Promise<Body[]> {
  const { stackFrames } = await session.editor.request('stackTrace', { threadId: 1, ...args });
  return stackFrames as Body[];
}

async function topName(session: Session, format: Body): Promise<unknown> {
  return (await framesOf(session, { format }))[0]!['name'];
}

test('a client says how frames are named', async () => {
  const session = await debug(PROGRAM, { breakpoints: ['here'] });
  await session.stopped();

  expect((await framesOf(session))[0]!['name']).toBe('opened');
  expect(await topName(session, { parameters: true })).toBe('opened(name, count, rest, flag)');
  const all = { parameters: true, parameterNames: true, parameterTypes: true, parameterValues: true };
  expect(await topName(session, { ...all, module: true, line: true })).toBe(
    "__main__.opened(name: str = 'ann', count: int = 255, rest: tuple = (), flag: list = [1]), line 9",
  );
  expect(await topName(session, { parameterValues: true, hex: true })).toBe("opened('ann', 0xff, (), [0x1])");
  expect(await topName(session, { parameterNames: true, parameterValues: true })).toBe(
    "opened(name='ann', count=255, rest=(), flag=[1])",
  );
  expect(await topName(session, { parameterTypes: true })).toBe('opened(str, int, tuple, list)');
  expect(await topName(session, { module: true })).toBe('__main__.opened');
});

test('frames of libraries are subtle', async () => {
  const session = await debug(PROGRAM, { breakpoints: ['here'], launch: { justMyCode: false } });
  await session.stopped();

  const frames = await framesOf(session, { format: { module: true } });
  expect(frames.map(({ name, presentationHint }) => [name, presentationHint])).toEqual([
    ['__main__.opened', undefined],
    ['contextlib.__enter__', 'subtle'],
    ['__main__.<module>', undefined],
  ]);
});

const CELLS = `
    def f(a, b, c, *rest, d, e, **more):
        local = 0
        def inner():
            return b, e
        inner()                            #@ here

    f(1, 2, 3, 4, 5, d=6, e=7, g=8)
`;

test.each(pythons())(
  'on $version, parameters stand as in the head of the function, those that inner functions use as well',
  async (python) => {
    const session = await debug(CELLS, { breakpoints: ['here'], python });
    await session.stopped();

    expect(await topName(session, { parameters: true })).toBe('f(a, b, c, rest, d, e, more)');
  },
);
