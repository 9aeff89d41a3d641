/** Recordings as files: growing ones, those opened off the main thread, and bad ones. */

import { truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Recording } from 'execorder-native';
import { openRecording } from '../../../adapter/src/trace/recording-trace';
import { isTraceError } from '../../../adapter/src/trace/trace';
import { caught, nameOf } from './errors';
import { Samples } from './sample';

let samples: Samples;
let file: string;
let recording: Recording;

beforeAll(() => {
  samples = new Samples();
  file = samples.complete();
  recording = Recording.open(file);
});

afterAll(() => {
  recording.close();
  samples.remove();
});

describe('a recording that is still being written', () => {
  test('shows what is there, and the rest after a refresh', async () => {
    const living = await samples.living();
    const open = openRecording(living.file);

    expect(open.length).toBe(6);
    expect(open.refresh()).toBe(false);
    await living.finish();
    expect(open.length).toBe(6);
    await expect(open.findAsync(4, 'forward', { kinds: ['return'] })).resolves.toBeUndefined();
    expect(open.refresh()).toBe(true);
    expect(open.length).toBe(12);
    await expect(open.findAsync(4, 'forward', { kinds: ['return'] })).resolves.toBe(7);
    open.close();
  });
});

test('a recording that was let rest shows nothing new before it is refreshed', async () => {
  const living = await samples.living();
  const open = openRecording(living.file);
  open.rest();
  await living.finish();
  expect(open.step(5)).toEqual(recording.step(5));
  expect(open.length).toBe(6);
  expect(open.find(4, 'forward', { kinds: ['return'] })).toBeUndefined();
  await expect(open.findAsync(4, 'forward', { kinds: ['return'] })).resolves.toBeUndefined();
  open.rest();
  expect(open.refresh()).toBe(true);
  expect(open.refresh()).toBe(false);
  expect(open.length).toBe(12);
  open.close();
  expect(() => open.rest()).toThrow('closed');
});

describe('a recording opened off the main thread', () => {
  test('answers as any other', async () => {
    const open = await Recording.openAsync(file);
    expect(open.length).toBe(recording.length);
    expect(open.step(5)).toEqual(recording.step(5));
    expect(open.refresh()).toBe(false);
    await expect(open.findAsync(-1, 'forward', { kinds: ['return'] })).resolves.toBe(7);
    open.close();
    expect(() => open.length).toThrow('closed');
  });

  test('what is wrong with the file rejects', async () => {
    const missing = path.join(samples.folder, 'missing.xrec');
    await expect(Recording.openAsync(missing)).rejects.toMatchObject({
      code: 'EXECORDER_IO',
      message: expect.stringMatching(/missing\.xrec: .*No such file/) as string,
    });
    expect(nameOf(() => Recording.openAsync(3 as never))).toBe('TypeError');
  });
});

describe('bad files', () => {
  function codeOf(path: string): unknown {
    const error = caught(() => Recording.open(path));
    return isTraceError(error) ? error.code : error;
  }

  test('a missing file is told with the reason of the system and its path', () => {
    const missing = path.join(samples.folder, 'missing.xrec');

    expect(codeOf(missing)).toBe('EXECORDER_IO');
    expect(() => Recording.open(missing)).toThrow(/missing\.xrec: .*No such file/);
  });

  test('another file is no recording', () => {
    const other = path.join(samples.folder, 'other.xrec');
    writeFileSync(other, 'import this\n'.repeat(1000));

    expect(codeOf(other)).toBe('EXECORDER_NOT_A_RECORDING');
  });

  test('a recording that was cut off opens with what is whole', () => {
    const cut = samples.complete();
    truncateSync(cut, 4096 + 600);
    const open = Recording.open(cut);

    expect(open.info().complete).toBe(false);
    expect(open.length).toBeLessThan(12);
    open.close();
  });

  test('a closed recording answers nothing, and can be closed again', async () => {
    const open = Recording.open(file);
    open.close();
    open.close();

    expect(
      isTraceError(
        caught(() => open.step(0)),
        'EXECORDER_CLOSED',
      ),
    ).toBe(true);
    expect(
      isTraceError(
        caught(() => open.length),
        'EXECORDER_CLOSED',
      ),
    ).toBe(true);
    await expect(Promise.resolve().then(() => open.findAsync(0, 'forward', {}))).rejects.toMatchObject({
      code: 'EXECORDER_CLOSED',
    });
  });

  test('a recording is opened by its path only', () => {
    expect(nameOf(() => Recording.open(undefined as never))).toBe('TypeError');
    expect(nameOf(() => Recording.open('a\0b'))).toBe('TypeError');
  });
});
