import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { execorder, Folder } from '../support/execorder';

const folder = new Folder();
const program = folder.write(
  'account.py',
  `
    class Account:
        def __init__(self, owner):
            self.owner = owner
            self.log = []

        def add(self, amount):
            self.log.append(amount)
            return sum(self.log)

    def amounts(n):
        for i in range(n):
            yield i * i

    account = Account('ann' * 20)
    copy = account.log
    seen = {}
    for amount in amounts(40):
        seen[amount] = account.add(amount)
    text = 'x' * 50
    for letter in 'abcdef':
        text += letter
    print('done', text)
  `,
);
const recording = folder.file('account.xrec');

beforeAll(() => {
  expect(execorder(['record', '-o', recording, program]).status).toBe(0);
});

/** The state without the number of its step. */
function state(file: string, step: number): unknown {
  const exact = JSON.parse(execorder(['state', file, String(step), '--json']).stdout) as { step?: number };
  delete exact.step;
  return exact;
}

function steps(file: string): number {
  return (JSON.parse(execorder(['info', file, '--json']).stdout) as { steps: number }).steps;
}

test('check finds nothing wrong with what was just recorded', () => {
  const { status, stdout } = execorder(['check', recording]);
  expect(stdout).toMatch(/^\d+ steps in \d+ chunks? and 0 index blocks\n[\s\S]*\ncomplete\nno problems\n$/);
  expect(status).toBe(0);
});

test('check says what is wrong with a damaged recording, and its exit code tells', () => {
  const bytes = readFileSync(recording);
  bytes[6000]! ^= 0x20;
  const damaged = folder.write('damaged.xrec', bytes);
  const { status, stdout } = execorder(['check', damaged]);
  expect(stdout).toMatch(/^problem: .+/m);
  expect(stdout).toMatch(/^\d+ problems$/m);
  expect(status).toBe(1);
});

test('trim keeps the states of its steps, which count from 0', () => {
  const part = folder.file('part.xrec');
  const last = steps(recording) - 1;
  const first = 60;
  const { status, stderr } = execorder(['trim', recording, '--from', '60', '--to', String(last), '-o', part]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(execorder(['check', part]).status).toBe(0);
  expect(steps(part)).toBe(last - first + 1);
  expect(statSync(part).size).toBeLessThan(statSync(recording).size);
  for (const step of [first, first + 1, first + 17, 140, last - 1, last]) {
    expect(state(part, step - first)).toEqual(state(recording, step));
  }
});

test('trim refuses steps that are not there', () => {
  const out = folder.file('never.xrec');
  const beyond = execorder(['trim', recording, '--to', '99999', '-o', out]);
  expect(beyond.status).toBe(1);
  expect(beyond.stderr).toMatch(/has the steps 0 to \d+: there is no step 99999\./);
  expect(execorder(['trim', recording, '--from', '9', '--to', '3', '-o', out]).status).toBe(2);
  expect(execorder(['trim', recording]).stderr).toContain('Say where to write it with -o OUT.');
});

test('compact writes the recording anew in its place, and all states stay', () => {
  const compacted = folder.write('compacted.xrec', readFileSync(recording));
  expect(execorder(['compact', compacted]).stdout).toMatch(/^[\d,]+ bytes became [\d,]+\n$/);
  expect(execorder(['check', compacted]).status).toBe(0);
  for (const step of [0, 50, steps(recording) - 1]) {
    expect(state(compacted, step)).toEqual(state(recording, step));
  }
});

test('a recording that was cut off becomes a complete one', () => {
  const whole = readFileSync(recording);
  const cut = folder.write('cut.xrec', whole.subarray(0, whole.length - 40));
  expect(execorder(['compact', cut, '-o', folder.file('mended.xrec')]).status).toBe(0);
  expect(execorder(['check', folder.file('mended.xrec')]).stdout).toContain('complete\nno problems');
});

test('what the tools write is for its owner only, whatever the umask', () => {
  const out = folder.file('private.xrec');
  writeFileSync(out, 'an older file');
  expect(execorder(['compact', recording, '-o', out]).status).toBe(0);
  expect(statSync(out).mode & 0o777).toBe(0o600);
});

test.each(['check', 'trim', 'compact', 'redact'])('%s explains a file that is no recording', (command) => {
  const text = folder.write('text.txt', 'no recording');
  const words = { redact: ['--names', 'x', '-o', folder.file('o')], trim: ['-o', folder.file('o')] };
  const rest = command in words ? words[command as keyof typeof words] : [];
  const { status, stderr } = execorder([command, text, ...rest]);
  expect(status).toBe(1);
  expect(stderr).toContain('text.txt is not a recording');
});
