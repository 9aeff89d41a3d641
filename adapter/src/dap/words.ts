/** Words for the debug console of editors that have no buttons for going back. A leading dot can't be Python. */

import type { DebugProtocol } from '@vscode/debugprotocol';

import { UserError } from '../errors';
import { Answer } from './connection';
import type { Session } from './session';
import type { MoveName } from './move-names';

const MOVES: ReadonlyMap<string, readonly [MoveName, string]> = new Map([
  ['.back', ['stepBack', 'one line back, over calls']],
  ['.into-back', ['stepBackIn', 'one line back, into calls']],
  ['.out-back', ['stepBackOut', 'back to the line that called this function']],
  ['.rc', ['reverseContinue', 'back to the previous breakpoint hit']],
]);

type Body = DebugProtocol.EvaluateResponse['body'];

export function runWord(session: Session, text: string): Answer<Body> {
  const [word = '', ...rest] = text.split(/\s+/);
  const move = MOVES.get(word);
  if (move !== undefined) {
    const thread = session.timeline.report?.thread ?? 1;
    return unasked(session, thread, move[1], session.timeline.move(move[0], thread));
  }
  if (word === '.goto') {
    return goToStep(session, rest[0] ?? '');
  }
  if (word === '.help') {
    return new Answer({ result: help(), variablesReference: 0 });
  }
  throw new UserError(`There is no word '${word}': '.help' lists them.`);
}

function goToStep(session: Session, text: string): Answer<Body> {
  const { trace, step } = session.timeline.moment;
  const wanted = Number(text);
  if (!/^\d+$/.test(text) || wanted >= trace.length) {
    throw new UserError(`'.goto' needs a step from 0 to ${trace.length - 1}; the cursor is at ${step}.`);
  }
  const { thread } = trace.step(wanted);
  return unasked(session, thread, `step ${wanted}`, session.timeline.goTo(wanted, 'goto'));
}

/** The client did not ask for a move, so it is told that everything goes on before it is told where it stops. */
function unasked(session: Session, threadId: number, result: string, go: () => void): Answer<Body> {
  return new Answer({ result, variablesReference: 0 }, () => {
    session.client.event('continued', { threadId, allThreadsContinued: true });
    go();
  });
}

function help(): string {
  const rows = [...MOVES].map(([word, [, meaning]]) => `${word.padEnd(12)} ${meaning}`);
  return [...rows, '.goto N      to step N of the recording'].join('\n');
}
