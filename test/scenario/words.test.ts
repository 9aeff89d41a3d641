/** The words of the debug console: each of them does what `.help` says, in every editor. */

import { debug } from './driver';
import type { Session } from './driver';

const PROGRAM = `
    def double(n):              #@ def
        twice = n * 2           #@ first
        print('value', twice)   #@ print
        return twice            #@ last

    total = 0                   #@ start
    for n in range(1, 4):       #@ loop
        got = double(n)         #@ call
        total += got            #@ sum
    print('over', total)        #@ end
`;

/** The stop at which a case begins: `last` in the call of `double(2)`. */
async function inSecondCall(program = PROGRAM): Promise<Session> {
  const session = await debug(program, {
    breakpoints: [{ at: 'last', condition: 'n == 2' }, 'end'],
  });
  expect(await session.stopped()).toBe('breakpoint: last');
  expect(await session.go('continue')).toBe('breakpoint: end');
  expect(await session.go('reverseContinue')).toBe('breakpoint: last');
  return session;
}

/** Says a word that moves; answers where that ends, with `n` there. */
async function go(session: Session, word: string): Promise<string> {
  await session.evaluate(word, 'repl');
  const place = await session.stopped();
  return `${place}, n = ${await session.evaluate('n').catch(() => 'nothing')}`;
}

/** From `last` in the call of `double(2)`. */
const FROM_CALLEE: Readonly<Record<string, string>> = {
  '.back': 'step: print, n = 2',
  '.rc': 'entry: def, n = nothing',
  '.into-back': 'step: print, n = 2',
  '.out-back': 'step: call, n = 2',
  '.next': 'step: sum, n = 2',
  '.into': 'step: sum, n = 2',
  '.out': 'step: sum, n = 2',
  '.c': 'breakpoint: end, n = 3',
  '.call-back': 'goto: first, n = 1',
  '.call': 'goto: first, n = 3',
  '.enter': 'goto: first, n = 2',
  '.leave': 'goto: last, n = 2',
  '.start': 'goto: def, n = nothing',
  '.end': 'goto: end, n = 3',
  '.printed value 6': 'goto: print, n = 3',
};

/** From `call` in the loop's second turn. */
const FROM_CALLER: Readonly<Record<string, string>> = {
  '.back': 'step: loop, n = 1',
  '.into-back': 'step: loop, n = 1',
  '.next': 'breakpoint: last, n = 2',
  '.into': 'step: first, n = 2',
  '.iter': 'goto: call, n = 3',
  '.iter-back': 'goto: call, n = 1',
  '.enter': 'goto: def, n = nothing',
  '.leave': 'goto: end, n = 3',
};

test.each(Object.entries(FROM_CALLEE))('in a call, %s goes to: %s', async (word, place) => {
  const session = await inSecondCall();

  expect(await go(session, word)).toBe(place);
});

test.each(Object.entries(FROM_CALLER))('in a loop, %s goes to: %s', async (word, place) => {
  const session = await inSecondCall();
  await go(session, '.out-back');

  expect(await go(session, word)).toBe(place);
});

/** What these answer, in the call of `double(2)`. */
const ANSWERS: Readonly<Record<string, RegExp>> = {
  '.where': /^step 16 of 0 … 28: .*prog\.py:4 in double$/,
  '.when': /^\.at \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/,
  '.who twice': /^\.goto 14 +prog\.py:2 in double +twice = n \* 2 .* 4$/,
  '.history total 1': /^\.goto 10 .* 0 → 2\n-- the cursor: step 16 --\n\.goto 18 .* 2 → 6\n/,
  '.help': /^\.back +one line back, over calls\n/,
};

test.each(Object.entries(ANSWERS))('%s answers in the console', async (word, answer) => {
  const session = await inSecondCall();

  expect(await session.evaluate(word, 'repl')).toMatch(answer);
  expect(await session.where()).toBe('last');
});

test('a row of a table is a word that goes there, and the time of a step leads back to it', async () => {
  // The recorder notes what time it was before and after a wait; between two notes it is guessed.
  const session = await inSecondCall(
    PROGRAM.replace("print('value', twice)", "__import__('time').sleep(0.05)"),
  );
  const when = await session.evaluate('.when', 'repl');
  const row = await session.evaluate('.who twice', 'repl');

  expect(await go(session, /^\.goto \d+/.exec(row)![0])).toBe('goto: first, n = 2');
  await go(session, '.end');
  await go(session, when);
  expect(await session.evaluate('n')).toBe('2');
});

test('the living program is moved by words as by requests', async () => {
  const session = await debug(PROGRAM, { breakpoints: [{ at: 'call' }] });
  await session.stopped();
  await session.setBreakpoints('end');

  expect(await go(session, '.into')).toBe('step: first, n = 1');
  expect(await go(session, '.next')).toBe('step: print, n = 1');
  expect(await go(session, '.out')).toBe('step: sum, n = 1');
  expect(await go(session, '.c')).toBe('breakpoint: end, n = 3');
});

test('.help lists the words that are tested here, and no others', async () => {
  const session = await inSecondCall();
  const help = await session.evaluate('.help', 'repl');
  const listed = help.split('\n').map((row) => row.split(' ')[0]);
  const tested = [FROM_CALLEE, FROM_CALLER, ANSWERS].flatMap(Object.keys).map((word) => word.split(' ')[0]);

  expect(listed.toSorted()).toEqual([...new Set([...tested, '.goto', '.at'])].toSorted());
  await expect(session.evaluate('.backwards', 'repl')).rejects.toThrow("'.help' lists them");
});

test.each([
  ['execorder/previousCall', {}, 'goto: first', '1'],
  ['execorder/nextCall', {}, 'goto: first', '3'],
  ['execorder/gotoOutput', { text: 'value 6' }, 'goto: print', '3'],
  ['execorder/gotoOutput', { index: 0 }, 'goto: print', '1'],
  ['execorder/goto', { step: 16 }, 'goto: last', '2'],
  ['execorder/reverseStepOut', { threadId: 1 }, 'step: call', '2'],
  ['execorder/reverseStepIn', { threadId: 1 }, 'step: print', '2'],
])('the request %s with %j goes to: %s', async (request, args, place, n) => {
  const session = await inSecondCall();
  await session.editor.request(request, args);

  expect(await session.stopped()).toBe(place);
  expect(await session.evaluate('n')).toBe(n);
});
