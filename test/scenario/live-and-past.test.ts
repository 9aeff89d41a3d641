import { join } from 'node:path';

import { pythons } from '../support/pythons';
import { randomNumbers } from '../unit/travel/executions';
import { connect, list, type Session } from './driver';

const CORPUS = join(__dirname, '../fidelity/corpus');
const MOVES = ['next', 'next', 'next', 'stepIn', 'stepIn', 'stepIn', 'stepIn', 'stepOut'];
const STEPS = 25;

/** Makes these moves, and answers why and where each of them stopped. */
async function walk(session: Session, moves: readonly string[]): Promise<string[]> {
  const stops: string[] = [];
  for (const move of moves) {
    const reason = (await session.go(move)).split(':')[0];
    const frames = await session.editor.request('stackTrace', { levels: 1 });
    const [top] = list(frames, 'stackFrames');
    const { step } = await session.editor.request('execorder/position');
    stops.push(
      `${move}: ${reason} at ${String(top?.['name'])}:${String(top?.['line'])}, step ${String(step)}`,
    );
  }
  return stops;
}

async function backToStart(session: Session): Promise<void> {
  for (let stop = ''; !stop.startsWith('entry');) {
    stop = await session.go('reverseContinue');
  }
}

/** Programs whose calls and frames are anything but straight. */
const PROGRAMS = [
  'generators',
  'exceptions',
  'recursion',
  'closures',
  'context_managers',
  'iterators',
  'coroutines',
];

describe.each(pythons())('on Python $version', (python) => {
  test.each(PROGRAMS)(
    'steps through %s stop at the same places while it runs and in its past',
    async (name) => {
      const random = randomNumbers(PROGRAMS.indexOf(name));
      const moves = Array.from({ length: STEPS }, () => MOVES[random(MOVES.length)]!);
      const session = await connect('', { python });
      const launch = { program: join(CORPUS, `${name}.py`), stopOnEntry: true };
      await session.begin('launch', launch, { exceptions: ['raised', 'uncaught'] });
      await session.stopped();

      const live = await walk(session, moves);
      await backToStart(session);
      expect(await walk(session, moves)).toEqual(live);
    },
  );
});
