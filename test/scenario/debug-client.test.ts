import { DebugClient } from '@vscode/debugadapter-testsupport';
import { join } from 'node:path';
import type { Message } from '../../examples/editor';
import { Folder } from '../support/execorder';
import { pythons } from '../support/pythons';
import { faultsOf } from './schema';

/** The protocol's own test client drives the adapter: nothing of our drivers or of our idea of a client is involved. */

const ADAPTER = join(__dirname, '../../adapter/dist/cli/main.js');
const folder = new Folder();
const program = folder.write(
  'program.py',
  `
  def add(total, n):
      total += n
      return total

  total = 0
  for n in (1, 2, 3):
      total = add(total, n)
  print(total)
  raise ValueError(total)
  `,
);
const [python] = pythons();
let client: DebugClient;
let received: Message[];

/** Everything that the adapter sends, as the client takes it apart. */
function listen(): void {
  const inner = client as unknown as { dispatch: (body: string) => void };
  const dispatch = inner.dispatch.bind(client);
  received = [];
  inner.dispatch = (body): void => {
    received.push(JSON.parse(body) as Message);
    dispatch(body);
  };
}

beforeEach(async () => {
  // It starts a program with one argument: the shell makes two of it.
  const options = { env: process.env, cwd: folder.path, shell: true };
  client = new DebugClient('node', `"${ADAPTER}" dap`, 'execorder', options);
  client.defaultTimeout = 15_000;
  listen();
  await client.start();
});

afterEach(async () => {
  await client.stop();
  expect(received.length).toBeGreaterThan(3);
  expect(faultsOf(received)).toEqual([]);
});

const launch = { program, python: python!.command };

test('a breakpoint is hit, and time goes both ways', async () => {
  await client.hitBreakpoint(launch, { path: program, line: 2 });
  await client.setBreakpointsRequest({ source: { path: program }, breakpoints: [] });
  const thread = { threadId: 1 };

  await Promise.all([
    client.nextRequest(thread),
    client.assertStoppedLocation('step', { path: program, line: 3 }),
  ]);
  await Promise.all([
    client.stepBackRequest(thread),
    client.assertStoppedLocation('step', { path: program, line: 2 }),
  ]);
  await Promise.all([client.stepOutRequest(thread), client.assertStoppedLocation('step', { line: 6 })]);
  await Promise.all([
    client.reverseContinueRequest(thread),
    client.assertStoppedLocation('entry', { path: program, line: 1 }),
  ]);
});

test('what is printed and the exit code arrive', async () => {
  await Promise.all([
    client.configurationSequence(),
    client.launch({ ...launch, noDebug: false }),
    client.assertOutput('stdout', '6\n'),
  ]);
});

test('an uncaught exception stops the program where it is raised', async () => {
  const filters = { filters: ['uncaught'] };
  await Promise.all([
    client
      .waitForEvent('initialized')
      .then(() => client.setExceptionBreakpointsRequest(filters))
      .then(() => client.configurationDoneRequest()),
    client.launch(launch),
    client.assertStoppedLocation('exception', { path: program, line: 9 }),
  ]);
  const { body } = await client.exceptionInfoRequest({ threadId: 1 });
  expect(body).toMatchObject({ exceptionId: 'ValueError', description: '6' });
});
