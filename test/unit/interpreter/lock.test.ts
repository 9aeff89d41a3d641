import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withLock } from '../../../adapter/src/interpreter/lock';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'execorder-test-'));
  file = path.join(folder, 'a.lock');
});

afterEach(() => rmSync(folder, { recursive: true }));

test('two that want the same do it one after the other', async () => {
  const events: string[] = [];
  const work = (name: string) => async (): Promise<void> => {
    events.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    events.push(`${name} ends`);
  };
  await Promise.all([withLock(file, work('one')), withLock(file, work('two'))]);
  const [first] = events[0]!.split(' ');
  const second = first === 'one' ? 'two' : 'one';
  expect(events).toEqual([`${first} begins`, `${first} ends`, `${second} begins`, `${second} ends`]);
  expect(existsSync(file)).toBe(false);
});

test('the lock is let go when the work fails', async () => {
  await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(existsSync(file)).toBe(false);
});

test('a lock whose owner died is taken over', async () => {
  writeFileSync(file, '999999999');
  await expect(withLock(file, () => Promise.resolve('done'))).resolves.toBe('done');
});

test('a lock that a crash left empty is taken over', async () => {
  writeFileSync(file, '');
  utimesSync(file, 1, 1);
  await expect(withLock(file, () => Promise.resolve('done'))).resolves.toBe('done');
});

test('where no lock can be kept, nobody waits', async () => {
  await expect(withLock(path.join(file, 'no/such'), () => Promise.resolve('done'))).resolves.toBe('done');
});
