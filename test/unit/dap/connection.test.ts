import { PassThrough } from 'node:stream';

import { Answer, Connection, type Dispatch } from '../../../adapter/src/dap/connection';
import { Journal } from '../../../adapter/src/dap/journal';
import { framed, MessageReader } from '../../../adapter/src/dap/wire';
import { UserError } from '../../../adapter/src/errors';
import type { Message } from '../../../examples/editor';
import { faultsOf } from '../../scenario/schema';

/** Sends requests to a connection and answers what it says, once there are so many messages. */
async function converse(dispatch: Dispatch, requests: readonly object[], count: number): Promise<Message[]> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const connection = new Connection(
    (command, args, signal) => {
      if (command === 'cancel') {
        connection.cancel(2);
        return Promise.resolve(new Answer(undefined));
      }
      return dispatch(command, args, signal);
    },
    new Journal(() => undefined),
  );
  connection.start(input, output);
  const received: Message[] = [];
  await new Promise<void>((resolve, reject) => {
    const reader = new MessageReader(
      (message) => {
        received.push(message as Message);
        if (received.length === count) {
          resolve();
        }
      },
      (problem) => reject(new Error(problem)),
    );
    output.on('data', (piece: Buffer) => reader.read(piece));
    requests.forEach((request, index) =>
      input.write(framed({ type: 'request', seq: index + 1, ...request })),
    );
  });
  return received;
}

const greets: Dispatch = (command, _args, signal) => {
  if (command === 'initialize') {
    return Promise.resolve(new Answer({}));
  }
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
    if (command !== 'launch') {
      reject(command === 'evaluate' ? new UserError('no') : new TypeError('our own mistake'));
    }
  });
};

test('every failed response has the body that the protocol asks for', async () => {
  const commands = ['initialize', 'launch', 'evaluate', 'variables', 'cancel'];
  const received = await converse(
    greets,
    commands.map((command) => ({ command })),
    commands.length,
  );

  const failed = received.filter(({ success }) => success === false);
  expect(failed.map(({ command, message }) => [command, message])).toEqual(
    expect.arrayContaining([
      ['launch', 'cancelled'],
      ['evaluate', 'no'],
      ['variables', 'our own mistake'],
    ]),
  );
  expect(failed.every(({ body }) => typeof body === 'object')).toBe(true);
  expect(faultsOf(received)).toEqual([]);
});

test.each([
  ['response', { command: 'threads', success: true, body: { threads: [{ id: 'one' }] } }],
  ['response', { command: 'evaluate', success: false, message: 'no' }],
  ['event', { event: 'stopped', body: { threadId: 1 } }],
] as const)('a %s that is not as the protocol wants it is found', (type, rest) => {
  const initialize = {
    type: 'response',
    seq: 1,
    request_seq: 1,
    command: 'initialize',
    success: true,
  } as const;
  const faults = faultsOf([initialize, { type, seq: 2, request_seq: 2, ...rest }]);

  expect(faults).toHaveLength(1);
});

test('what a leaving client was just sending is answered before the end', async () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const connection = new Connection(
    () => Promise.resolve(new Answer(undefined, () => setImmediate(() => void connection.stop()))),
    new Journal(() => undefined),
  );
  const second = { type: 'request', seq: 2, command: 'disconnect' };
  const answered: unknown[] = [];
  const reader = new MessageReader(
    (message) => {
      answered.push((message as Message)['request_seq']);
      if (answered.length === 1) {
        setImmediate(() => setImmediate(() => input.write(framed(second))));
      }
    },
    () => undefined,
  );
  connection.start(input, output);
  input.write(framed({ type: 'request', seq: 1, command: 'disconnect' }));
  for await (const piece of output) {
    reader.read(piece as Buffer);
  }

  expect(answered).toEqual([1, 2]);
});
