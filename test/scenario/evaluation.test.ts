import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { pythons } from '../support/pythons';
import { connect, debug, texts } from './driver';

const PROGRAM = `
  class Account:
      def __init__(self):
          self.balance = 5
      @property
      def doubled(self):
          return self.balance * 2
  def work(factor):
      account = Account()         #@ start
      account.balance *= factor
      return account.balance      #@ here
  print(work(3))
  print('over')                   #@ over
`;

describe.each(pythons())('on Python $version', (python) => {
  test('at the newest step, expressions run in the living program', async () => {
    const session = await debug(PROGRAM, { python, breakpoints: ['here'] });
    await session.stopped();

    expect(await session.evaluate('account.doubled')).toBe('30');
    expect(await session.evaluate('[n * factor for n in range(3)]')).toBe('[0, 3, 6]');
    await expect(session.evaluate('1 / 0', 'repl')).rejects.toThrow('ZeroDivisionError');
    await session.evaluate('account.balance = 100', 'repl');
    expect(await session.evaluate('account.balance')).toBe('100');
    await session.go('next');
    expect(session.editor.printed).toBe('100\n');
  });

  test('the console takes definitions and several statements, also indented ones', async () => {
    const session = await debug(PROGRAM, { python, breakpoints: ['over'] });
    await session.stopped();
    const say = async (text: string): Promise<string> => session.evaluate(text, 'repl');

    await say('def triple(n): return n * 3');
    expect(await say('triple(work(1))')).toBe('15');
    await say('    first = 1\n    second = first + 1\n    for n in range(2):\n        second += n\n');
    expect(await say('second')).toBe('3');
    await expect(say('def (')).rejects.toThrow('SyntaxError');
  });

  test.each(['while True: pass', '__import__("time").sleep(60)'])(
    'what the living program evaluates without end is interrupted when it is cancelled: %s',
    async (expression) => {
      const program = `${PROGRAM}  import signal; print(repr(signal.getsignal(signal.SIGURG)))\n`;
      const session = await debug(program, { python, breakpoints: ['over'] });
      await session.stopped();
      const frameId = (await session.frames())[0]!['id'];
      const seq = session.editor.send('evaluate', { expression, frameId, context: 'repl' });
      await new Promise((resolve) => setTimeout(resolve, 300));
      await session.editor.request('cancel', { requestId: seq });

      expect(await session.evaluate('6 * 7 + len("x")', 'repl')).toBe('43');
      const answer = session.editor.received.find((message) => message['request_seq'] === seq);
      expect(answer).toMatchObject({ success: false, message: 'cancelled' });
      expect(await session.go('continue')).toMatch(/^End of recording \(exit code 0\)/);
      expect(session.editor.printed).toMatch(/SIG_DFL/);
    },
  );

  test('in the past, what was recorded is evaluated, and the rest says why it is not', async () => {
    const session = await debug(PROGRAM, { python, breakpoints: ['here'] });
    await session.stopped();
    await session.go('stepBack');

    expect(await session.evaluate('account.balance')).toBe('5');
    expect(await session.evaluate('account.balance * factor > 10')).toBe('True');
    expect(await session.evaluate('account.doubled')).toBe('10');
    expect(await session.evaluate('[n * account.balance for n in range(factor)]')).toBe('[0, 5, 10]');
    expect(await session.evaluate('max(factor, 7)', 'repl')).toBe('7');
    expect(await session.evaluate('account.__init__() or vars(account)', 'repl')).toBe("{'balance': 5}");
    expect(await session.evaluate('setattr(account, "balance", 1) or account.balance', 'repl')).toBe('1');
    expect(await session.evaluate('account.balance')).toBe('5');
    await expect(session.evaluate('factor = 4', 'repl')).rejects.toThrow("The past can't be changed");
    await expect(session.evaluate('1 // (factor - 3)', 'repl')).rejects.toThrow('ZeroDivisionError');
    await expect(session.evaluate('nothing')).rejects.toThrow("NameError: name 'nothing' is not defined");
  });

  test('once a watch has changed the program, what is asked next sees it; one that only looks changes nothing', async () => {
    const source = `
      class Basket:
          def __init__(self):
              self.fruit = ['pear']
          def size(self):
              return len(self.fruit)
          def take(self):
              return self.fruit.pop()
      count = 1
      def bump():
          global count
          count += 1
          return count
      def work(basket):
          other = 0
          print(other, count)     #@ here
          return basket           #@ after
      work(Basket())
    `;
    const session = await debug(source, { python, breakpoints: ['here'] });
    await session.stopped();
    const [frame] = await session.frames();
    const opens = async (expression: string): Promise<boolean> => {
      const asked = { expression, frameId: frame!['id'], context: 'watch' };
      return (await session.editor.request('evaluate', asked))['variablesReference'] !== 0;
    };
    expect(await session.evaluate('basket.size()')).toBe('1');
    expect(await opens('basket.fruit')).toBe(true);

    expect(await session.evaluate('basket.take()', 'hover')).toBe("'pear'");
    expect(await session.evaluate('basket.fruit')).toBe('[]');
    expect(await opens('basket.fruit')).toBe(false);
    await session.go('next');
    expect(await session.evaluate('basket.fruit')).toBe('[]');
    await expect(session.evaluate('(basket.fruit.append("fig"), 1 // 0)')).rejects.toThrow(
      'ZeroDivisionError',
    );
    expect(await session.evaluate('basket.fruit')).toBe("['fig']");
    expect(await session.evaluate('count')).toBe('1');
    expect(await session.evaluate('bump()')).toBe('2');
    expect(await session.evaluate('count')).toBe('2');
    await session.go('stepBack');
    expect([await session.evaluate('basket.fruit'), await session.evaluate('count')]).toEqual([
      "['pear']",
      '1',
    ]);
  });

  test('what is evaluated in the past leaves nothing behind, neither a file nor a note', async () => {
    const recording = 'it.xrec';
    const session = await debug(PROGRAM, { python, breakpoints: ['over'], launch: { recording } });
    await session.stopped();
    await session.go('stepBack');
    expect(await session.evaluate('len(str(work))')).toMatch(/^\d+$/);
    await session.go('continue');
    expect(readdirSync(session.folder).filter((name) => name.endsWith('.xrec'))).toEqual([recording]);
    expect(readFileSync(join(session.folder, recording)).includes('child.1')).toBe(false);
  });

  test('what was changed by hand is shown at once, and so is what was in it', async () => {
    const session = await debug(
      `
      def work(n):
          box = {'n': 1, 'list': [1, 2]}
          return box, n                 #@ here
      work(2)
      `,
      { python, breakpoints: ['here'] },
    );
    await session.stopped();
    const { variablesReference } = await session.scope(0, 'Locals');
    const set = await session.editor.request('setVariable', { variablesReference, name: 'n', value: '[5]' });
    expect(set).toEqual({ value: '[5]', type: 'list', variablesReference: 0 });
    expect(await session.locals()).toEqual({ box: "{'n': 1, 'list': [1, 2]}", n: '[5]' });
    await session.evaluate("box['n'] = 7; box['list'].append(3)", 'repl');
    const box = await session.variable('box');
    expect(box['value']).toBe("{'n': 7, 'list': [1, 2, 3]}");
    expect(texts(await session.children(box))).toMatchObject({ "'n'": '7', "'list'": '[1, 2, 3]' });
  });

  test('a variable can be set at the newest step only', async () => {
    const session = await debug(PROGRAM, { python, breakpoints: ['here'] });
    await session.stopped();
    const { variablesReference } = await session.scope(0, 'Locals');
    const change = { variablesReference, name: 'factor', value: '7 * 6' };
    expect(await session.editor.request('setVariable', change)).toMatchObject({ value: '42', type: 'int' });
    expect(await session.evaluate('factor')).toBe('42');
    const account = await session.variable('account');
    const balance = { variablesReference: account['variablesReference'], name: 'balance', value: '1000' };
    expect(await session.editor.request('setVariable', balance)).toMatchObject({ value: '1000' });

    await session.go('stepBack');
    const past = { ...change, variablesReference: (await session.scope(0, 'Locals'))['variablesReference'] };
    await expect(session.editor.request('setVariable', past)).rejects.toThrow("The past can't be changed");
    await session.setBreakpoints('over');
    expect(await session.go('continue')).toBe('breakpoint: over');
    expect(session.editor.printed).toBe('1000\n');
  });
});

test('a watch or hover that fails is no message to the user, a failed line of the console is', async () => {
  const session = await debug(PROGRAM, { breakpoints: ['here'] });
  await session.stopped();
  for (const context of ['watch', 'hover', 'repl']) {
    await session.evaluate('nothing', context).catch(() => undefined);
  }
  const shown = session.editor.received
    .filter(({ success }) => success === false)
    .map(({ body }) => (body as { error: { showUser: boolean } }).error.showUser);

  expect(shown).toEqual([false, false, true]);
});

test('an expression gives the same object that the variables show', async () => {
  const session = await debug(PROGRAM, { breakpoints: ['here'] });
  await session.stopped();
  const account = await session.variable('account');
  const [frame] = await session.frames();
  const result = await session.editor.request('evaluate', { expression: 'account', frameId: frame!['id'] });

  expect(result['variablesReference']).toBe(account['variablesReference']);
});

test('words in the console go back where an editor has no button for it', async () => {
  const session = await debug(PROGRAM, { breakpoints: ['here'] });
  await session.stopped();
  const say = async (expression: string): Promise<string> => {
    await session.editor.request('evaluate', { expression, context: 'repl' });
    return session.stopped();
  };

  expect(await say('.back')).toBe('step: account.balance *= factor');
  expect(await say('.back')).toBe('step: start');
  expect(await say('.out-back')).toBe('step: print(work(3))');
  expect(await say('.rc')).toBe('entry: class Account:');
  const kinds = session.editor.received.map(({ event }) => event).filter((event) => event !== 'output');
  expect(kinds.filter((event) => event === 'continued' || event === 'stopped').slice(1, 3)).toEqual([
    'continued',
    'stopped',
  ]);
  expect(await session.evaluate('.help', 'repl')).toContain('.rc');
  await expect(session.evaluate('.nonsense', 'repl')).rejects.toThrow("'.help' lists them");
});

test('functions that are called in the past see the variables of their module as they were, and change nothing', async () => {
  const session = await debug(
    `
    count = 1
    seen = []
    def bump(by):
        global count
        count += by
        seen.append(count)
        return count
    bump(1)                 #@ first
    bump(10)                #@ second
    print(count, seen)      #@ here
    `,
    { breakpoints: ['here'] },
  );
  await session.stopped();
  await session.go('stepBack');
  expect(await session.evaluate('bump(100), seen')).toBe('(102, [2, 102])');
  expect(await session.evaluate('print("hi") or len(seen)', 'repl')).toBe('hi\n1');
  await session.go('stepBack');
  expect(await session.evaluate('bump(100), seen')).toBe('(101, [101])');
  await session.setBreakpoints();
  await session.go('continue');
  expect(session.editor.printed).toBe('12 [2, 12]\n');
});

test('a recording without its program evaluates with the builtins and with stand-ins', async () => {
  const source = `
    class Account:
        def __init__(self):
            self.balance = 5
    account = Account()
    prices = {'pear': 2, 'apple': 1}
    print('over')           #@ here
  `;
  const folder = mkdtempSync(join(tmpdir(), 'execorder-past-'));
  const recording = join(folder, 'kept.xrec');
  const live = await debug(source, { breakpoints: ['here'], launch: { recording } });
  await live.stopped();
  await live.go('continue');
  await live.end();
  const session = await connect(source);
  await session.begin('attach', { recording });
  await session.stopped();
  await session.evaluate('.end', 'repl');
  await session.stopped();

  expect(await session.evaluate('sorted(prices, key=prices.get)')).toBe("['apple', 'pear']");
  expect(await session.evaluate('account.balance ** 2')).toBe('25');
  expect(await session.evaluate('f"{account.balance:>4}"')).toBe("'   5'");
  await expect(session.evaluate('prices["plum"].x', 'repl')).rejects.toThrow('KeyError');
  rmSync(folder, { recursive: true });
});

test('an expression that takes long in the past is given up at once when its client cancels it', async () => {
  const session = await debug(
    `
    import time
    def slow():
        time.sleep(9)
        return 1
    x = 1           #@ here
    print('over')   #@ over
    `,
    { breakpoints: ['over'] },
  );
  await session.stopped();
  await session.go('stepBack');
  const frameId = (await session.frames())[0]!['id'];
  const before = Date.now();
  const seq = session.editor.send('evaluate', { expression: 'slow()', frameId, context: 'watch' });
  await session.editor.request('cancel', { requestId: seq });
  await session.editor.request('threads');
  const answer = session.editor.received.find((message) => message['request_seq'] === seq);

  expect(answer).toMatchObject({ success: false, message: 'cancelled' });
  expect(Date.now() - before).toBeLessThan(5000);
});

test('a watch of the living program that never ends is given up after a while', async () => {
  const session = await debug(PROGRAM, { breakpoints: ['over'] });
  await session.stopped();

  await expect(session.evaluate('[0 for _ in iter(int, 1)]')).rejects.toThrow(
    'TimeoutError: it took longer than 10 seconds',
  );
  expect(await session.evaluate('work(4)')).toBe('20');
});
