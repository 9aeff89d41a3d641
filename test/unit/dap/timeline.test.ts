import type { MoveName } from '../../../adapter/src/dap/move-names';
import type { Report } from '../../../adapter/src/dap/report';
import { Timeline } from '../../../adapter/src/dap/timeline';
import type { Debuggee } from '../../../adapter/src/debuggee/debuggee';
import type { ProgramStopped } from '../../../adapter/src/debuggee/messages';
import { memoryTrace } from '../../../adapter/src/trace/memory-trace';
import { NO_STOP_POINTS } from '../../../adapter/src/travel/stops';

/** A program whose steps are all written down already; it shows those up to where it last stopped. */
const TRANSCRIPT = `
  call 1 <module>
  line 1
  line 5
    call 1 outer
    line 2
      call 7 inner
      line 8
      line 9
      exception 9 #1=KeyError() => #1
      return 9 => None
    exception 2 => #1
    line 3
    return 3 => None
  line 6
  return 6 => None
`;

interface Play {
  readonly timeline: Timeline;
  /** What the program was asked, and what the session was told. */
  readonly log: string[];
  /** The program stops at a step. */
  readonly stops: (step: number, reason?: ProgramStopped['reason']) => void;
  readonly go: (name: MoveName) => Promise<void>;
}

/** A timeline over a program that does what the test says. */
function play(isAlive: (frame: number) => boolean = () => true): Play {
  const log: string[] = [];
  let shown = 0;
  const whole = memoryTrace(TRANSCRIPT);
  const trace = new Proxy(whole, {
    get: (target, name): unknown => (name === 'length' ? shown : Reflect.get(target, name)),
  });
  const timeline = new Timeline(
    { stopAtEnd: true, open: () => trace, points: () => NO_STOP_POINTS },
    {
      movesUnasked: () => undefined,
      stopped: ({ reason, description }: Report) => {
        const { line, step } = timeline.moment.at;
        log.push(`${reason} at line ${line} (${step})${reason === 'end' ? `: ${description ?? ''}` : ''}`);
      },
      output: () => undefined,
      child: () => undefined,
      settled: () => undefined,
      searching: () => undefined,
      warning: (text) => log.push(text),
      remark: (text) => log.push(text),
      uncaught: (step) => log.push(`uncaught at ${step}`),
      userUnhandled: (step) => log.push(`uncaught at ${step}`),
      breakpointCalled: (step) => log.push(`breakpoint called at ${step}`),
      programEnded: () => log.push('ended'),
      finished: (code) => log.push(`finished ${code ?? ''}`),
    },
  );
  const debuggee: Partial<Debuggee> = {
    resume: async (command) => {
      await Promise.resolve();
      log.push(`program: ${command}`);
    },
    evaluate: async (_, frame) => {
      await Promise.resolve();
      return isAlive(frame)
        ? { value: 'None', type: 'NoneType', hasChanged: false }
        : Promise.reject(new Error('ended'));
    },
    terminate: async () => {
      await Promise.resolve();
      log.push('program: terminate');
    },
    kill: () => log.push('program: kill'),
  };
  timeline.program = debuggee as Debuggee;
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
  return {
    timeline,
    log,
    stops: (step, reason = 'step') => {
      shown = step + 1;
      const details = { text: undefined, description: undefined, breakpoints: [1] };
      timeline.stopped({ event: 'stopped', reason, step, thread: 1, ...details });
    },
    go: async (name) => {
      timeline.move(name, 1)();
      await settle();
    },
  };
}

test('going back moves the cursor, and the program hears nothing of it', async () => {
  const { stops, go, log } = play();
  stops(4, 'breakpoint');
  await go('stepBack');
  await go('next');

  expect(log).toEqual(['breakpoint at line 2 (4)', 'step at line 5 (2)', 'program: stepOut']);
});

test('what is still to be done at the head is done by the program', async () => {
  const { stops, go, log } = play();
  stops(2);
  for (const [move, command] of [
    ['next', 'next'],
    ['stepIn', 'stepIn'],
    ['stepOut', 'stepOut'],
    ['continue', 'continue'],
  ] as const) {
    await go(move);
    expect(log.at(-1)).toBe(`program: ${command}`);
    stops(2, 'breakpoint');
  }
});

test('a step over that began further out leaves the calls in which the program stands', async () => {
  const { stops, go, log } = play();
  stops(6, 'breakpoint');
  await go('stepBackOut');
  await go('stepBackOut');
  await go('next');
  stops(11);
  await new Promise((resolve) => setImmediate(resolve));
  stops(13);

  expect(log.slice(3)).toEqual(['program: stepOut', 'program: stepOut', 'step at line 6 (13)']);
});

test('an exception that only passes a frame is no stop', async () => {
  const { stops, go, log } = play();
  stops(7);
  await go('next');
  stops(8, 'exception');
  await go('continue');
  stops(10, 'exception');
  await new Promise((resolve) => setImmediate(resolve));

  expect(log).toEqual([
    'step at line 9 (7)',
    'program: next',
    'exception at line 9 (8)',
    'program: continue',
    'program: continue',
  ]);
});

test('while the program runs nothing can be asked, and nothing moved', async () => {
  const { stops, go, timeline } = play();
  expect(() => timeline.moment).toThrow('The program is running: pause it first.');
  stops(2);
  await go('continue');

  expect(() => timeline.moment).toThrow('pause it first');
  expect(() => timeline.move('stepBack', 1)).toThrow('pause it first');
});

test('the end of a program that is killed is a place to go back from', async () => {
  const { stops, go, timeline, log } = play();
  stops(4);
  await go('continue');
  timeline.ended({ code: undefined, signal: 'SIGKILL' });
  await go('continue');
  await go('stepBack');

  expect(log.slice(2)).toEqual([
    'ended',
    'end at line 2 (4): End of recording (the program was ended by SIGKILL)',
    'end at line 2 (4): End of recording (the program was ended by SIGKILL)',
    'step at line 5 (2)',
  ]);
});

test('a program that ends while its past is looked at does not move the cursor', async () => {
  const { stops, go, timeline, log } = play();
  stops(4);
  await go('stepBack');
  timeline.ended({ code: 0, signal: undefined });

  expect(log.slice(1)).toEqual(['step at line 5 (2)', 'ended']);
  expect(timeline.moment.step).toBe(2);
  expect(timeline.programAtHead).toBeUndefined();
});

test('a program that is asked to terminate is not held at its end', async () => {
  const { stops, timeline, log } = play();
  stops(4);
  timeline.terminate();
  stops(14, 'end');
  await new Promise((resolve) => setImmediate(resolve));
  timeline.ended({ code: 143, signal: undefined });

  expect(log.slice(1)).toEqual(['program: terminate', 'program: continue', 'ended', 'finished 143']);
});
