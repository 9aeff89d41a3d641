import { statSync } from 'node:fs';
import { execorder, Folder } from '../support/execorder';
import { connect } from './driver';

const LIMIT = 1_500_000;

const PROGRAM = `
    import os, sys, threading

    class Account:
        def __init__(self, owner):
            self.owner = owner
            self.log = []
            self.total = 0

        def add(self, amount):
            self.log.append(amount)
            self.total += amount
            if len(self.log) > 20:
                del self.log[0]
            return self.total

    def amounts(n):
        seen = set()
        for i in range(n):
            seen.add(i % 50)
            yield i % 7

    def work(account, n):
        texts = {}
        for amount in amounts(n):
            total = account.add(amount)
            texts[amount] = account.owner + str(total)
        return texts

    accounts = [Account('Zannibald'), Account('password of bob')]
    thread = threading.Thread(target=work, args=(accounts[1], 9000))
    thread.start()
    texts = work(accounts[0], 9000)
    thread.join()
    print('done')
    if 'killed' in sys.argv:
        os.kill(os.getpid(), 9)
    result = sorted(texts)
`;

interface Info {
  readonly steps: number;
  readonly firstStep: number;
}

const folder = new Folder();
const program = folder.write('bounded.py', PROGRAM);

function infoOf(file: string): Info {
  return JSON.parse(execorder(['info', file, '--json']).stdout) as Info;
}

function stateOf(file: string, step: number): string {
  const { status, stdout } = execorder(['state', file, String(step), '--json']);
  expect(status).toBe(0);
  return stdout.replace(/"step": \d+/, '');
}

function sound(file: string): void {
  expect(execorder(['check', file]).stdout).toMatch(/\nno problems\n$/);
}

describe.each(['to its end', 'killed'])('a bounded recording that ran %s', (ending) => {
  const recording = folder.file(`bounded ${ending}.xrec`);
  const copy = folder.file(`copy ${ending}.xrec`);
  let info: Info;
  let steps: number[];

  beforeAll(() => {
    execorder(['record', '--max-size', '1.5MB', '-o', recording, program, ending]);
    info = infoOf(recording);
    const some = [0, 1, 2, 1000, 5000].map((after) => info.firstStep + after);
    steps = [...some, info.steps - 500, info.steps - 1];
  });

  test('keeps the newest part, and nothing is wrong with it', () => {
    expect(info.firstStep).toBeGreaterThan(1000);
    expect(statSync(recording).blocks * 512).toBeLessThan(LIMIT * 1.2);
    sound(recording);
    const { status, stderr } = execorder(['state', recording, '5']);
    expect(status).toBe(1);
    expect(stderr).toContain(String(info.firstStep));
  });

  test('compact keeps every state', () => {
    expect(execorder(['compact', recording, '-o', copy])).toMatchObject({ status: 0, stderr: '' });
    sound(copy);
    expect(infoOf(copy)).toMatchObject({ steps: info.steps, firstStep: info.firstStep });
    expect(steps.map((step) => stateOf(copy, step))).toEqual(steps.map((step) => stateOf(recording, step)));
  });

  test('trim takes a part of what is there', () => {
    const first = info.firstStep + 10;
    const last = info.steps - 1;
    const part = folder.file(`part ${ending}.xrec`);
    const words = ['trim', recording, '--from', String(first), '--to', String(last), '-o', part];
    expect(execorder(words)).toMatchObject({ status: 0, stderr: '' });
    sound(part);
    for (const step of steps.filter((one) => one >= first)) {
      expect(stateOf(part, step - first)).toBe(stateOf(recording, step));
    }
    const early = execorder(['trim', recording, '--from', '5', '--to', '50', '-o', folder.file('no.xrec')]);
    expect(early.status).toBe(1);
    expect(early.stderr).toContain(String(info.firstStep));
  });

  test('redact leaves nothing of the secret', () => {
    const safe = folder.file(`safe ${ending}.xrec`);
    expect(execorder(['redact', recording, '--names', 'owner', '-o', safe]).status).toBe(0);
    sound(safe);
    const last = stateOf(safe, info.steps - 1);
    expect(last).not.toContain('Zannibald');
    expect(last).not.toContain('of bob');
  });

  test('a debugger goes back to where it begins, and no further', async () => {
    const session = await connect(PROGRAM);
    await session.begin('attach', { recording });
    await session.stopped();
    session.editor.send('reverseContinue', { threadId: 1 });
    await session.stopped();
    const { stackFrames } = await session.editor.request('stackTrace', { threadId: 1 });
    expect(stackFrames).not.toHaveLength(0);
    expect(await session.evaluate('accounts[0].owner', 'repl')).toBe("'Zannibald'");
    session.editor.send('stepBack', { threadId: 1 });
    expect(await session.stopped()).toMatch(/^entry: /);
    const where = /^'?step (\d+) of (\d+) … /.exec(await session.evaluate('.where', 'repl'));
    expect(Number(where?.[2])).toBe(info.firstStep);
    expect(Number(where?.[1])).toBeGreaterThanOrEqual(info.firstStep);
    expect(await session.evaluate('.goto 5', 'repl').catch(String)).toContain(`from ${info.firstStep} to`);
    session.editor.send('goto', { threadId: 1, targetId: info.steps });
    await session.stopped();
    expect(await session.evaluate('.who accounts', 'repl').catch(String)).toContain('are kept');
    expect(await session.evaluate('.who accounts[0].total', 'repl')).toContain('self.total += amount');
    expect(await session.evaluate('.history accounts[0].total', 'repl')).toContain('self.total += amount');
  });
});
