/** Clients that know nothing of the protocol's order: whatever is asked when, there is one answer, and nothing stays behind. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expectGone } from '../support/processes';
import { randomNumbers } from '../unit/travel/executions';
import { connect } from './driver';
import type { Session } from './driver';

const PROGRAM = `
  import os
  file = open('pids.txt', 'a')
  print(os.getpid(), file=file, flush=True)
  def work(n):
      total = n           #@ work
      return total + 1
  n = 0
  while True:
      n = work(n)         #@ loop
`;

const SEED = Number(process.env['EXECORDER_TEST_SEED'] ?? 1);
const SEEDS = Array.from({ length: 12 }, (_, index) => SEED + index);
const ENDINGS = ['disconnect', 'hang up', 'SIGTERM'] as const;

type Random = (below: number) => number;

/** Arguments that fit some request, most of them not this one. */
function someArguments(session: Session, random: Random): unknown {
  const source = { path: session.file };
  const number = random(4) === 0 ? 1000 + random(5) : random(3);
  const choices = [
    { threadId: 1, frameId: number, variablesReference: number, targetId: number, expression: 'n + 1' },
    { source, line: 6, breakpoints: [{ line: 6 }, { line: 10, condition: 'n % 7 == 3' }] },
    { source, breakpoints: [], filters: ['raised', 'nonsense'], names: ['work'] },
    { expression: '.back', context: 'repl', text: 'n', column: 2, name: 'n', value: '3', granularity: 'x' },
    { threadId: 99, frameId: -1, variablesReference: 2 ** 40, start: -5, count: 1e9, levels: -1 },
    undefined,
    null,
    [],
    'text',
  ];
  return choices[random(choices.length)];
}

const REQUESTS = [
  ...['initialize', 'launch', 'configurationDone', 'setBreakpoints', 'setBreakpoints', 'attach', 'nonsense'],
  ...['setExceptionBreakpoints', 'setFunctionBreakpoints', 'setDataBreakpoints', 'dataBreakpointInfo'],
  ...['threads', 'stackTrace', 'scopes', 'variables', 'evaluate', 'evaluate', 'setVariable', 'setExpression'],
  ...['source', 'modules', 'loadedSources', 'completions', 'exceptionInfo', 'readMemory', 'locations'],
  ...['continue', 'next', 'stepIn', 'stepOut', 'stepBack', 'reverseContinue', 'pause', 'pause', 'goto'],
  ...['gotoTargets', 'stepInTargets', 'restartFrame', 'breakpointLocations', 'cancel', 'execorder/position'],
];

/** Waits until these requests, by number, are answered. */
async function allAnswered(session: Session, sent: ReadonlyMap<number, string>): Promise<void> {
  const open = (): string[] => {
    const answered = new Set(session.editor.received.map((message) => message['request_seq']));
    return [...sent].filter(([seq]) => !answered.has(seq)).map(([, text]) => text);
  };
  for (let tries = 0; open().length > 0 && tries < 600; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(open()).toEqual([]);
}

test.each(SEEDS)('requests in any order, number %i', async (seed) => {
  const random = randomNumbers(seed);
  const session = await connect(PROGRAM);
  const sent = new Map<number, string>();
  const send = (name: string, args: unknown): void => {
    sent.set(session.editor.send(name, args), `${name} ${JSON.stringify(args)}`);
  };
  const launchAt = random(15);
  const configuredAt = launchAt + random(25);
  for (let count = 0; count < 60; count++) {
    if (count === launchAt) {
      send('launch', { program: session.file, cwd: session.folder, stopOnEntry: random(2) === 0 });
    }
    if (count === configuredAt) {
      send('configurationDone', undefined);
    }
    send(REQUESTS[random(REQUESTS.length)] ?? '', someArguments(session, random));
    if (random(4) === 0) {
      await new Promise((resolve) => setTimeout(resolve, random(120)));
    }
  }
  await allAnswered(session, sent);

  const ending = ENDINGS[random(ENDINGS.length)];
  if (ending === 'hang up') {
    session.editor.hangUp();
  } else if (ending === 'SIGTERM') {
    session.editor.kill('SIGTERM');
  } else {
    session.editor.send('disconnect');
  }
  await session.editor.exited;
  const pids = join(session.folder, 'pids.txt');
  const started = existsSync(pids)
    ? readFileSync(pids, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map(Number)
    : [];
  await Promise.all(started.map(expectGone));
});
