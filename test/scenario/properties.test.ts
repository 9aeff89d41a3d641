import type { Body } from '../../examples/editor';
import { pythons } from '../support/pythons';
import { debug, type Session } from './driver';

const PROGRAM = `
  calls = []

  class Doubled:
      def __get__(self, obj, owner):
          return obj.balance * 2

  class Base:
      shadowed = property(lambda self: 'of the base')
      plain = 5

      @property
      def name(self):
          calls.append('name')
          return 'account of %d' % self.balance

  class Account(Base):
      shadowed = 'no property'
      doubled = Doubled()

      def __init__(self, balance):
          self.balance = balance

      @property
      def broken(self):
          raise LookupError('no such thing')

      @property
      def parts(self):
          return [self.balance, self]

  class Empty:
      size = property(lambda self: 0)

  def look(account, empty):
      account.balance += 1    #@ before
      return account          #@ here

  look(Account(41), Empty())
  print(calls)                #@ last
`;

const properties = async (session: Session, name = 'account'): Promise<Body[]> => {
  const children = await session.children(await session.variable(name));
  return children.filter(({ presentationHint }) => (presentationHint as Body)['lazy'] === true);
};

async function valueOf(session: Session, name: string): Promise<Body> {
  const property = (await properties(session)).find((one) => one['name'] === name)!;
  const children = await session.children(property);
  expect(children.map((one) => one['name'])).toEqual([name]);
  return children[0]!;
}

test.each(pythons())(
  'on $version, a property is computed when a client asks, and not before',
  async (python) => {
    const session = await debug(PROGRAM, { breakpoints: ['here'], python });
    await session.stopped();

    expect(await properties(session)).toMatchObject(
      ['broken', 'doubled', 'name', 'parts'].map((name) => ({
        name,
        value: '',
        evaluateName: `account.${name}`,
        presentationHint: { kind: 'property', lazy: true },
      })),
    );
    expect((await properties(session, 'empty')).map(({ name }) => name)).toEqual(['size']);
    expect(await session.evaluate('calls.copy()', 'watch')).toBe('[]');
    expect(await valueOf(session, 'name')).toMatchObject({ value: "'account of 42'", type: 'str' });
    expect(await session.evaluate('calls.copy()', 'watch')).toBe("['name']");
    expect(await valueOf(session, 'doubled')).toMatchObject({ value: '84' });
    expect(await session.evaluate('account.doubled')).toBe('84');
    expect(await valueOf(session, 'broken')).toMatchObject({
      value: expect.stringContaining('LookupError: no such thing') as string,
      variablesReference: 0,
      presentationHint: { attributes: ['failedEvaluation', 'readOnly'] },
    });
  },
);

test('in the past a property is computed on copies, and the program notices nothing', async () => {
  const session = await debug(PROGRAM, { breakpoints: ['here', 'last'] });
  await session.stopped();
  await session.go('stepBack');

  expect(await valueOf(session, 'name')).toMatchObject({ value: "'account of 41'" });
  expect(await valueOf(session, 'doubled')).toMatchObject({ value: '82' });
  expect(await valueOf(session, 'parts')).toMatchObject({ type: 'list' });
  await session.go('continue');
  await session.go('continue');
  expect(await session.evaluate('calls.copy()')).toBe('[]');
});

test('properties of what is further down in the tree, and in frames further out, are computed as well', async () => {
  const session = await debug(
    `
    class Point:
        def __init__(self, x):
            self.x = x
        @property
        def half(self):
            return self.x / 2
    def inner(point):
        return point        #@ here
    def outer():
        points = {'a': [Point(8)]}
        return inner(Point(2))
    outer()
    `,
    { breakpoints: ['here'] },
  );
  await session.stopped();
  const open = async (body: Body, name: string): Promise<Body> =>
    (await session.children(body)).find((one) => one['name'] === name)!;
  const point = await open(await open(await open(await session.scope(1, 'Locals'), 'points'), "'a'"), '0');
  expect(await session.children(await open(point, 'half'))).toMatchObject([{ name: 'half', value: '4.0' }]);

  const frameId = (await session.frames())[0]?.['id'];
  const watched = await session.editor.request('evaluate', {
    expression: 'point',
    frameId,
    context: 'watch',
  });
  expect(await session.children(await open(watched, 'half'))).toMatchObject([{ name: 'half', value: '1.0' }]);
});
