/** Words for the debug console, which every editor has. A leading dot can't be Python. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import { UserError } from '../errors';
import { atTime, timeAtCursor, timeText } from './clocks';
import { Answer } from './connection';
import { namedSlot } from './data-breakpoints';
import {
  call,
  endOfFrame,
  endOfRecording,
  iteration,
  numbered,
  printed,
  startOfFrame,
  startOfRecording,
} from './jumps';
import type { Jump } from './jumps';
import type { MoveName } from './move-names';
import type { Session } from './session';
import { HISTORY_LIMIT, historyText, whoText } from './who';

type Body = DebugProtocol.EvaluateResponse['body'];
type Run = (session: Session, rest: string, frameId: number | undefined) => Answer<Body>;

interface Word {
  /** What stands behind it. */
  readonly usage: string;
  readonly meaning: string;
  readonly run: Run;
}

const WORDS: Readonly<Record<string, Word>> = {
  '.back': move('stepBack', 'one line back, over calls'),
  '.rc': move('reverseContinue', 'back to the previous breakpoint hit'),
  '.into-back': move('stepBackIn', 'one line back, into calls'),
  '.out-back': move('stepBackOut', 'back to the line that called this function'),
  '.next': move('next', 'one line on, over calls'),
  '.into': move('stepIn', 'one line on, into calls'),
  '.out': move('stepOut', 'on to the caller'),
  '.c': move('continue', 'on to the next breakpoint hit'),
  '.iter-back': jumping(iteration('backward'), 'the same line in the previous iteration of the loop'),
  '.iter': jumping(iteration('forward'), 'the same line in the next iteration of the loop'),
  '.call-back': jumping(call('backward'), 'the previous call of this function'),
  '.call': jumping(call('forward'), 'the next call of this function'),
  '.enter': jumping(startOfFrame, 'the first line of this call'),
  '.leave': jumping(endOfFrame, 'the end of this call'),
  '.start': jumping(startOfRecording, 'the start of the recording'),
  '.end': jumping(endOfRecording, 'the newest step of the recording'),
  '.goto': jumping(numbered, 'step N of the recording', ' N'),
  '.at': jumping(atTime, 'where the program was at TIME, as .when tells it in another session', ' TIME'),
  '.printed': jumping(printed, 'the line that printed TEXT', ' TEXT'),
  '.who': { usage: ' EXPR', meaning: 'who wrote EXPR (x, x.name, x[key]) last, and what', run: who },
  '.history': {
    usage: ' EXPR [N]',
    meaning: `all values of EXPR with their steps; at most N on either side of the cursor (${HISTORY_LIMIT})`,
    run: history,
  },
  '.where': { usage: '', meaning: 'the step at the cursor', run: where },
  '.when': { usage: '', meaning: 'what time it was at the cursor', run: when },
  '.help': { usage: '', meaning: 'this list', run: () => says(help()) },
};

export function isWord(text: string): boolean {
  return /^\.[a-z]/.test(text);
}

/** Words as a console completes them. */
export function wordNames(): string[] {
  return Object.keys(WORDS);
}

export function runWord(session: Session, text: string, frameId?: number): Answer<Body> {
  const [, name = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(text) ?? [];
  if (!Object.hasOwn(WORDS, name)) {
    throw new UserError(`There is no word '${name}': '.help' lists them.`);
  }
  return (WORDS[name] as Word).run(session, rest.trim(), frameId);
}

function move(name: MoveName, meaning: string): Word {
  const run: Run = (session) => {
    const thread = session.timeline.cursor.report?.thread ?? 1;
    return unasked(session, thread, meaning, session.timeline.move(name, thread));
  };
  return { usage: '', meaning, run };
}

function jumping(to: Jump, meaning: string, argument = ''): Word {
  const run: Run = (session, rest) => {
    const { step, thread } = to(session, rest);
    return unasked(session, thread, `step ${step}`, session.timeline.goTo(step, 'goto'));
  };
  return { usage: argument, meaning, run };
}

/** The client did not ask for a move, so it is told that everything goes on before it is told where it stops. */
function unasked(session: Session, threadId: number, result: string, go: () => void): Answer<Body> {
  return new Answer({ result, variablesReference: 0 }, () => {
    session.movesUnasked(threadId);
    go();
  });
}

function who(session: Session, rest: string, frameId: number | undefined): Answer<Body> {
  const expression = needed(rest, '.who self.items[3]');
  return says(whoText(session, namedSlot(session, expression, frameId === undefined ? {} : { frameId })));
}

function history(session: Session, rest: string, frameId: number | undefined): Answer<Body> {
  const [, expression = '', limit] = /^(.*?)(?:\s+(\d+))?$/s.exec(needed(rest, '.history total')) ?? [];
  const named = namedSlot(session, expression, frameId === undefined ? {} : { frameId });
  return says(historyText(session, named, Number(limit ?? HISTORY_LIMIT)));
}

function where(session: Session): Answer<Body> {
  const { trace, step, at } = session.timeline.moment;
  const living = session.timeline.programAtHead === undefined ? '' : ', the living program';
  return says(
    `step ${step} of ${trace.firstStep} … ${trace.length - 1}${living}: ${at.file}:${at.line} in ${at.function}`,
  );
}

function when(session: Session): Answer<Body> {
  const time = timeAtCursor(session);
  if (time === undefined) {
    throw new UserError('This recording does not tell what time it was.');
  }
  return says(`.at ${timeText(time)}`);
}

function needed(rest: string, example: string): string {
  if (rest === '') {
    throw new UserError(`Say of what: ${example}`);
  }
  return rest;
}

function says(result: string): Answer<Body> {
  return new Answer({ result, variablesReference: 0 });
}

function help(): string {
  const rows = Object.entries(WORDS).map(([name, { usage, meaning }]) => [name + usage, meaning]);
  const width = Math.max(...rows.map(([usage = '']) => usage.length));
  return rows.map(([usage = '', meaning = '']) => `${usage.padEnd(width)}  ${meaning}`).join('\n');
}
