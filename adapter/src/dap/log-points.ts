/** Log points print for all of the past as soon as they are set: what the program passed before is told at once. */

import { messageOf } from '../errors';
import type { Step, Trace } from '../trace/trace';
import type { Breakpoint } from './breakpoint-table';
import { NeedsCopies } from './conditions';
import type { Conditions } from './conditions';
import type { Session } from './session';

/** So many visits are told before anything else gets its turn. */
const VISITS_AT_ONCE = 200;

/** Prints what these log points have to say about everything recorded so far. */
export async function logPast(session: Session, points: readonly Breakpoint[]): Promise<void> {
  const { trace } = session.timeline;
  const visits = session.breakpoints.placesOf(trace, points);
  const end = trace.length;
  for (let at = -1, count = 1; visits.length > 0; count++) {
    const next = await trace.findAsync(at, 'forward', { kinds: ['line'], visits });
    if (next === undefined || next >= end || !session.hasTimeline) {
      return;
    }
    const step = trace.step(next);
    const messages = await session.conditions.decided(trace, () => messagesAt(session, trace, points, step));
    for (const message of messages) {
      tell(session, trace, step, message);
    }
    at = next;
    if (count % VISITS_AT_ONCE === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

function messagesAt(session: Session, trace: Trace, points: readonly Breakpoint[], step: Step): string[] {
  const passing = session.breakpoints.passing(points, trace, step);
  return passing.map(({ logMessage = '' }) => filledIn(logMessage, session.conditions, trace, step));
}

function tell(session: Session, trace: Trace, step: Step, message: string): void {
  session.client.event('output', {
    category: 'console',
    output: `${message}\n`,
    source: session.sources.of(trace, step.file),
    line: step.line - 1 + session.facts.linesStartAt,
    data: { step: step.step },
  });
}

/** The message with its expressions evaluated; doubled braces stand for themselves. */
export function filledIn(message: string, conditions: Conditions, trace: Trace, step: Step): string {
  let text = '';
  for (let at = 0; at < message.length;) {
    const pair = message.slice(at, at + 2);
    if (pair === '{{' || pair === '}}') {
      text += message[at] ?? '';
      at += 2;
    } else if (message[at] === '{') {
      const end = closing(message, at);
      text += valueText(message.slice(at + 1, end), conditions, trace, step);
      at = end + 1;
    } else {
      text += message[at] ?? '';
      at++;
    }
  }
  return text;
}

/** Where the brace that is opened here is closed; the end of the message when it isn't. */
function closing(message: string, opening: number): number {
  for (let depth = 0, at = opening; at < message.length; at++) {
    depth += message[at] === '{' ? 1 : message[at] === '}' ? -1 : 0;
    if (depth === 0) {
      return at;
    }
  }
  return message.length;
}

function valueText(expression: string, conditions: Conditions, trace: Trace, step: Step): string {
  try {
    return conditions.text(expression, trace, step);
  } catch (error) {
    if (error instanceof NeedsCopies) {
      throw error;
    }
    return `<${messageOf(error)}>`;
  }
}
